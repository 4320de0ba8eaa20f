import type { Host } from './builtins/host';
import { keepFocus } from './ui/keep-focus';

/** Elements with `aria-modal`; those on the page, the topmost last, with where the focus was before. */
const modals = new Set<HTMLElement>();
const shown: { element: HTMLElement; before: Element | null }[] = [];
// What stands in a slot is put on the page and taken off it without being told.
const observer = new MutationObserver(look);

/**
 * What a screen reader does with `aria-modal`, for the keyboard: the focus goes into the dialog, stays there, and
 * comes back when the dialog is gone.
 */
export function watchModal(host: Host): void {
  const { element } = host;
  if (modals.has(element)) return;
  if (modals.size === 0) observer.observe(document.body, { childList: true, subtree: true });
  modals.add(element);
  host.onDetach(() => {
    forgetModal(element);
  });
  queueMicrotask(look);
}

export function forgetModal(element: HTMLElement): void {
  modals.delete(element);
  if (modals.size === 0) observer.disconnect();
  look();
}

function look(): void {
  for (const { element, before } of [...shown].reverse()) {
    if (modals.has(element) && element.isConnected) continue;
    shown.splice(
      shown.findIndex((modal) => modal.element === element),
      1,
    );
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
  }
  for (const element of modals) {
    if (!element.isConnected || shown.some((modal) => modal.element === element)) continue;
    shown.push({ element, before: document.activeElement });
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }
}

export function watchModals(): void {
  document.addEventListener('keydown', (event) => {
    const top = shown.findLast(({ element }) => element.offsetParent !== null);
    if (event.key === 'Tab' && top && !document.querySelector('.pv-layer')) keepFocus(top.element, event);
  });
}
