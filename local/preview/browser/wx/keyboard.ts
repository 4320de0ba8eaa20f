import { listeners } from './call';

interface Key {
  key: string;
  code: string;
  altKey: boolean;
  shiftKey: boolean;
  timeStamp: number;
}

const down = listeners<Key>();
const up = listeners<Key>();

const EDITABLE = 'input, textarea, select, [contenteditable]';

const pass =
  (emit: (key: Key) => void) =>
  (event: KeyboardEvent): void => {
    // As WeChat on a computer does it: nothing while a text is being edited.
    if (event.target instanceof Element && event.target.closest(EDITABLE)) return;
    const { key, code, altKey, shiftKey, timeStamp } = event;
    emit({ key, code, altKey, shiftKey, timeStamp });
  };

export function watchKeyboard(): void {
  document.addEventListener('keydown', pass(down.emit));
  document.addEventListener('keyup', pass(up.emit));
}

/** The keys of a computer, on which WeChat runs, too. */
export const keyboard = {
  onKeyDown: down.on,
  offKeyDown: down.off,
  onKeyUp: up.on,
  offKeyUp: up.off,
};
