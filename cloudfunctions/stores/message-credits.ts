import { table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';
import { sweepNowAndThen } from './expired';
import { readAnswers, type CreditEvents } from './subscription-events';

const COLLECTION = 'message_credits';
/** At most so many messages of a template are allowed in advance; no reader taps that often. */
const MOST_LEFT = 50;
/** Taps that are remembered, so that none counts twice. */
const MOST_TAPS = 20;
/** After WeChat has said that a reader refuses a template it is not tried for so long, ms. */
const REFUSED_FOR = 30 * 86_400_000;
/** After the last change. */
const RETENTION_MS = 2 * 365 * 86_400_000;

/**
 * What a reader has allowed of one template. `claimed` and `confirmed` count the same taps, as the mini program and as
 * WeChat tells of them; either may have been lost, so the larger counts. Times in ms.
 */
interface CreditDocument {
  /** openid, colon, template. */
  _id: string;
  owner: string;
  template: string;
  claimed: number;
  confirmed: number;
  /** Used up, or perhaps so. */
  spent: number;
  /** Of messages that WeChat is being asked to send. */
  held: number;
  /** Ids of the last taps that were claimed. */
  taps: string[];
  /** Until when it is taken that the reader refuses this template in WeChat's own settings. */
  refusedUntil?: number;
  expiresAt: number;
}

export interface Credit {
  template: string;
  /** Messages that may still be sent. */
  left: number;
  refused: boolean;
}

const idOf = (openid: string, template: string): string => `${openid}:${template}`;
const leftOf = ({ claimed, confirmed, spent, held }: CreditDocument): number =>
  Math.max(0, Math.max(claimed, confirmed) - spent - held);
const isRefused = ({ refusedUntil = 0 }: CreditDocument, now: number): boolean => refusedUntil > now;

/** What a reader has allowed, of every template that they were ever asked for. */
export async function findCredits(openid: string, now: number): Promise<Credit[]> {
  const found = await table<CreditDocument>(COLLECTION).findAll({ owner: openid });
  const alive = found.filter(({ expiresAt }) => expiresAt > now);
  return alive.map((one) => ({ template: one.template, left: leftOf(one), refused: isRefused(one, now) }));
}

/**
 * Writes down that the reader has allowed a message, as the mini program says. Whoever claims what they did not allow
 * gets nothing by it: WeChat refuses the message, and the ledger is set to nothing.
 * @param requestId of the tap: the same one counts once
 */
export async function claim(openid: string, template: string, requestId: string, now: number): Promise<void> {
  await change(openid, template, now, (before) => {
    if (before.taps.includes(requestId)) return undefined;
    return grant({ ...before, taps: [...before.taps, requestId].slice(-MOST_TAPS) }, 'claimed');
  });
  await sweepNowAndThen(COLLECTION, now);
}

/**
 * Writes down what WeChat's own push says; see {@link readAnswers}. A push is taken once by whoever receives it.
 * @returns how many of its answers counted
 */
export async function confirm(openid: string, events: CreditEvents, now: number): Promise<number> {
  const answers = readAnswers(events);
  for (const { template, says } of answers) {
    await change(openid, template, now, (before) => {
      switch (says) {
        case 'accepted':
          return grant(before, 'confirmed');
        case 'allowed':
          return allow(before);
        case 'refused':
          return { ...before, refusedUntil: now + REFUSED_FOR };
        case 'none':
          return empty(before);
      }
    });
  }
  return answers.length;
}

/** What a call has claimed that was on its way while all was erased. */
export const eraseCredits = (openid: string): Promise<number> =>
  table(COLLECTION).removeWhere({ owner: openid });

/**
 * Holds one for a message that WeChat is asked to send next, in the caller's transaction.
 * @returns `refused`: the reader refuses this template in WeChat's own settings
 */
export async function holdCredit(
  tables: Tables,
  openid: string,
  template: string,
  now: number,
): Promise<'held' | 'none' | 'refused'> {
  const credits = tables<CreditDocument>(COLLECTION);
  const before = await credits.find(idOf(openid, template));
  if (!before || before.expiresAt <= now) return 'none';
  if (isRefused(before, now)) return 'refused';
  if (leftOf(before) === 0) return 'none';
  await credits.put({ ...before, held: before.held + 1, expiresAt: now + RETENTION_MS });
  return 'held';
}

/**
 * What became of one that was held, in the caller's transaction.
 * - spent: WeChat took the message, or nobody knows
 * - back: it was certainly not delivered, for a reason that is not the reader's
 * - switchedOff: it was not, for the reader has switched all such messages off; the permission stays
 * - void: there was none
 */
export async function settleCredit(
  tables: Tables,
  openid: string,
  template: string,
  outcome: 'spent' | 'back' | 'void' | 'switchedOff',
  now: number,
): Promise<void> {
  const credits = tables<CreditDocument>(COLLECTION);
  const found = await credits.find(idOf(openid, template));
  // erased meanwhile: nothing is written about who wanted nothing kept
  if (!found) return;
  const before = { ...found, held: Math.max(0, found.held - 1), expiresAt: now + RETENTION_MS };
  switch (outcome) {
    case 'spent':
      return credits.put({ ...before, spent: before.spent + 1 });
    case 'back':
      return credits.put(before);
    case 'void':
      return credits.put(empty(before));
    case 'switchedOff':
      return credits.put({ ...before, refusedUntil: now + REFUSED_FOR });
  }
}

async function change(
  openid: string,
  template: string,
  now: number,
  by: (before: CreditDocument) => CreditDocument | undefined,
): Promise<void> {
  await transaction(async (tables) => {
    const credits = tables<CreditDocument>(COLLECTION);
    const found = await credits.find(idOf(openid, template));
    const before = found && found.expiresAt > now ? found : none(openid, template);
    const after = by(before);
    if (after) await credits.put({ ...after, expiresAt: now + RETENTION_MS });
  });
}

const none = (openid: string, template: string): CreditDocument => ({
  _id: idOf(openid, template),
  owner: openid,
  template,
  ...{ claimed: 0, confirmed: 0, spent: 0, held: 0, taps: [], expiresAt: 0 },
});

function grant(before: CreditDocument, by: 'claimed' | 'confirmed'): CreditDocument {
  const most = before.spent + before.held + MOST_LEFT;
  return allow({ ...before, [by]: Math.min(before[by] + 1, most) });
}

/** Whoever accepts does not refuse. */
function allow({ refusedUntil: _, ...before }: CreditDocument): CreditDocument {
  return before;
}

/** As many granted as are used up, and not one more; from then on both counts go on together. */
function empty(before: CreditDocument): CreditDocument {
  const granted = before.spent + before.held;
  return { ...before, claimed: granted, confirmed: granted };
}
