import { isRecord, readStored, removeStored, store } from './storage';

const KEY = 'onboarding-paper';

/** What this phone knows of the paper that it last had open, for when the server cannot be asked. */
export interface OpenPaper {
  attemptId: string;
  /** By the server's clock, ISO */
  endsAt: string;
  /** With answers that the server may not have yet */
  answered: number;
}

export function rememberPaper(paper: OpenPaper): void {
  store(KEY, paper);
}

/** @returns undefined where none is known; its time may be over, and it may have been handed in elsewhere */
export function rememberedPaper(): OpenPaper | undefined {
  const kept = readStored(KEY);
  if (!isRecord(kept)) return undefined;
  const { attemptId, endsAt, answered } = kept;
  if (typeof attemptId !== 'string' || typeof endsAt !== 'string' || typeof answered !== 'number')
    return undefined;
  return Number.isNaN(Date.parse(endsAt)) ? undefined : { attemptId, endsAt, answered };
}

/** To be called when it was handed in, and that is known here. */
export function forgetPaper(): void {
  removeStored(KEY);
}
