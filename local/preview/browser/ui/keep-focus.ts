const FOCUSABLE = 'button:not([disabled]),input:not([disabled]),select,textarea,a[href],[tabindex="0"]';

/** Lets the Tab key go round within a dialog. */
export function keepFocus(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (stop) => stop.offsetParent !== null,
  );
  const first = stops[0];
  const last = stops.at(-1);
  if (!first || !last) return;
  const at = document.activeElement;
  const isOutside = at === null || at === panel || !panel.contains(at);
  if (event.shiftKey && (at === first || isOutside)) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (at === last || isOutside)) {
    event.preventDefault();
    first.focus();
  }
}
