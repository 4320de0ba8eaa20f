import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { STAGES } from '../../contracts/report/staff';
import { command, isDuplicate, table } from '../cloud/database';
import { transaction, type Tables } from '../cloud/transaction';

const COLLECTION = 'report_seasons';
/** How long an instance goes by what it has read, ms: a publication is seen everywhere within that. */
const LIFETIME = 15_000;
/** How long a run of the job has a year for itself, ms: longer than any invocation lives. */
const HELD_MS = 70_000;

export type Stage = (typeof STAGES)[number];

/** A year of reports. Times in ms. */
export interface SeasonDocument {
  /** `calendar-2026` */
  _id: string;
  stage: Stage;
  openedAt: number;
  returnsKnown: boolean;
  /** `YYYY-MM-DD` */
  importSince?: string;
  import?: { id: string; readers: number; loans: number };
  /** Imports for late readers, after the count had begun, oldest first. */
  lateImports?: string[];
  /** Of the library; known from the start on. */
  timeZone?: string;
  /** The snapshot. */
  asOf?: number;
  startedAt?: number;
  publishAt?: number;
  publishedAt?: number;
  /** How far the loans have been gone through, an _id of report_loans. */
  cursor?: string;
  /** How many pieces each part of the count has, so far; with no cursor beside them: all loans are in them. */
  parts?: number[];
  figures?: KeptFigures;
  /** Readers counted so far. */
  counted: number;
  movedAt?: number;
  /** Code of a fault. */
  trouble?: string;
  holder?: string;
  heldUntil?: number;
}

/** How many pieces each of the library's figures has. */
export interface KeptFigures {
  /** When the count was whole, ms. */
  at: number;
  year: number;
  borrowers: number;
  /** Titles that may be recommended. */
  shelf: number;
  /** For how many titles the catalogue has been asked so far. */
  asked: number;
}

/** Every import that is used, the one that counts most first: later ones tell of readers anew. */
export const importsOf = ({ import: main, lateImports = [] }: SeasonDocument): string[] => [
  ...[...lateImports].reverse(),
  ...(main ? [main.id] : []),
];

/** What may be changed of a year; `undefined` takes a field away. */
export type SeasonChange = {
  [K in Exclude<keyof SeasonDocument, '_id' | 'holder' | 'heldUntil'>]?: SeasonDocument[K] | undefined;
};

/** Orders years by their windows, whatever kind they are. */
function beginningOf({ _id }: SeasonDocument): string {
  const [kind, year] = _id.split('-');
  return `${year}-${kind === 'academic' ? '09' : '01'}`;
}

/** All years that were opened, by their windows, newest first. As of now. */
export async function readSeasons(): Promise<SeasonDocument[]> {
  const found = await table<SeasonDocument>(COLLECTION).findAll({});
  return found.sort((a, b) => (beginningOf(a) < beginningOf(b) ? 1 : -1));
}

/** The same as a transaction sees them, in no order. */
export const readSeasonsIn = (tables: Tables): Promise<SeasonDocument[]> =>
  tables<SeasonDocument>(COLLECTION).findAll({});

let held: { at: number; seasons: Promise<SeasonDocument[]> } | undefined;

/** The same as of at most 15 s ago. A read that fails rejects, and is not remembered. */
export function currentSeasons(now: number): Promise<SeasonDocument[]> {
  if (held && held.at <= now && now < held.at + LIFETIME) return held.seasons;
  const reading = { at: now, seasons: readSeasons() };
  held = reading;
  reading.seasons.catch(() => {
    if (held === reading) held = undefined;
  });
  return reading.seasons;
}

export const findSeason = (id: string): Promise<SeasonDocument | undefined> =>
  table<SeasonDocument>(COLLECTION).find(id);

/** Opens a year unless it is open already. */
export const openSeason = (id: string, now: number): Promise<void> =>
  addSeason({ _id: id, stage: 'open', openedAt: now, returnsKnown: true, counted: 0 });

/** Puts a year back as it was, unless it is there. */
export async function addSeason(season: SeasonDocument): Promise<void> {
  try {
    await table<SeasonDocument>(COLLECTION).add(season);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
}

/**
 * Changes a year that is in one of the stages named.
 * @returns whether it was in one of them
 */
export async function changeSeason(
  id: string,
  stages: readonly Stage[],
  change: SeasonChange,
): Promise<boolean> {
  const where = { _id: id, stage: command().in(stages) };
  const write = async (): Promise<boolean> =>
    (await table(COLLECTION).updateWhere(where, withRemovals(change))) > 0;
  if (await write()) return true;
  const found = await findSeason(id);
  if (!found || !stages.includes(found.stage)) return false;
  // what is as wanted already does not count as changed; else the stage has come back in between
  return isAlready(found, change) || write();
}

const isAlready = (season: SeasonDocument, change: SeasonChange): boolean =>
  Object.entries(change).every(([field, value]) => isDeepStrictEqual(season[field as 'stage'], value));

/**
 * Changes which imports are there for late readers, of a year that is in one of the stages named; of two who do so at
 * once both are in it.
 * @returns whether it was in one of them
 */
export const changeLateImports = (
  id: string,
  stages: readonly Stage[],
  change: (before: readonly string[]) => string[],
): Promise<boolean> =>
  transaction(async (tables) => {
    const seasons = tables<SeasonDocument>(COLLECTION);
    const found = await seasons.find(id);
    if (!found || !stages.includes(found.stage)) return false;
    await seasons.update(id, { lateImports: change(found.lateImports ?? []) });
    return true;
  });

/** Removes a year that is still open and has no import. @returns what it was; undefined when it was not so */
export function removeOpenSeason(id: string): Promise<SeasonDocument | undefined> {
  return transaction(async (tables) => {
    const seasons = tables<SeasonDocument>(COLLECTION);
    const season = await seasons.find(id);
    if (season?.stage !== 'open' || season.import) return undefined;
    await seasons.remove(id);
    return season;
  });
}

/** A year that a run of the job has for itself. */
export interface HeldSeason {
  season: SeasonDocument;
  /**
   * Writes down how far the run is.
   * @param asRead what the year must still say, for what is written to hold
   * @returns false when another run, or an order of the staff, has taken over: then this one has to stop
   */
  moveOn(change: SeasonChange, asRead?: Partial<SeasonDocument>): Promise<boolean>;
  release(): Promise<void>;
}

/** Takes a year for a run of the job; undefined when another run has it. */
export async function holdSeason(id: string, now: number): Promise<HeldSeason | undefined> {
  const holder = randomUUID();
  const { lt, gt } = command();
  // one that ends later than any could was taken before the clock was set back
  const lapsed = lt(now).or(gt(now + HELD_MS));
  const seasons = table<SeasonDocument>(COLLECTION);
  const hold = { holder, heldUntil: now + HELD_MS };
  const taken =
    (await seasons.updateWhere({ _id: id, heldUntil: lapsed }, hold)) > 0 ||
    (await seasons.updateWhere({ _id: id, heldUntil: command().exists(false) }, hold)) > 0;
  if (!taken) return undefined;
  const season = await seasons.find(id);
  if (season?.holder !== holder) return undefined;
  let stage = season.stage;
  const isAs = async (wanted: { holder: string; stage: Stage }): Promise<boolean> => {
    const found = await seasons.find(id);
    return found?.holder === wanted.holder && found.stage === wanted.stage;
  };
  return {
    season,
    async moveOn(change, asRead = {}) {
      const where = { ...asRead, _id: id, holder, stage };
      const changed = (await seasons.updateWhere(where, withRemovals(change))) > 0;
      // within one millisecond nothing may be new, but for the stage
      if (!changed && (change.stage !== undefined || !(await isAs({ holder, stage })))) return false;
      stage = change.stage ?? stage;
      return true;
    },
    async release() {
      const { remove } = command();
      await seasons.updateWhere({ _id: id, holder }, { holder: remove(), heldUntil: remove() });
    },
  };
}

const withRemovals = (change: SeasonChange): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(change).map(([field, value]) => [field, value === undefined ? command().remove() : value]),
  );
