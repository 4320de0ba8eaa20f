import { el } from '../dom';
import { text } from '../settings';
import { button, openDialog } from './dialog';

export interface Column {
  options: string[];
  selected: number;
}

/** Lets the user choose one row of each column; undefined when cancelled. `onChange` may give new columns. */
export function pickFromColumns(
  title: string,
  columns: Column[],
  onChange?: (column: number, row: number) => Column[],
): Promise<number[] | undefined> {
  return openDialog<number[] | undefined>({
    label: title || text('请选择', 'Choose'),
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => {
      let lists: HTMLSelectElement[] = [];
      const place = el('div', { class: 'pv-columns' });
      const draw = (now: Column[]): void => {
        lists = now.map((column, index) => list(column, index));
        place.replaceChildren(...lists);
      };
      const list = (column: Column, index: number): HTMLSelectElement => {
        const select = el('select', { size: '6', 'aria-label': `${title} ${index + 1}`.trim() });
        column.options.forEach((option, row) => {
          const choice = el('option', { value: String(row) }, option);
          choice.selected = row === column.selected;
          select.append(choice);
        });
        select.addEventListener('change', () => {
          if (onChange) draw(onChange(index, select.selectedIndex));
        });
        return select;
      };
      draw(columns);
      const choose = (): void => {
        close(lists.map((select) => Math.max(0, select.selectedIndex)));
      };
      place.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') choose();
      });
      place.addEventListener('dblclick', choose);
      return [
        el('h2', {}, title || text('请选择', 'Choose')),
        place,
        el(
          'div',
          { class: 'pv-actions' },
          button(text('取消', 'Cancel'), 'plain', () => {
            close(undefined);
          }),
          button(text('确定', 'Done'), 'main', choose),
        ),
      ];
    },
  });
}
