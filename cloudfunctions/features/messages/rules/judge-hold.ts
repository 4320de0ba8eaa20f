import type { Hold } from '../../../../contracts/holds';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { dayOf } from './calendar-days';
import type { Judgement } from './judge-loan';
import type { ToldKeys } from './told-keys';

export type HoldKind = Extract<MessageKind, 'holdReady' | 'holdExpiring'>;

/** A hold that waits so many days after it was told as ready is another one; before that its library may be unsure. */
const ANOTHER_AFTER_DAYS = 2;

/**
 * The one thing to tell of a hold today, if there is any. That it is ready comes first, also on its last days: it says
 * until when. Some libraries name holds by the copy: the next one of a reader comes with the same id.
 * @param today number of the day since 1970-01-01
 */
export function judgeHold(
  { holdId, status, readyUntil }: Hold,
  told: ToldKeys,
  today: number,
): Judgement<HoldKind> | undefined {
  const readyTold = told.has('hold', ['holdReady', holdId]);
  const expiringTold = told.has('hold', ['holdExpiring', holdId]);
  if (status !== 'ready') {
    const kinds: HoldKind[] = status === 'unknown' ? [] : ['holdReady', 'holdExpiring'];
    for (const kind of kinds) told.forget('hold', [kind, holdId], ANOTHER_AFTER_DAYS);
    return undefined;
  }
  const left = readyUntil === undefined ? undefined : dayOf(readyUntil) - today;
  if (left !== undefined && !(left >= 0)) return undefined;
  if (!readyTold) return { kind: 'holdReady', keys: [told.make('hold', ['holdReady', holdId])] };
  if (left !== undefined && left <= 1 && !expiringTold) {
    return { kind: 'holdExpiring', keys: [told.make('hold', ['holdExpiring', holdId])] };
  }
  return undefined;
}
