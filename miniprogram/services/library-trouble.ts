const listeners = new Set<() => void>();

/** Tells that the library's system did not answer a call. */
export function libraryTrouble(): void {
  for (const listener of listeners) listener();
}

export function onLibraryTrouble(listener: () => void): void {
  listeners.add(listener);
}
