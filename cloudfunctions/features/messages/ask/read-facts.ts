import type { FaqEntry, FaqFact } from '../../../../contracts/faq';
import type { LoanPolicy } from '../../../../contracts/library';
import type { LibrarySystem } from '../../../../library-systems/library-system';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { localDate } from '../../../runtime/format-time';
import { inTime } from '../../../runtime/in-time';
import { findBinding } from '../../../stores/bindings';
import type { KnownFacts } from '../faq/say-answer';

/** What depends on the type of the reader. */
const OF_READERS: readonly FaqFact[] = ['maxLoans', 'maxHolds', 'loanDays', 'renewals', 'renewalDays'];
const LIST = { zh: '、', en: ', ' };

/**
 * What an answer needs from the library, asked now. What it does not say, or says differently for readers of whom we
 * do not know which this is, is absent; so is everything when it does not answer in time.
 */
export async function readFacts(
  context: Context,
  { needs = [] }: Pick<FaqEntry, 'needs'>,
  language: 'zh' | 'en',
): Promise<KnownFacts> {
  if (needs.length === 0) return {};
  const facts = async (): Promise<KnownFacts> => {
    const [library, readerType] = await Promise.all([
      context.library(),
      needs.some((name) => OF_READERS.includes(name)) ? readerTypeOf(context) : undefined,
    ]);
    const [policy, openToday] = await Promise.all([
      library.policy?.loanRules?.(),
      needs.includes('openToday') ? hoursToday(context, library) : undefined,
    ]);
    const branches = library.branches.map(({ name }) => name).join(LIST[language]);
    return {
      ...(policy && describePolicy(policy, readerType)),
      ...(openToday !== undefined && { openToday }),
      ...(branches !== '' && { branches }),
    };
  };
  try {
    return (await inTime(facts())) ?? {};
  } catch (error) {
    // a function that does not know its library says what is true of any
    if (error instanceof AppError && error.code === 'NOT_CONFIGURED') return {};
    throw error;
  }
}

/** The type of the caller's card; undefined where none is bound, or it cannot be read. */
async function readerTypeOf(context: Context): Promise<string | undefined> {
  if (context.openid === '') return undefined;
  try {
    const binding = await findBinding(context.desk(), context.openid, context.now());
    return binding?.profile?.readerType.code;
  } catch (error) {
    // without its keys the desk knows nobody
    if (error instanceof AppError && error.code === 'NOT_CONFIGURED') return undefined;
    throw error;
  }
}

/** @param readerType of whom it is asked; undefined: what holds for all */
function describePolicy(policy: LoanPolicy, readerType: string | undefined): KnownFacts {
  const limits = policy.limits.filter((line) => isOf(line.readerType, readerType));
  // what holds for books that are nothing special
  const rules = policy.rules.filter(
    (rule) => isOf(rule.readerType, readerType) && rule.itemType === undefined && rule.branch === undefined,
  );
  const facts: Partial<Record<FaqFact, string | undefined>> = {
    maxLoans: theOne(limits, ({ maxLoans }) => maxLoans),
    maxHolds: theOne(limits, ({ maxHolds }) => maxHolds),
    loanDays: theOne(rules, ({ days }) => days),
    renewals: theOne(rules, ({ renewals }) => renewals),
    renewalDays: theOne(rules, ({ renewalDays }) => renewalDays),
    renewalWindowDays: text(policy.renewalWindowDays),
    pickupDays: text(policy.pickupOpenDays),
    finePerDay: money(policy.overdueCentsPerOpenDay),
    maxFine: money(policy.maxOverdueCents),
    blockAt: money(policy.blockAtCents),
  };
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

const isOf = (line: { code: string } | undefined, readerType: string | undefined): boolean =>
  line === undefined || readerType === undefined || line.code === readerType;

/** What all lines agree in; undefined where they do not, or there is none. */
function theOne<T>(lines: readonly T[], pick: (line: T) => number): string | undefined {
  const [first, ...others] = new Set(lines.map(pick));
  return others.length === 0 ? text(first) : undefined;
}

const text = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : String(value);
const money = (cents: number | undefined): string | undefined =>
  cents === undefined ? undefined : `¥${(cents / 100).toFixed(2)}`;

/** Of the first branch, with its name where there are several; absent when it is closed. */
async function hoursToday(context: Context, library: LibrarySystem): Promise<string | undefined> {
  const [branch, ...others] = library.branches;
  if (!branch || !library.policy) return undefined;
  const today = localDate(context.now(), library.timeZone);
  const days = await library.policy.openingHours(branch.code, today, today);
  const intervals = days.find(({ date }) => date === today)?.intervals ?? [];
  if (intervals.length === 0) return undefined;
  const hours = intervals.map(({ from, to }) => `${from}–${to}`).join(', ');
  return others.length === 0 ? hours : `${branch.name} ${hours}`;
}
