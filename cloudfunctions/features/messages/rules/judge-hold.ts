import type { Hold } from '../../../../contracts/holds';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { dayOf } from './calendar-days';
import type { Judgement } from './judge-loan';
import type { ToldKeys } from './told-keys';

export type HoldKind = Extract<MessageKind, 'holdReady' | 'holdExpiring'>;

/**
 * The one thing to tell of a hold today, if there is any. That it is ready comes first, also on its last days: it says
 * until when.
 * @param today number of the day since 1970-01-01
 */
export function judgeHold(
  { holdId, status, readyUntil }: Hold,
  told: ToldKeys,
  today: number,
): Judgement<HoldKind> | undefined {
  const readyTold = told.has('hold', ['holdReady', holdId]);
  const expiringTold = told.has('hold', ['holdExpiring', holdId]);
  if (status !== 'ready') return undefined;
  const left = readyUntil === undefined ? undefined : dayOf(readyUntil) - today;
  if (left !== undefined && !(left >= 0)) return undefined;
  if (!readyTold) return { kind: 'holdReady', keys: [told.make('hold', ['holdReady', holdId])] };
  if (left !== undefined && left <= 1 && !expiringTold) {
    return { kind: 'holdExpiring', keys: [told.make('hold', ['holdExpiring', holdId])] };
  }
  return undefined;
}
