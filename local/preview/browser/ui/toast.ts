import { el, icon } from '../dom';
import { resolveFile } from '../files';

export interface ToastOptions {
  title: string;
  icon?: string;
  image?: string;
  duration?: number;
  mask?: boolean;
}

let shown: HTMLElement | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** The black box in the middle; without a duration it stays until it is hidden. */
export function showToast(options: ToastOptions): void {
  hideToast();
  const box = el('div', { class: 'pv-toast', role: 'status', 'aria-live': 'polite' });
  const kind = options.icon ?? 'success';
  if (options.image) box.append(el('img', { src: resolveFile(options.image, ''), alt: '' }));
  else if (kind === 'success') box.append(icon('M5 13l4.5 4.5L19 7'));
  else if (kind === 'error') box.append(icon('M12 6v7', 'M12 17v.5'));
  else if (kind === 'loading') box.append(el('i', { class: 'pv-spinner' }));
  box.append(el('span', {}, options.title));
  shown = el('div', { class: 'pv-toast-layer' }, box);
  shown.toggleAttribute('data-mask', options.mask === true);
  (document.querySelector('.pv-screen') ?? document.body).append(shown);
  if (options.duration !== undefined) timer = setTimeout(hideToast, options.duration);
}

export function hideToast(): void {
  clearTimeout(timer);
  shown?.remove();
  shown = undefined;
}
