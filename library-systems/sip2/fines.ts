import { createHash } from 'node:crypto';
import type { Fine } from '../../contracts/loans';
import type { Fines } from '../circulation';
import { LibraryFault } from '../library-fault';
import type { Client } from './client';
import type { Sip2Config } from './config';
import type { Words } from './denials';
import { fromId } from '../text-ids';
import { readList } from './lists';
import { isSendable } from './messages';
import { toCents } from './money';
import { refusePatron } from './patrons';
import { readDate } from './times';
import { first } from './wire/parse-answer';

type Settings = NonNullable<Sip2Config['fines']>;

/** An amount at the end of a line, as Koha's server writes it. Used only if the lines add up to the total. */
const AMOUNT_LAST = /(?<amount>\d{1,9}(?:\.\d{1,2})?)\s*(?:元|CNY|RMB)?\s*$/u;
/** Codes of the yuan; an empty BH says nothing. */
const YUAN = ['CNY', 'RMB'];

export function createFines(client: Client, words: Words, settings: Settings): Fines {
  return {
    list: async ({ ref }) => {
      const patron = fromId(ref);
      if (!isSendable(client, patron)) return { denied: { code: 'BLOCKED' } };
      const { answer, entries } = await readList(client, patron, 'fines');
      const refused = refusePatron(answer, words);
      if (refused) return refused;
      requireYuan(first(answer, 'BH'), settings);
      const total = toAmount(first(answer, 'BV'));
      const limit = toAmount(first(answer, 'CC'));
      return {
        fines: toFines(client, settings, entries, total),
        ...(limit !== undefined && limit > 0 && { blockAtCents: limit }),
        ...(settings.payAt !== undefined && { payAt: settings.payAt }),
      };
    },
  };
}

const toAmount = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : toCents(text);

function requireYuan(code: string | undefined, { currency }: Settings): void {
  if (code === undefined || code === currency || YUAN.includes(code)) return;
  throw new LibraryFault('GARBLED', 'The fees are in another currency than yuan (BH)', {
    reason: 'protocol',
  });
}

/**
 * The lines, if every one has an amount and they add up to the total; else the
 * total as one line, with all that is said. Amounts are never guessed.
 */
function toFines(
  client: Client,
  settings: Settings,
  lines: readonly string[],
  total: number | undefined,
): Fine[] {
  const pattern = settings.pattern === undefined ? AMOUNT_LAST : new RegExp(settings.pattern, 'iu');
  const fines = lines.map((line) => toFine(client, pattern, line));
  const sum = fines.reduce((cents, fine) => cents + (fine?.amountCents ?? Number.NaN), 0);
  const trusted = total === undefined ? settings.pattern !== undefined && !Number.isNaN(sum) : sum === total;
  if (trusted) return unique(fines.filter((fine) => fine !== undefined));
  if (total !== undefined) return total === 0 ? [] : [totalLine(lines, total)];
  if (lines.length === 0) return [];
  throw new LibraryFault('GARBLED', 'The fines tell no amount that can be read', { reason: 'protocol' });
}

function toFine({ config: { timeZone } }: Client, pattern: RegExp, line: string): Fine | undefined {
  const { amount, title, date } = pattern.exec(line.slice(0, 500))?.groups ?? {};
  const amountCents = amount === undefined ? undefined : toCents(amount);
  if (amountCents === undefined) return undefined;
  const day = date === undefined ? undefined : readDate(date, timeZone, timeZone)?.slice(0, 10);
  return {
    fineId: createHash('sha256').update(line).digest('base64url').slice(0, 22),
    amountCents,
    reason: reasonOf(line),
    libraryText: line,
    ...(title !== undefined && title.trim() !== '' && { title: title.trim() }),
    ...(day !== undefined && { date: day }),
    running: false,
  };
}

const totalLine = (lines: readonly string[], total: number): Fine => ({
  fineId: 'total',
  amountCents: total,
  reason: lines.length === 0 ? 'other' : reasonOf(lines.join(' ')),
  ...(lines.length > 0 && { libraryText: lines.join('\n') }),
  running: false,
});

function reasonOf(text: string): Fine['reason'] {
  const reasons = [
    ['overdue', /逾期|超期|过期|overdue/iu],
    ['lost', /丢失|遗失|赔书|\blost\b/iu],
    ['damage', /污损|损坏|破损|damage/iu],
  ] as const;
  const [found, another] = reasons.filter(([, pattern]) => pattern.test(text));
  return found && !another ? found[0] : 'other';
}

/** Two fines may read the same; their ids must not. */
function unique(fines: readonly Fine[]): Fine[] {
  const seen = new Map<string, number>();
  return fines.map((fine) => {
    const times = (seen.get(fine.fineId) ?? 0) + 1;
    seen.set(fine.fineId, times);
    return times === 1 ? fine : { ...fine, fineId: `${fine.fineId}.${times}` };
  });
}
