import * as v from 'valibot';
import { table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import schema from '../schema.json';
import { eraseTries, findTries, type KeptTries } from './attempts';
import { openSealed } from './open-sealed';

type Document = { _id: string } & Record<string, unknown>;
interface Collection {
  ownedBy: string;
  fields: Record<string, { sealed?: boolean; secret?: boolean }>;
}

/** Every collection there is: one that is added to the schema is exported and erased, too. */
const collections = Object.entries(schema.collections as Record<string, Collection>);

/** What stands in an export in place of something that would open a door. */
const NOT_SHOWN = '(kept sealed, not shown)';

/** Everything that is kept about a reader, collection by collection, with what is sealed opened. */
export async function collectPersonalData(
  desk: Desk,
  openid: string,
  now: number,
): Promise<Record<string, Record<string, unknown>[]>> {
  const all: Record<string, Record<string, unknown>[]> = {};
  for (const [name, collection] of collections) {
    const documents =
      collection.ownedBy === 'lookup'
        ? (await findTries(desk.lookup, openid, now)).map((one) => ({ ...one }))
        : (await findOwned(name, collection, openid)).map((one) => openDocument(desk, name, collection, one));
    if (documents.length > 0) all[name] = documents;
  }
  return all;
}

/**
 * Erases all documents of a reader, but for tries that still limit somebody.
 * @returns how many documents were erased, by collection, and until when what is kept is kept
 */
export async function erasePersonalData(
  desk: Desk,
  openid: string,
  now: number,
): Promise<{ erased: Record<string, number>; kept: KeptTries }> {
  const erased: Record<string, number> = {};
  const tries = await eraseTries(desk.lookup, openid, now);
  for (const [name, { ownedBy }] of collections) {
    const count = ownedBy === 'lookup' ? tries.erased : await table(name).removeWhere({ [ownedBy]: openid });
    if (count > 0) erased[name] = count;
  }
  return { erased, kept: tries.kept };
}

async function findOwned(name: string, { ownedBy }: Collection, openid: string): Promise<Document[]> {
  return table<Document>(name).findAll({ [ownedBy]: openid });
}

function openDocument(
  desk: Desk,
  name: string,
  { fields }: Collection,
  document: Document,
): Record<string, unknown> {
  const opened = Object.entries(document).map(([field, value]) => {
    const { sealed = false, secret = false } = fields[field] ?? {};
    if (secret) return [field, NOT_SHOWN] as const;
    if (!sealed || typeof value !== 'string') return [field, value] as const;
    return [
      field,
      openSealed(desk, v.unknown(), value, { owner: document._id, purpose: `${name}.${field}` }),
    ] as const;
  });
  return Object.fromEntries(opened);
}
