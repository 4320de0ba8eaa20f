import * as v from 'valibot';
import { LEAST_READERS } from '../../../../contracts/report/fields';
import { LibraryYearPart } from '../../../../contracts/report/library-year';
import { keepFigures, readFigures } from '../../../stores/report-figures';
import { readLoansPage, type GatheredLoans } from '../../../stores/report-loans-read';
import { importsOf, type KeptFigures } from '../../../stores/report-seasons';
import { timestamp } from '../../../runtime/format-time';
import { finishYear } from '../engine/library-year/finish-year';
import { packTally, unpackTally } from '../engine/library-year/pack-tally';
import { addReader, mergeTallies, startTally, type YearTally } from '../engine/library-year/tally';
import type { Reading } from '../engine/prepare-loans';
import { spanOf } from '../season-span';
import { BORROWERS, partOf, YEAR } from './figures';
import { readingsOf } from '../reading-of';
import type { Run } from './run';

/** A part with more titles is ended, for packing it takes some times its memory. */
const MOST_TITLES = 60_000;

/**
 * Counts all loans of a year for the library's figures, those of readers who have not opted in too: nothing of
 * them but counts is kept. Only an import tells of all readers: without one there are no such figures.
 * @returns whether it is done
 */
export async function countLoans(run: Run): Promise<boolean> {
  if (run.season.figures) return true;
  // those who opted in are not the library: of them alone nothing is told
  if (!run.season.import) {
    await run.moveOn({ figures: noFigures(run) });
    return true;
  }
  while (run.season.parts === undefined || run.season.cursor !== undefined) {
    if (!run.time.isLeft()) return false;
    await countPart(run);
  }
  if (!run.time.isLeft()) return false;
  await finish(run);
  return true;
}

async function countPart(run: Run): Promise<void> {
  const { context, season, time } = run;
  const { _id: id, parts = [] } = season;
  const readingOf = readingsOf(season);
  const tally = startTally(spanOf(id));
  let { cursor } = season;
  let readers = 0;
  do {
    const page = await readLoansPage(context.desk(), id, cursor, importsOf(season));
    for (const reader of page.readers) {
      const { loans } = reader;
      if (!loans) {
        run.count('reports.closed', 1);
        continue;
      }
      const reading = readingOf(reader);
      if (isComparable(reader, reading)) addReader(tally, { ...reader, loans }, reading);
      readers++;
    }
    cursor = page.next;
  } while (cursor !== undefined && time.isLeft() && tally.titles.size < MOST_TITLES);
  const pieces = await keepFigures(id, partOf(parts.length), packTally(tally));
  await run.moveOn({ cursor, parts: [...parts, pieces], counted: season.counted + readers });
  run.count('reports.counted', readers);
}

/** Who was seen for a part of the year only would make everybody else look busier than they are. */
const isComparable = ({ source }: GatheredLoans, { span, sinceDay = span.fromDay }: Reading): boolean =>
  source === 'import' || sinceDay <= span.fromDay;

const noFigures = ({ context }: Run): KeptFigures => ({
  at: context.now(),
  ...{ year: 0, borrowers: 0, shelf: 0, asked: 0 },
});

async function finish(run: Run): Promise<void> {
  const { season } = run;
  const { _id: id, parts = [] } = season;
  const all = startTally(spanOf(id));
  for (const [number, pieces] of parts.entries()) mergeTallies(all, await readPart(id, number, pieces));
  const nothing = noFigures(run);
  // the year of a few would tell each of them of the others
  if (all.readers < LEAST_READERS) return run.moveOn({ figures: nothing });
  const { year, borrowers } = finishYear(all, timestamp(season.asOf!));
  const figures = {
    ...nothing,
    year: await keepFigures(id, YEAR, year),
    borrowers: await keepFigures(id, BORROWERS, [...borrowers].sort()),
  };
  await run.moveOn({ figures });
}

async function readPart(id: string, number: number, pieces: number): Promise<YearTally> {
  const part = await readFigures(id, partOf(number), pieces);
  return unpackTally(v.parse(LibraryYearPart, part));
}
