import { showError } from './overlay';

type Listener = (error: Error) => void;
const listeners = new Set<Listener>();

/** A call, an option or an element that the preview does not have. The message names it. */
export class NotInPreview extends Error {
  constructor(name: string) {
    super(`${name} is not available in the preview`);
    this.name = 'NotInPreview';
    // Thrown in a callback of the page it might be caught and forgotten there, so it is shown at once.
    showError(this.message);
  }
}

/** Every uncaught error of the mini program: console, overlay, then wx.onError. */
export function reportError(error: unknown): void {
  const known = error instanceof Error ? error : new Error(String(error));
  console.error(known);
  showError(known.message);
  for (const listener of listeners) listener(known);
}

export const onReportedError = (listener: Listener): void => {
  listeners.add(listener);
};
export const offReportedError = (listener?: Listener): void => {
  if (listener) listeners.delete(listener);
  else listeners.clear();
};

/** Runs code of the mini program: an error in it is reported and does not stop the preview. */
export function guarded<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}
