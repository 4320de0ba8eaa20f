/** A card bound to a WeChat identity. Times in ms since the epoch. */
export interface Binding {
  openid: string;
  /** New with each binding: tells what belongs to this one from what belonged to an earlier one. */
  bindingId: string;
  patronRef: string;
  boundAt: number;
  profileAsOf: number;
  /** By which an official account's follower is known to be the same person. */
  unionKey?: string;
  /** Since when ended loans are kept for the reader; absent when they are not. */
  historySince?: number;
  /** When the kept list of loans was read, and by what to know it again. */
  loansAsOf?: number;
  loansMark?: string;
}

/**
 * No list of loans is on its way for longer than this, ms: what was written further ahead of one was written before the
 * clock was set back.
 */
export const LONGEST_ON_ITS_WAY = 5 * 60_000;

/** How it is stored; see ../schema.json for what each field is for. */
export interface BindingDocument {
  _id: string;
  bindingId: string;
  patronRef: string;
  consentVersion: number;
  unionKey?: string;
  boundAt: number;
  profile: string;
  profileAsOf: number;
  session?: string;
  sessionExpiresAt?: number;
  loans?: string;
  loansAsOf?: number;
  loansMark?: string;
  historySince?: number;
  historySeenAt?: number;
  reportsAt?: number;
}
