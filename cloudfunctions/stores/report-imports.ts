import { command, table } from '../cloud/database';
import { KEPT_BEFORE_COUNT } from './report-loans';

const COLLECTION = 'report_imports';
const PAGE = 1_000;
/** What lapses sooner than this is no longer gone by: there must be time to count it. Ms. */
const TIME_TO_COUNT = 86_400_000;

/** A part of an import that has been taken in whole. It lapses with its loans. */
interface PartDocument {
  /** season, import and part, joined by colons. */
  _id: string;
  season: string;
  import: string;
  part: number;
  readers: number;
  loans: number;
  expiresAt: number;
}

export type Part = Pick<PartDocument, 'import' | 'part' | 'readers' | 'loans'>;

export async function keepPart(season: string, part: Part, now: number): Promise<void> {
  const _id = `${season}:${part.import}:${part.part}`;
  await table<PartDocument>(COLLECTION).put({ _id, season, ...part, expiresAt: now + KEPT_BEFORE_COUNT });
}

/** Parts of all imports that have been taken in and can still be counted, in no order. */
export async function findParts(season: string, now: number): Promise<Part[]> {
  const parts: Part[] = [];
  const where = { season, expiresAt: command().gt(now + TIME_TO_COUNT) };
  for (let after: string | undefined; ;) {
    const page = (await table<PartDocument>(COLLECTION).findPage({
      ...{ where, by: '_id', after, limit: PAGE },
      fields: ['import', 'part', 'readers', 'loans'],
    })) as PartDocument[];
    parts.push(...page);
    if (page.length < PAGE) return parts;
    after = page.at(-1)!._id;
  }
}

/** @param importId one alone; all of them, if left out */
export const forgetParts = (season: string, importId?: string): Promise<number> =>
  table(COLLECTION).removeWhere({ season, ...(importId !== undefined && { import: importId }) });

export const forgetOtherParts = (season: string, importId: string): Promise<number> =>
  table(COLLECTION).removeWhere({ season, import: command().neq(importId) });
