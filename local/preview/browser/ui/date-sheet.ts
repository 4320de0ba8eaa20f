import { el } from '../dom';
import { text } from '../settings';
import { button, openDialog } from './dialog';

export interface DateQuestion {
  title: string;
  mode: string;
  value: string;
  start: string;
  end: string;
}

/** Asks for a date (year, month or day) or a time with the browser's own field; undefined when cancelled. */
export function pickDate(question: DateQuestion): Promise<string | undefined> {
  const type = { year: 'number', month: 'month', day: 'date', time: 'time' }[question.mode] ?? 'date';
  const title = question.title || text('请选择', 'Choose');
  return openDialog<string | undefined>({
    label: title,
    kind: 'sheet',
    dismissed: { value: undefined },
    content: (close) => {
      const field = el('input', {
        type,
        value: question.value,
        min: question.start,
        max: question.end,
        'aria-label': title,
        class: 'pv-field',
        autofocus: true,
      });
      const choose = (): void => {
        if (field.value !== '' && field.reportValidity()) close(field.value);
      };
      field.addEventListener('keydown', (event) => {
        if (event.key === 'Enter') choose();
      });
      const cancel = button(text('取消', 'Cancel'), 'plain', () => {
        close(undefined);
      });
      return [
        el('h2', {}, title),
        field,
        el('div', { class: 'pv-actions' }, cancel, button(text('确定', 'Done'), 'main', choose)),
      ];
    },
  });
}
