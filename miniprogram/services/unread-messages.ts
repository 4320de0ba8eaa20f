import { call } from './api';
import { deskState } from './desk-changes';
import { setTabBadge } from './phone';

/** How long an answer is believed, ms: pages are shown more often than messages come. */
const BELIEVED_MS = 60_000;
const ME_TAB = 2;

let known: { unread: number; at: number; desk: number } | undefined;

/** To be told whenever it was read. */
export function rememberUnread(unread: number): void {
  known = { unread, at: Date.now(), desk: deskState() };
}

/** What was heard last; none while nobody has told. */
export function knownUnread(): number {
  return known?.unread ?? 0;
}

/** Asks at most once a minute, and after each change of the card; without an answer what was heard last stays. */
export async function readUnread(): Promise<number> {
  const age = known === undefined ? BELIEVED_MS : Date.now() - known.at;
  const fresh = known?.desk === deskState() && age >= 0 && age < BELIEVED_MS;
  if (fresh) return knownUnread();
  // whoever asks meanwhile does not ask as well
  rememberUnread(knownUnread());
  try {
    const { unread } = await call('messages.unread', {});
    rememberUnread(unread);
  } catch {
    // A number in a corner: the page of the messages says what does not work.
    return knownUnread();
  }
  return knownUnread();
}

/** Shows it on the tab bar, which can be spoken to only while one of its pages is shown. */
export function showUnreadOnTab(): void {
  const unread = knownUnread();
  setTabBadge(ME_TAB, unread > 99 ? '99+' : unread === 0 ? '' : String(unread));
}

/** To be told when the phone is to keep nothing. */
export function forgetUnread(): void {
  known = undefined;
}
