import { NotInPreview } from '../errors';
import { pickFromColumns, type Column } from '../ui/column-sheet';
import { pickDate } from '../ui/date-sheet';
import type { Builtin } from './define';
import type { Host } from './host';

export const picker: Builtin = {
  properties: {
    headerText: String,
    mode: { type: String, value: 'selector' },
    disabled: Boolean,
    range: { type: Array, value: [] },
    rangeKey: String,
    value: null,
    start: String,
    end: String,
    fields: { type: String, value: 'day' },
    name: String,
  },
  create(host) {
    host.watch(['ariaRole'], () => {
      if (!host.get('ariaRole')) host.element.setAttribute('role', 'button');
    });
    host.element.setAttribute('aria-haspopup', 'dialog');
    const open = (): void => {
      if (!host.on('disabled')) void choose(host);
    };
    host.onTap(open);
    host.activate = open;
    const initial = host.get('value');
    host.field = {
      value: () => host.get('value') ?? null,
      reset: () => {
        host.set('value', initial);
      },
    };
  },
};

async function choose(host: Host): Promise<void> {
  const title = host.text('headerText');
  const value = await valueOf(host, title);
  if (value === undefined) {
    host.emit('cancel', {}, { bubbles: true });
    return;
  }
  host.set('value', value);
  host.emit('change', { value }, { bubbles: true });
}

async function valueOf(host: Host, title: string): Promise<unknown> {
  const range = host.get('range') as unknown[];
  const chosen = host.get('value');
  switch (host.text('mode')) {
    case 'selector': {
      const found = await pickFromColumns(title, [
        { options: namesOf(host, range), selected: Number(chosen) || 0 },
      ]);
      return found?.[0];
    }
    case 'multiSelector': {
      const selected = Array.isArray(chosen) ? (chosen as number[]) : [];
      const columns = (): Column[] =>
        (host.get('range') as unknown[][]).map((options, index) => ({
          options: namesOf(host, options),
          selected: selected[index] ?? 0,
        }));
      return pickFromColumns(title, columns(), (column, value) => {
        selected[column] = value;
        host.emit('columnchange', { column, value });
        return columns();
      });
    }
    case 'time':
    case 'date':
      return pickDate({
        title,
        mode: host.text('mode') === 'time' ? 'time' : host.text('fields') || 'day',
        value: typeof chosen === 'string' ? chosen : '',
        start: host.text('start'),
        end: host.text('end'),
      });
    default:
      throw new NotInPreview(`<picker mode="${host.text('mode')}">`);
  }
}

const namesOf = (host: Host, options: unknown[]): string[] => {
  const key = host.text('rangeKey');
  return options.map((option) => String(key ? (option as Record<string, unknown>)[key] : option));
};
