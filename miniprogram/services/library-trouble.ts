const listeners = new Set<() => void>();

/** Tells that the library's system did not answer a call. */
export function libraryTrouble(): void {
  for (const listener of listeners) listener();
}

export function onLibraryTrouble(listener: () => void): void {
  listeners.add(listener);
}

const answerListeners = new Set<() => void>();

/** Tells that the library's system was asked just now, and answered. */
export function libraryAnswered(): void {
  for (const listener of answerListeners) listener();
}

export function onLibraryAnswer(listener: () => void): void {
  answerListeners.add(listener);
}
