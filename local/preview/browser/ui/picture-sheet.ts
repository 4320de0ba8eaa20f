import { el } from '../dom';
import { text } from '../settings';
import { button, openDialog } from './dialog';

/** Lets the person choose pictures of this machine in place of the phone's album; undefined when cancelled. */
export function askPictures(most: number): Promise<File[] | undefined> {
  const title = text('选择图片', 'Choose pictures');
  return openDialog<File[] | undefined>({
    label: title,
    kind: 'full',
    dismissed: { value: undefined },
    content: (close) => {
      const status = el('p', { class: 'pv-scan-status', role: 'status' });
      const input = el('input', {
        type: 'file',
        accept: 'image/*',
        multiple: most > 1,
        class: 'pv-file',
        'aria-label': text('从这台电脑选图片', 'Choose pictures of this machine'),
      });
      input.addEventListener('change', () => {
        const files = [...(input.files ?? [])];
        input.value = '';
        if (files.length === 0) return;
        if (files.length <= most) return close(files);
        status.textContent = text(`最多 ${most} 张`, `At most ${most}`);
      });
      return [
        el('h2', {}, title),
        status,
        el(
          'label',
          { class: 'pv-button pv-photo' },
          text('从这台电脑选图片', 'Choose pictures of this machine'),
          input,
        ),
        button(text('取消', 'Cancel'), 'plain', () => {
          close(undefined);
        }),
      ];
    },
  });
}
