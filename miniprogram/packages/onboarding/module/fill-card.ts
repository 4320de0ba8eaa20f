import type { FactsOutput } from '../../../../contracts/onboarding/index';
import type { HoursOutput } from '../../../../contracts/library';
import { fill, type Language } from '../../../i18n/index';
import { yuan } from '../../../lib/money';
import type { LearningModule, ModuleCard, Paragraph, Placeholder } from '../content/module';
import { inLanguage } from '../words';

/** What the library has told; what it has not told is absent. */
export interface Told {
  facts?: FactsOutput;
  branches?: readonly { name: string }[];
  hours?: HoursOutput;
}

export type Values = Partial<Record<Placeholder, string>>;

/** A card ready to be shown. */
export interface CardView {
  id: string;
  title: string;
  paragraphs: string[];
  points: string[];
  remember: string;
  picture: string;
  alt: string;
}

const numbered = (n: number | undefined): string | undefined => (n === undefined ? undefined : String(n));
const money = (cents: number | undefined): string | undefined =>
  cents === undefined ? undefined : yuan(cents);

/** The values for a reader's cards; nothing is guessed. */
export function valuesOf({ facts, branches = [], hours }: Told, language: Language): Values {
  const { policy, readerType } = facts ?? {};
  const limit = policy?.limits.find((other) => other.readerType.code === readerType?.code);
  // a standard book is one for which no line names a kind of copy or a branch; the first line that fits counts
  const rule = policy?.rules.find(
    (line) =>
      line.itemType === undefined &&
      line.branch === undefined &&
      (line.readerType === undefined || line.readerType.code === readerType?.code),
  );
  const forReader = readerType === undefined ? undefined : rule;
  const values: Record<Placeholder, string | undefined> = {
    maxLoans: numbered(limit?.maxLoans),
    maxHolds: numbered(limit?.maxHolds),
    loanDays: numbered(forReader?.days),
    renewals: numbered(forReader?.renewals),
    renewalDays: numbered(forReader?.renewalDays),
    renewalWindowDays: numbered(policy?.renewalWindowDays),
    finePerDay: money(policy?.overdueCentsPerOpenDay),
    maxFine: money(policy?.maxOverdueCents),
    blockAt: money(policy?.blockAtCents),
    pickupDays: numbered(policy?.pickupOpenDays),
    branches:
      branches.length === 0
        ? undefined
        : branches.map(({ name }) => name).join(language === 'en' ? ', ' : '、'),
    openToday: openToday(hours),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** "8:00–22:00" of the first branch; absent when it is closed today or nobody knows. */
function openToday(hours: HoursOutput | undefined): string | undefined {
  const intervals = hours?.branches[0]?.days[0]?.intervals ?? [];
  if (intervals.length === 0) return undefined;
  const time = (text: string): string => text.replace(/^0(?=\d)/, '');
  return intervals.map(({ from, to }) => `${time(from)}–${time(to)}`).join(' / ');
}

/** Which of the library's values a chapter would show. */
export function needsOf({ cards }: LearningModule): Set<Placeholder> {
  return new Set(cards.flatMap((card) => card.paragraphs.flatMap((paragraph) => paragraph.needs ?? [])));
}

export function cardView(card: ModuleCard, values: Values, language: Language): CardView {
  return {
    id: card.id,
    title: inLanguage(card.title, language),
    paragraphs: card.paragraphs.map((paragraph) => paragraphText(paragraph, values, language)),
    points: (card.points ?? []).map((point) => inLanguage(point, language)),
    remember: card.remember === undefined ? '' : inLanguage(card.remember, language),
    picture: `/packages/onboarding/images/${card.picture}`,
    alt: inLanguage(card.alt, language),
  };
}

function paragraphText(paragraph: Paragraph, values: Values, language: Language): string {
  if (paragraph.needs === undefined) return inLanguage(paragraph, language);
  const known = paragraph.needs.every((name) => values[name] !== undefined);
  return known ? fill(inLanguage(paragraph, language), values) : inLanguage(paragraph.otherwise, language);
}
