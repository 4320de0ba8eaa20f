import * as v from 'valibot';
import type { ReportBook } from '../../../../contracts/report/fields';
import { LibraryYear } from '../../../../contracts/report/library-year';
import { Timestamp } from '../../../../contracts/fields';
import { readFigures } from '../../../stores/report-figures';
import type { SeasonDocument } from '../../../stores/report-seasons';
import type { LibraryFigures } from '../engine/material';
import { bookOfCandidate, makeShelf, type Shelf } from '../engine/shelf';

/** Names under which figures are kept. */
export const YEAR = 'year';
export const BORROWERS = 'borrowers';
/** @param asked a shelf that grows is never written over: what it was is there until it is no longer pointed at */
export const shelfOf = (asked: number): string => `shelf.${asked}`;
export const partOf = (number: number): string => `count.${number}`;

const Candidate = v.object({
  bibId: v.string(),
  title: v.string(),
  author: v.exactOptional(v.string()),
  clc: v.exactOptional(v.string()),
  borrowers: v.exactOptional(v.number()),
  available: v.boolean(),
});
/** Titles that may be recommended, as the catalogue described them. */
export const KeptShelf = v.object({ asOf: Timestamp, candidates: v.array(Candidate) });
export type KeptShelf = v.InferOutput<typeof KeptShelf>;

const Borrowers = v.array(v.tuple([v.string(), v.number()]));

/** What all reports of a year have in common. */
export interface Figures {
  /** Absent where too few readers were counted, or no import tells of all. */
  library?: LibraryFigures;
  shelf?: Shelf;
}

export async function readYear({ _id, figures }: SeasonDocument): Promise<LibraryYear | undefined> {
  if (!figures || figures.year === 0) return undefined;
  return v.parse(LibraryYear, await readFigures(_id, YEAR, figures.year));
}

export async function readShelf({ _id, figures }: SeasonDocument): Promise<KeptShelf | undefined> {
  if (!figures || figures.shelf === 0) return undefined;
  return v.parse(KeptShelf, await readFigures(_id, shelfOf(figures.asked), figures.shelf));
}

let remembered: { key: string; figures: Promise<Figures> } | undefined;

/** The figures of a year that has been counted; an instance reads them once. */
export function loadFigures(season: SeasonDocument): Promise<Figures> {
  const { _id, figures } = season;
  const key = JSON.stringify([_id, figures]);
  if (remembered?.key === key) return remembered.figures;
  const reading = { key, figures: read(season) };
  remembered = reading;
  reading.figures.catch(() => {
    if (remembered === reading) remembered = undefined;
  });
  return reading.figures;
}

async function read(season: SeasonDocument): Promise<Figures> {
  const [year, borrowers, kept] = await Promise.all([
    readYear(season),
    readBorrowers(season),
    readShelf(season),
  ]);
  const books = new Map<string, ReportBook>();
  for (const candidate of kept?.candidates ?? []) books.set(candidate.bibId, bookOfCandidate(candidate));
  return {
    ...(year && {
      library: {
        year,
        borrowersOf: (key: string) => borrowers.get(key),
        describe: (bibId: string) => books.get(bibId),
      },
    }),
    ...(kept && { shelf: makeShelf(kept.candidates, kept.asOf) }),
  };
}

async function readBorrowers({ _id, figures }: SeasonDocument): Promise<Map<string, number>> {
  if (!figures || figures.borrowers === 0) return new Map();
  return new Map(v.parse(Borrowers, await readFigures(_id, BORROWERS, figures.borrowers)));
}
