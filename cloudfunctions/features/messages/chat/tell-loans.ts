import type { Hold } from '../../../../contracts/holds';
import type { Loan } from '../../../../contracts/loans';
import { fit, plain, titled } from './compose';
import { isStranger, linkTo, type Spoken } from './conversation';
import { orFault, sayDenial } from './say-fault';
import { sayDay, sayMoment } from './say-day';

/** Books that are named in one message. */
const MOST_LINES = 10;

/** What a follower of the official account is told of whom nobody knows which reader they are. */
export const sayStranger = (spoken: Spoken, page: 'shelf' | 'holds'): string =>
  `${spoken.words.notLinked}\n${linkTo(spoken, page)}`;

/** What the reader has borrowed, the most urgent first. */
export function tellLoans(spoken: Spoken): Promise<string> | string {
  const { words, context, services } = spoken;
  if (isStranger(spoken)) return sayStranger(spoken, 'shelf');
  return orFault(spoken, async () => {
    const answer = await services.listLoans(context);
    if ('denied' in answer) return words.denied + sayDenial(spoken, answer.denied);
    const { loans, state, asOf } = answer;
    const stale = state === 'stale' ? [words.stale(sayMoment(asOf, spoken.language, context.now()))] : [];
    if (loans.length === 0) return [...stale, words.noLoans].join('\n');
    const lines = loans.slice(0, MOST_LINES).map((loan) => lineOf(spoken, loan));
    const rest = loans.length - lines.length;
    return fit(
      [...stale, words.loansCount(loans.length), ...lines, ...(rest > 0 ? [words.more(rest)] : [])],
      [...(state === 'fresh' ? [words.renewHint] : []), linkTo(spoken, 'shelf')],
      words,
    );
  });
}

function lineOf({ words, language, context }: Spoken, { title, dueAt, overdue }: Loan): string {
  const day = sayDay(dueAt, language, context.now());
  return `${titled(title)} ${overdue ? words.overdue(day) : words.due(day)}`;
}

/** What the reader waits for, what is ready first. */
export function tellHolds(spoken: Spoken): Promise<string> | string {
  const { words, context, services } = spoken;
  if (isStranger(spoken)) return sayStranger(spoken, 'holds');
  return orFault(spoken, async () => {
    const answer = await services.listHolds(context);
    if ('denied' in answer) return words.denied + sayDenial(spoken, answer.denied);
    const { holds } = answer;
    if (holds.length === 0) return words.noHolds;
    const lines = holds.slice(0, MOST_LINES).map((hold) => `${titled(hold.title)} ${stateOf(spoken, hold)}`);
    const rest = holds.length - lines.length;
    return fit(
      [words.holdsCount(holds.length), ...lines, ...(rest > 0 ? [words.more(rest)] : [])],
      [linkTo(spoken, 'holds')],
      words,
    );
  });
}

function stateOf(
  { words, language, context }: Spoken,
  { status, pickup, readyUntil, position }: Hold,
): string {
  switch (status) {
    case 'ready':
      return words.holdReady(
        pickup ? plain(pickup.name) : '',
        readyUntil === undefined ? '' : sayDay(readyUntil, language, context.now()),
      );
    case 'waiting':
      return words.holdWaiting(position === undefined ? '' : String(position));
    case 'inTransit':
      return words.holdInTransit;
    case 'expired':
      return words.holdExpired;
    case 'unknown':
      return words.holdUnknown;
  }
}
