import { el } from '../dom';
import { resolveFile } from '../files';
import { text } from '../settings';
import { button, openDialog } from './dialog';

/** Pictures over the whole screen, one at a time. */
export function showImages(urls: string[], current: number): Promise<void> {
  return openDialog<void>({
    label: text('图片', 'Pictures'),
    kind: 'full',
    dismissed: { value: undefined },
    content: (close) => {
      let at = Math.max(0, current);
      const picture = el('img', { class: 'pv-viewer', alt: '' });
      const count = el('p', { class: 'pv-hint', role: 'status' });
      const show = (index: number): void => {
        at = (index + urls.length) % urls.length;
        picture.src = resolveFile(urls[at] ?? '', '');
        count.textContent = `${at + 1} / ${urls.length}`;
      };
      show(at);
      const step = (by: number) => () => {
        show(at + by);
      };
      return [
        picture,
        count,
        el(
          'div',
          { class: 'pv-actions' },
          ...(urls.length > 1 ? [button('‹', 'plain', step(-1)), button('›', 'plain', step(1))] : []),
          button(text('关闭', 'Close'), 'main', () => {
            close();
          }),
        ),
      ];
    },
  });
}
