import type { FaqEntry } from '../../../../contracts/faq';
import { readFacts } from '../ask/read-facts';
import type { FaqReply } from '../faq/make-answerer';
import { sayAnswer } from '../faq/say-answer';
import { fit } from './compose';
import { linkOf, linkTo, type Spoken } from './conversation';

/** A text, and which entries can now be chosen by their number. */
export interface Told {
  text: string;
  offered: string[];
}

/** The answer to a question, the nearest questions, or that nobody here knows. */
export async function tellReply(spoken: Spoken, reply: FaqReply): Promise<Told> {
  const { words, account } = spoken;
  switch (reply.kind) {
    case 'answer':
      return tellEntry(spoken, reply.entry, reply.others);
    case 'nearest':
      return {
        text: fit([words.nearest, ...numbered(spoken, reply.entries)], [words.pick], words),
        offered: reply.entries.map(({ id }) => id),
      };
    case 'none':
      return account === 'official'
        ? { text: `${words.noneOfficial}\n${linkTo(spoken, 'write')}`, offered: [] }
        : { text: words.none, offered: [] };
  }
}

/** One entry, with where it is done, and others that may have been meant. */
export async function tellEntry(
  spoken: Spoken,
  entry: FaqEntry,
  others: readonly FaqEntry[] = [],
): Promise<Told> {
  const { words, language, context } = spoken;
  const answer = sayAnswer(entry, language, await readFacts(context, entry, language));
  const there =
    entry.page === undefined ? [] : [linkOf(spoken, { label: words.pages.there, page: entry.page })];
  const more = others.length === 0 ? [] : ['', words.others, ...numbered(spoken, others)];
  return { text: fit([answer, ...there, ...more], [], words), offered: others.map(({ id }) => id) };
}

const numbered = ({ language }: Spoken, entries: readonly FaqEntry[]): string[] =>
  entries.map(({ question }, i) => `${i + 1}. ${question[language]}`);
