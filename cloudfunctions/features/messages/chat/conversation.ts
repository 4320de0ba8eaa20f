import type { Holdings, ScanOutput, SearchInput, SearchOutput } from '../../../../contracts/catalog';
import type { FeedbackSendOutput } from '../../../../contracts/feedback';
import type { HoldsOutput } from '../../../../contracts/holds';
import type { LoansOutput, RenewOutput } from '../../../../contracts/loans';
import type { Context } from '../../../runtime/context';
import { writeLink, type Link } from './compose';
import { wordsOf, type ChatWords, type Language } from './words';

/** What other features do for a conversation, by the same rules as for the pages; put together by the entry. */
export interface ChatServices {
  listLoans(context: Context): Promise<LoansOutput>;
  renewAll(context: Context, input: { requestId: string }): Promise<RenewOutput>;
  listHolds(context: Context): Promise<HoldsOutput>;
  search(context: Context, query: SearchInput): Promise<SearchOutput>;
  resolve(context: Context, input: { text: string }): Promise<ScanOutput>;
  holdings(context: Context, input: { bibId: string }): Promise<Holdings>;
  /** WeChat's content check; never throws. */
  checkText(openid: string, text: string): Promise<'pass' | 'risky' | 'review' | 'unavailable' | 'limited'>;
  openTicket(context: Context, ticket: { text: string; requestId: string }): Promise<FeedbackSendOutput>;
}

/** One message that is being answered. */
export interface Conversation {
  /** Who writes, as the account that was written to knows them. */
  writer: string;
  account: 'miniProgram' | 'official';
  /**
   * In whose name the library is asked: `openid` is that of the mini program. It is '' for a follower of the official
   * account of whom the platform does not say who they are; nothing personal is done for them.
   */
  context: Context;
  services: ChatServices;
  appid: string | undefined;
  /** A keyed hash of the push: the same push renews nothing twice and opens one ticket. */
  pushId: string;
  /** WeChat's own desk is staffed. */
  desk: boolean;
}

/** The same, in the language of the reply. */
export interface Spoken extends Conversation {
  language: Language;
  words: ChatWords;
}

export const speak = (conversation: Conversation, language: Language): Spoken => ({
  ...conversation,
  language,
  words: wordsOf(language),
});

export const isStranger = ({ context }: Conversation): boolean => context.openid === '';

export const PAGES = {
  bind: 'packages/card/bind/bind',
  signIn: 'packages/card/bind/bind',
  shelf: 'pages/shelf/shelf',
  holds: 'packages/card/holds/holds',
  search: 'pages/search/search',
  tickets: 'packages/messages/tickets/tickets',
  write: 'packages/messages/write/write',
} as const;

/** A link to one of the pages that are spoken of. */
export const linkTo = ({ words, appid }: Spoken, name: keyof typeof PAGES): string =>
  writeLink(words, { label: words.pages[name], page: PAGES[name] }, appid);

export const linkOf = ({ words, appid }: Spoken, link: Link): string => writeLink(words, link, appid);
