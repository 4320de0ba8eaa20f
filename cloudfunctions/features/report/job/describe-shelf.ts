import * as v from 'valibot';
import { Id } from '../../../../contracts/fields';
import type { BibSummary } from '../../../../contracts/catalog';
import type { LibraryYear } from '../../../../contracts/report/library-year';
import { LibraryFault } from '../../../../library-systems/library-fault';
import type { Catalog } from '../../../../library-systems/library-system';
import { timestamp } from '../../../runtime/format-time';
import { withinRun, type RunTime } from '../../../runtime/run-time';
import { keepFigures, removeFigures } from '../../../stores/report-figures';
import { partOf, readShelf, readYear, shelfOf, type KeptShelf } from './figures';
import type { Run } from './run';

type Candidate = KeptShelf['candidates'][number];
type Title = Pick<BibSummary, 'bibId' | 'availableCopies'>;

/** Titles for which the catalogue is asked at once. */
const AT_ONCE = 5;
/** Readers are different: with fewer on the shelf many would be told of what they have read. */
const ENOUGH = 12;
const LISTED = 50;
/** So long a catalogue that does not answer is asked again, ms; then reports go without. */
const LONGEST = 30 * 60_000;

/**
 * Has the catalogue describe the most borrowed titles of the year and say what is on the shelf, for the library's
 * year and for what is recommended. @returns whether that is settled
 */
export async function describeShelf(run: Run): Promise<boolean> {
  try {
    if (!(await describeAll(run))) return false;
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    await run.tellTrouble(error.code);
    if (run.context.now() < run.season.figures!.at + LONGEST) return false;
  }
  const { _id: id, parts = [], figures } = run.season;
  const smaller = Array.from({ length: figures!.asked }, (_, asked) => shelfOf(asked));
  await removeFigures(id, [...parts.map((_, number) => partOf(number)), ...smaller]);
  await run.moveOn({ parts: undefined });
  return true;
}

async function describeAll(run: Run): Promise<boolean> {
  const { time } = run;
  const { catalog } = await withinRun(time, run.context.library());
  if (!catalog) return true;
  const top = (await readYear(run.season))?.top ?? [];
  const wanted = top.filter(({ bibId }) => v.is(Id, bibId));
  const shelf = (await readShelf(run.season)) ?? { asOf: timestamp(run.context.now()), candidates: [] };
  for (let { asked } = run.season.figures!; asked < wanted.length; asked = run.season.figures!.asked) {
    if (!time.isLeft()) return false;
    const round = wanted.slice(asked, asked + AT_ONCE);
    shelf.candidates.push(...(await withinRun(time, describeTitles(catalog, round))));
    await keep(run, shelf, asked + round.length);
  }
  // one more than there are: the others have been asked for
  if (run.season.figures!.asked > wanted.length) return true;
  if (shelf.candidates.filter(({ available }) => available).length < ENOUGH) {
    if (!time.isLeft()) return false;
    shelf.candidates = withoutDoubles([...shelf.candidates, ...(await listOthers(catalog, time))]);
    await keep(run, shelf, wanted.length + 1);
  }
  return true;
}

async function keep(run: Run, shelf: KeptShelf, asked: number): Promise<void> {
  const pieces = await keepFigures(run.season._id, shelfOf(asked), shelf);
  await run.moveOn({ figures: { ...run.season.figures!, shelf: pieces, asked } });
}

/** Those that the catalogue has no more are left out. */
const describeTitles = (catalog: Catalog, titles: LibraryYear['top']): Promise<Candidate[]> =>
  inRound(titles, async ({ bibId, borrowers, clc }) => {
    const bib = await catalog.bib(bibId);
    if (!bib) return undefined;
    return {
      ...(clc !== undefined && { clc }),
      ...candidateOf(bib),
      ...(borrowers !== 'few' && { borrowers }),
      available: await isAvailable(catalog, bib),
    };
  });

/**
 * Where few titles have had many borrowers: what the library itself says is borrowed most, or is new; as many of
 * them as there is time for.
 */
async function listOthers(catalog: Catalog, time: RunTime): Promise<Candidate[]> {
  const page = { page: 1, pageSize: LISTED };
  const listing = catalog.mostBorrowed?.(page) ?? catalog.newBooks?.(page);
  const items = listing ? (await withinRun(time, listing)).items : [];
  const found: Candidate[] = [];
  for (let i = 0; i < items.length && time.isLeft(); i += AT_ONCE) {
    const round = inRound(items.slice(i, i + AT_ONCE), async (bib) => ({
      ...candidateOf(bib),
      available: await isAvailable(catalog, bib),
    }));
    found.push(...(await withinRun(time, round)));
  }
  return found;
}

const candidateOf = ({ bibId, title, author, clc }: BibSummary): Omit<Candidate, 'available'> => ({
  ...{ bibId, title },
  ...(author !== '' && { author }),
  ...(clc !== undefined && { clc }),
});

async function isAvailable(catalog: Catalog, { bibId, availableCopies }: Title): Promise<boolean> {
  if (availableCopies !== undefined) return availableCopies > 0;
  const holdings = await catalog.holdings(bibId);
  return holdings?.items.some(({ status }) => status === 'available') ?? false;
}

/**
 * All at once; one for which the catalogue fails is left out.
 * @throws {LibraryFault} when it fails for all: then it is away
 */
async function inRound<T>(
  all: readonly T[],
  work: (one: T) => Promise<Candidate | undefined>,
): Promise<Candidate[]> {
  const turns = await Promise.allSettled(all.map(work));
  const failed = turns.flatMap((turn) => (turn.status === 'rejected' ? [turn.reason as unknown] : []));
  const fatal = failed.find((reason) => !(reason instanceof LibraryFault));
  if (fatal !== undefined || failed.length === turns.length) throw fatal ?? failed[0];
  return turns.flatMap((turn) => (turn.status === 'fulfilled' && turn.value ? [turn.value] : []));
}

function withoutDoubles(candidates: readonly Candidate[]): Candidate[] {
  const first = new Map<string, Candidate>();
  for (const one of candidates) if (!first.has(one.bibId)) first.set(one.bibId, one);
  return [...first.values()];
}
