import { el } from '../dom';
import { keepFocus } from './keep-focus';

export interface DialogOptions<T> {
  label: string;
  kind: 'sheet' | 'box' | 'full';
  /** What Escape and a tap beside the dialog answer; undefined: they do nothing. */
  dismissed?: { value: T };
  content: (close: (value: T) => void) => (Node | string)[];
}

/** Shows a dialog in the phone and resolves with what closes it. The focus goes in, stays in, and comes back. */
export function openDialog<T>(options: DialogOptions<T>): Promise<T> {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const panel = el('div', {
      class: `pv-${options.kind}`,
      role: 'dialog',
      'aria-modal': 'true',
      'aria-label': options.label,
      tabindex: '-1',
    });
    const layer = el('div', { class: 'pv-layer' }, panel);
    const close = (value: T): void => {
      if (!layer.isConnected) return;
      layer.remove();
      document.removeEventListener('keydown', onKey, true);
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      resolve(value);
    };
    const dismiss = (): void => {
      if (options.dismissed) close(options.dismissed.value);
    };
    const onKey = (event: KeyboardEvent): void => {
      // A dialog above this one goes first.
      if ([...document.querySelectorAll('.pv-layer')].at(-1) !== layer) return;
      if (event.key === 'Escape') {
        event.stopPropagation();
        dismiss();
      } else if (event.key === 'Tab') keepFocus(panel, event);
    };
    layer.addEventListener('click', (event) => {
      if (event.target === layer) dismiss();
    });
    document.addEventListener('keydown', onKey, true);
    panel.append(...options.content(close));
    (document.querySelector('.pv-screen') ?? document.body).append(layer);
    (panel.querySelector<HTMLElement>('[autofocus]') ?? panel).focus();
  });
}

export function button(
  label: string,
  kind: 'main' | 'plain' | 'danger',
  onclick: () => void,
): HTMLButtonElement {
  return el('button', { type: 'button', class: `pv-button pv-${kind}`, onclick }, label);
}
