import type { BankItem } from '../../contracts/onboarding/bank';
import { command, isDuplicate, table } from '../cloud/database';

const COLLECTION = 'onboarding_banks';
const DAY = 86_400_000;
/** Slices that are asked for at once. */
const AT_ONCE = 8;
/** Versions that an instance holds: the one of now and those of papers that were begun before. */
const MOST_HELD = 3;

/**
 * A part of a bank. It is never changed: papers that were begun name their items by it, and are marked by it.
 * `expiresAt` (ms) stands only while the bank has not been published.
 */
interface SliceDocument {
  _id: string;
  draft: string;
  items: BankItem[];
  createdAt: number;
  expiresAt?: number;
}

const idOf = (draft: string, slice: number): string => `${draft}:${slice}`;

/** Puts a part of a draft in. @returns false when something else lies there already */
export async function keepSlice(
  draft: string,
  slice: number,
  items: BankItem[],
  now: number,
): Promise<boolean> {
  const slices = table<SliceDocument>(COLLECTION);
  const _id = idOf(draft, slice);
  try {
    await slices.add({ _id, draft, items, createdAt: now, expiresAt: now + DAY });
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
  }
  const found = await slices.find(_id);
  if (!found) return keepSlice(draft, slice, items, now);
  if (canonical(found.items) !== canonical(items)) return false;
  // one that waits to be published waits on
  const expiresAt = command().gt(0);
  const waits = await slices.updateWhere({ _id, expiresAt }, { expiresAt: now + DAY });
  // one that was not changed is published, or was put in at the same moment, or has lapsed since it was found
  if (waits === 0 && !(await slices.find(_id))) return keepSlice(draft, slice, items, now);
  return true;
}

/** From now on the draft is kept for good. */
export async function settleDraft(draft: string): Promise<void> {
  const expiresAt = command().gt(0);
  await table(COLLECTION).updateWhere({ draft, expiresAt }, { expiresAt: command().remove() });
}

/** A database gives the fields of an object in an order of its own. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

/** What lies there of a draft, slice after slice up to the first that is missing. */
export const readSlices = (draft: string): Promise<BankItem[][]> => readWhile(draft, () => true);

/** The same of what is kept for good: a part may have been put in anew after the others were settled. */
export const readSettled = (draft: string): Promise<BankItem[][]> =>
  readWhile(draft, ({ expiresAt }) => expiresAt === undefined);

async function readWhile(draft: string, counts: (slice: SliceDocument) => boolean): Promise<BankItem[][]> {
  const slices: BankItem[][] = [];
  for (;;) {
    const batch = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, i) =>
        table<SliceDocument>(COLLECTION).find(idOf(draft, slices.length + i)),
      ),
    );
    const end = batch.findIndex((one) => !one || !counts(one));
    slices.push(...(end < 0 ? batch : batch.slice(0, end)).map((one) => one!.items));
    if (end >= 0) return slices;
  }
}

/** A part of a bank that was published; undefined when there is none. */
export async function findPublished(version: string, slice: number): Promise<BankItem[] | undefined> {
  const found = await table<SliceDocument>(COLLECTION).find(idOf(version, slice));
  return found?.expiresAt === undefined ? found?.items : undefined;
}

const held = new Map<string, Promise<ReadonlyMap<string, BankItem>>>();

/** The items of a published bank by id; read once by an instance, for it never changes. @throws when it is not there */
export function loadBank(version: string): Promise<ReadonlyMap<string, BankItem>> {
  const loading = held.get(version) ?? load(version);
  // the newest last
  held.delete(version);
  held.set(version, loading);
  loading.catch(() => held.delete(version));
  for (const oldest of held.keys()) {
    if (held.size <= MOST_HELD) break;
    held.delete(oldest);
  }
  return loading;
}

async function load(version: string): Promise<ReadonlyMap<string, BankItem>> {
  const items = (await readSlices(version)).flat();
  if (items.length === 0) throw new Error('a bank that was published is not there');
  return new Map(items.map((item) => [item.id, item]));
}
