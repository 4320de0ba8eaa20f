import type { PassOutput } from '../../contracts/cards';
import { isRecord, readStored, store } from './storage';

const KEY = 'card-pass';

/** What the card page draws without a network; it stands on this phone only. */
export function keptPass(): PassOutput | undefined {
  const value = readStored(KEY);
  return isPass(value) ? value : undefined;
}

/** @returns false when the phone has no room for it */
export function keepPass(pass: PassOutput): boolean {
  return store(KEY, pass);
}

/** To be called wherever the binding ends. */
export function forgetPass(): void {
  wx.removeStorageSync(KEY);
}

function isPass(value: unknown): value is PassOutput {
  return (
    isRecord(value) &&
    ['cardNumber', 'symbology', 'asOf'].every((key) => typeof value[key] === 'string') &&
    isRecord(value['readerType'])
  );
}
