import type { BibSummary, Holdings, SearchOutput } from '../../../../contracts/catalog';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { AppError } from '../../../runtime/app-error';
import { HOME_TIME_ZONE, localDate } from '../../../runtime/format-time';
import { fit, plain, titled } from './compose';
import { linkOf, linkTo, type Spoken } from './conversation';
import { orFault } from './say-fault';
import { sayDay } from './say-day';

/** Titles that are named in one message, and places of one. */
const MOST_TITLES = 3;
const MOST_PLACES = 4;
/** Longer ones are sentences. UTF-16 units. */
const LONGEST_BARE_TITLE = 40;

/** What the catalogue says about an ISBN; the same for anybody. */
export const tellIsbn = (spoken: Spoken, isbn13: string): Promise<string> =>
  orFault(spoken, async () => {
    const { words, services, context } = spoken;
    const found = await services.resolve(context, { text: isbn13 });
    if (found.kind !== 'bib' && found.kind !== 'item') return words.notFoundIsbn(isbn13);
    return tell(spoken, [found.bib], 1);
  });

/** What the catalogue says about a title. */
export const tellTitle = (spoken: Spoken, title: string): Promise<string> =>
  orFault(spoken, async () => {
    const { words } = spoken;
    const { items, total } = await search(spoken, title);
    if (items.length === 0) return `${words.notFound}\n${linkTo(spoken, 'search')}`;
    return tell(spoken, items.slice(0, MOST_TITLES), total);
  });

/** The same for words that answer no question: only if a book bears just this title. A library that is away knows none. */
export async function tellIfTitle(spoken: Spoken, text: string): Promise<string | undefined> {
  const { normalise } = await import('../faq/normalise');
  const wanted = normalise(text);
  if (wanted === '' || text.length > LONGEST_BARE_TITLE) return undefined;
  try {
    const { items } = await search(spoken, text);
    const same = items.filter(({ title }) => normalise(title) === wanted);
    return same.length === 0 ? undefined : await tell(spoken, same, same.length);
  } catch (error) {
    if (error instanceof LibraryFault || error instanceof AppError) return undefined;
    throw error;
  }
}

const search = ({ services, context }: Spoken, title: string): Promise<SearchOutput> =>
  services.search(context, {
    field: 'title',
    text: title,
    sort: 'relevance',
    page: 1,
    pageSize: MOST_TITLES,
    filters: {},
  });

async function tell(spoken: Spoken, bibs: readonly BibSummary[], total: number): Promise<string> {
  const { words } = spoken;
  const told = await Promise.all(bibs.map((bib) => describe(spoken, bib)));
  const [first, ...others] = bibs;
  const last =
    first !== undefined && others.length === 0
      ? linkOf(spoken, { label: words.pages.book, page: `pages/book/book?bibId=${first.bibId}` })
      : linkTo(spoken, 'search');
  return fit([words.found(total), ...told.flat()], [last], words);
}

async function describe(spoken: Spoken, bib: BibSummary): Promise<string[]> {
  const { author, publisher, year } = bib;
  const about = [author, publisher, year === undefined ? undefined : String(year)]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => plain(part ?? ''));
  return [`${titled(bib.title)} ${about.join(', ')}`.trim(), ...(await describeCopies(spoken, bib))];
}

/** Where its copies are. A list that could not be had is no empty list. */
async function describeCopies(spoken: Spoken, { bibId }: BibSummary): Promise<string[]> {
  const { words, services, context } = spoken;
  const holdings = await services.holdings(context, { bibId }).catch((error: unknown) => {
    if (error instanceof LibraryFault || error instanceof AppError) return undefined;
    throw error;
  });
  if (!holdings) return [`  ${words.copiesUnknown}`];
  const lent = holdings.items.filter(({ status }) => status === 'available' || status === 'onLoan');
  if (lent.length === 0) return [`  ${words.noCopies}`];
  const here = lent.filter(({ status }) => status === 'available');
  if (here.length === 0) return [`  ${words.allOut(lent.length, sayBack(spoken, lent))}`];
  const places = new Set(
    here.map(({ branch, location, callNumber }) =>
      words.shelved([branch.name, location.name].map(plain).join(' '), plain(callNumber ?? '')),
    ),
  );
  return [
    `  ${words.onShelf(here.length, lent.length)}`,
    ...[...places].slice(0, MOST_PLACES).map((place) => `  ${place}`),
  ];
}

/** When the first copy comes back; of a day that has passed nobody knows. Empty where the library says no day. */
function sayBack({ words, context, language }: Spoken, lent: Holdings['items']): string {
  const [due] = lent.flatMap(({ dueAt }) => dueAt ?? []).sort();
  if (due === undefined) return '';
  if (due.slice(0, 10) < localDate(context.now(), HOME_TIME_ZONE)) return words.returnOverdue;
  return words.firstDue(sayDay(due, language, context.now()));
}
