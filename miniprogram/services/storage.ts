/**
 * Reads a value of this phone's storage. What is missing or unreadable is `undefined`;
 * the caller judges the shape, for an older version of the app may have written it.
 */
export function readStored(key: string): unknown {
  try {
    const value: unknown = wx.getStorageSync(key);
    return value === '' ? undefined : value;
  } catch {
    return undefined;
  }
}

/** @returns false when the phone has no room for it */
export function store(key: string, value: unknown): boolean {
  try {
    wx.setStorageSync(key, value);
    return true;
  } catch {
    return false;
  }
}

export function removeStored(key: string): void {
  try {
    wx.removeStorageSync(key);
  } catch {
    // Not there, or the phone does not let go of it: the next writer writes over it.
    return;
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The entries of a stored list that have the expected shape. */
export function readList<T>(key: string, isEntry: (value: unknown) => value is T): T[] {
  const value = readStored(key);
  return Array.isArray(value) ? value.filter(isEntry) : [];
}
