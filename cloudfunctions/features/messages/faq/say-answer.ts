import { FAQ_FACTS, type FaqEntry, type FaqFact } from '../../../../contracts/faq';

/** What the library has said of itself, as text in the reader's language; what it has not said is absent. */
export type KnownFacts = Partial<Record<FaqFact, string>>;

const isFact = (name: string): name is FaqFact => (FAQ_FACTS as readonly string[]).includes(name);

/** The answer in one language. If a fact that it needs is not known, what is true anyway is said instead, whole. */
export function sayAnswer(entry: FaqEntry, language: 'zh' | 'en', facts: KnownFacts): string {
  const missing = (entry.needs ?? []).some((name) => facts[name] === undefined);
  if (missing && entry.otherwise !== undefined) return entry.otherwise[language];
  return entry.answer[language].replace(/\{([^{}]{1,40})\}/g, (braces, name: string) =>
    isFact(name) ? (facts[name] ?? braces) : braces,
  );
}
