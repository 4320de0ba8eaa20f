/*
 * What is sent by a permission of WeChat's, and what becomes of it; see ../cloud/subscribe-message.ts.
 */

/** A notice to one reader, by one permission that they have given. */
export interface SubscribeMessage {
  openid: string;
  template: string;
  /** Without leading slash. */
  page: string;
  data: Record<string, { value: string }>;
  language: 'zh-CN' | 'en';
  /** Which version of the mini program it opens. */
  state: 'formal' | 'trial' | 'developer';
}

/**
 * - noCredit: the reader has given no permission, or has taken it back
 * - switchedOff: the reader takes no such messages at all
 * - refusedForGood: it will be refused again, until somebody has mended something
 * - limit: WeChat takes no more just now
 */
type Refused = 'noCredit' | 'switchedOff' | 'refusedForGood' | 'limit';

/** `unknown`: it may have been delivered. */
export type SendOutcome = 'sent' | { notSent: number; kind: Refused } | 'unknown';
