import * as v from 'valibot';
import { command, table } from '../cloud/database';
import type { Desk } from '../runtime/context';
import schema from '../schema.json';
import { eraseTries, findTries, type KeptTries } from './attempts';
import { COLLECTION as FILES, doomFilesOf } from './feedback-files';
import { COLLECTION as LEASES } from './leases';
import { COLLECTION as MESSAGES } from './messages';
import { COLLECTION as RECORDS, eraseRecord, readerCodeOf } from './onboarding-readers';
import type { BindingDocument } from './binding';
import { openSealed } from './open-sealed';
import { readerKeyOf } from './reader-key';

type Document = { _id: string } & Record<string, unknown>;
interface Collection {
  ownedBy: string;
  fields: Record<string, { sealed?: boolean; secret?: boolean }>;
}

/** Every collection there is: one that is added to the schema is exported and erased, too. */
const collections = Object.entries(schema.collections as Record<string, Collection>);

const ofCards = collections.filter(([, { ownedBy }]) => ownedBy.startsWith('patron:'));
/** Without leases: whoever erases holds one, which must last as long as that, and goes when it is given back. */
const ofIdentities = collections.filter(
  ([name, { ownedBy }]) => !ownedBy.startsWith('patron:') && name !== LEASES,
);

/** What stands in an export in place of something that would open a door, or tell the answers of a test. */
const NOT_SHOWN = {
  sealed: '(kept sealed, not shown)',
  plain: '(kept, not shown)',
  long: '(kept, too long to be shown here)',
};
/** The cloud lets a function answer 1 MB. */
const MOST_BYTES = 900_000;
/** Documents that are read at once, one a question: together they may be more than the database answers to one. */
const AT_ONCE = 8;

/** Who asks, and the key of the card that they have bound, under which lies what belongs to the card. */
interface Person {
  openid: string;
  readerKey: string | undefined;
}

async function identify(desk: Desk, openid: string): Promise<Person> {
  const binding = await table<BindingDocument>('bindings').findWithout(openid, ['loans', 'profile']);
  const ref = binding?.patronRef;
  return { openid, readerKey: ref === undefined ? undefined : readerKeyOf(desk.lookup, ref) };
}

/**
 * By what the documents of a person are found in a collection; undefined where there are none: the collection is
 * about nobody, or belongs to cards and none is bound.
 */
function ownerIn(ownedBy: string, { openid, readerKey }: Person): Record<string, string> | undefined {
  const [kind, field = ''] = ownedBy.split(':');
  switch (kind) {
    case '_id':
    case 'owner':
      return { [kind]: openid };
    case 'patron':
      if (readerKey === undefined) return undefined;
      return { [field]: field === 'reader' ? readerCodeOf(readerKey) : readerKey };
    case 'nobody':
      return undefined;
    default:
      throw new Error(`schema.json: nobody knows whose documents are owned by ${ownedBy}`);
  }
}

/** Everything that is kept about a reader, collection by collection, with what is sealed opened. */
export async function collectPersonalData(
  desk: Desk,
  openid: string,
  now: number,
): Promise<Record<string, Record<string, unknown>[]>> {
  const person = await identify(desk, openid);
  const all: Record<string, Record<string, unknown>[]> = {};
  for (const [name, collection] of collections) {
    const documents =
      collection.ownedBy === 'lookup'
        ? (await findTries(desk.lookup, openid, now)).map((one) => ({ ...one }))
        : (await findOwned(name, collection, person)).map((one) => openDocument(desk, name, collection, one));
    if (documents.length > 0) all[name] = documents;
  }
  shorten(Object.values(all).flat());
  return all;
}

/** Names what is too long for one answer, the longest first, and shows all that stands beside it. */
function shorten(documents: readonly Record<string, unknown>[]): void {
  const fields = documents.flatMap((document) =>
    Object.entries(document).map(([field, value]) => ({ document, field, bytes: bytesOf(value) })),
  );
  let total = bytesOf(documents);
  for (const { document, field, bytes } of fields.sort((a, b) => b.bytes - a.bytes)) {
    if (total <= MOST_BYTES) return;
    document[field] = NOT_SHOWN.long;
    total -= bytes - NOT_SHOWN.long.length;
  }
}

// what does not open any more is undefined
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value ?? null));

/** Until when something about a reader stays, ms; absent where nothing does. */
export interface Kept extends KeptTries {
  /** Failures of papers of the card; nothing else about them. */
  papers?: number;
}

/**
 * Erases all documents of a reader and of the card that they have bound, but for tries that still limit somebody. The
 * caller holds the reader's lease.
 * @returns how many documents were erased, by collection, and until when what is kept is kept
 */
export async function erasePersonalData(
  desk: Desk,
  openid: string,
  now: number,
): Promise<{ erased: Record<string, number>; kept: Kept }> {
  const person = await identify(desk, openid);
  const erased: Record<string, number> = {};
  const tries = await eraseTries(desk.lookup, openid, now);
  let papers: number | undefined;
  // The binding alone leads to what belongs to the card, so it goes after that: an erasure that is cut off can be done
  // again. Once more afterwards: a call that found the card still bound may have begun a record anew, and an answer to a
  // ticket that was still there may have been announced.
  const again = ofIdentities.filter(([name]) => name === MESSAGES);
  for (const [name, { ownedBy }] of [...ofCards, ...ofIdentities, ...ofCards, ...again]) {
    if (name === RECORDS && person.readerKey !== undefined) {
      const record = await eraseRecord(person.readerKey, now);
      if (record.erased) erased[name] = 1;
      papers = record.keptUntil;
    } else if (name === FILES) {
      // they are files of the storage, too: what lists them goes last
      const count = await doomFilesOf(openid, now);
      if (count > 0) erased[name] = count;
    } else {
      const count = ownedBy === 'lookup' ? tries.erased : await eraseOwned(name, ownedBy, person);
      if (count > 0) erased[name] = (erased[name] ?? 0) + count;
    }
  }
  return { erased, kept: { ...tries.kept, ...(papers !== undefined && { papers }) } };
}

async function eraseOwned(name: string, ownedBy: string, person: Person): Promise<number> {
  const owner = ownerIn(ownedBy, person);
  if (!owner) return 0;
  // what staff have ordered stays; of whom is no longer said
  if ('reader' in owner) return table(name).updateWhere(owner, { reader: command().remove() });
  return table(name).removeWhere(owner);
}

async function findOwned(name: string, { ownedBy }: Collection, person: Person): Promise<Document[]> {
  const owner = ownerIn(ownedBy, person);
  const ids = owner ? await findAllIds(name, owner) : [];
  const documents: (Document | undefined)[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const some = ids.slice(i, i + AT_ONCE).map((id) => table<Document>(name).find(id));
    documents.push(...(await Promise.all(some)));
  }
  // what went meanwhile is not there any more
  return documents.filter((document) => document !== undefined);
}

/** However many there are: of a reader who borrows much, half a year of messages can be thousands. */
async function findAllIds(name: string, where: Record<string, string>): Promise<string[]> {
  const ids: string[] = [];
  for (;;) {
    const page = await table(name).findPage({
      where,
      by: '_id',
      after: ids.at(-1),
      limit: 1_000,
      fields: [],
    });
    ids.push(...page.flatMap(({ _id }) => _id ?? []));
    if (page.length < 1_000) return ids;
  }
}

function openDocument(
  desk: Desk,
  name: string,
  { fields }: Collection,
  document: Document,
): Record<string, unknown> {
  const opened = Object.entries(document).map(([field, value]) => {
    const { sealed = false, secret = false } = fields[field] ?? {};
    if (secret) return [field, sealed ? NOT_SHOWN.sealed : NOT_SHOWN.plain] as const;
    if (!sealed || typeof value !== 'string') return [field, value] as const;
    return [
      field,
      openSealed(desk, v.unknown(), value, { owner: document._id, purpose: `${name}.${field}` }),
    ] as const;
  });
  return Object.fromEntries(opened);
}
