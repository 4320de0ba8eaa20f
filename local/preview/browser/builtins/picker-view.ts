import type { Builtin } from './define';
import { hostOf, type Host } from './host';

const ROW = 34;

export const pickerView: Builtin = {
  properties: {
    value: { type: Array, value: [] },
    indicatorStyle: String,
    indicatorClass: String,
    maskStyle: String,
    maskClass: String,
    immediateChange: Boolean,
  },
  create(host) {
    host.watch(['value'], () => {
      const values = host.get('value') as number[];
      requestAnimationFrame(() => {
        columnsOf(host).forEach((column, index) => {
          column.element.scrollTop = (values[index] ?? 0) * rowHeight(column);
        });
      });
    });
    host.watch(['indicatorStyle'], () => {
      const height = /height\s*:\s*([\d.]+px)/.exec(host.text('indicatorStyle'))?.[1];
      host.element.style.setProperty('--row', height ?? `${ROW}px`);
    });
  },
};

export const pickerViewColumn: Builtin = {
  create(host) {
    const { element } = host;
    element.tabIndex = 0;
    element.addEventListener('scrollend', () => {
      const group = element.closest('wx-picker-view');
      const view = group ? hostOf(group) : undefined;
      if (!view) return;
      const value = columnsOf(view).map((column) => Math.round(column.element.scrollTop / rowHeight(column)));
      const before = view.get('value') as number[];
      if (value.length === before.length && value.every((row, index) => row === before[index])) return;
      view.set('value', value);
      view.emit('change', { value });
    });
  },
};

const columnsOf = (view: Host): Host[] =>
  [...view.element.querySelectorAll('wx-picker-view-column')].flatMap((element) => hostOf(element) ?? []);

const rowHeight = (column: Host): number => {
  const first = column.element.firstElementChild;
  return first instanceof HTMLElement && first.offsetHeight > 0 ? first.offsetHeight : ROW;
};
