import { randomBytes } from 'node:crypto';
import type { PICTURE_TYPES } from '../../contracts/feedback';
import { command, table } from '../cloud/database';
import { deleteFiles, fileIdAt, linksTo, putFile, readFile } from '../cloud/storage';
import type { Tables } from '../cloud/transaction';
import type { Lookup } from '../runtime/lookup';
import { watchErasures } from './erasures';

export const COLLECTION = 'feedback_files';
const DAY = 86_400_000;
/** A path that nothing was sent from is free again after this, ms; the phone may upload to it until then. */
const GRANTED_FOR = DAY;
/** So long it stays listed at least, ms: a call that took the picture just in time may still be copying it. */
const LISTED_FOR = GRANTED_FOR + 5 * 60_000;
/** Paths that one reader may hold at a time without having sent anything from them. */
const MOST_GRANTED = 20;
/** One that nothing was sent from for so long makes room for another, ms: uploads may have failed, or been taken away. */
const MAKES_ROOM_AFTER = 3_600_000;
/** When the storage did not remove a file, it is asked again after this, ms. */
const AGAIN = 30 * 60_000;
/** How long whoever works on an entry has for it before another may, ms: longer than any call lives. */
const TURN = 70_000;
const ID_BYTES = 16;

export type PictureType = (typeof PICTURE_TYPES)[number];

/**
 * - granted: the reader's phone may upload to it; - pending, review, passed, rejected: it belongs to a ticket, and what
 *   its check says; - doomed: it is about nobody any more and is to be removed
 */
export type FileState = 'granted' | 'pending' | 'review' | 'passed' | 'rejected' | 'doomed';

/** A path that was given out, and the picture that came of it. The list of all files that there may be. Times in ms. */
export interface FileDocument {
  _id: string;
  /** Absent once it is doomed. */
  owner?: string;
  state: FileState;
  /** Where the phone puts it, and the copy that no phone can change. */
  upload: string;
  kept: string;
  at: number;
  ticket?: string;
  /** When something is to be done about it: by its state, remove it or ask for its check. */
  due?: number;
  /** By which a verdict names it. */
  trace?: string;
  /** How often its check could not be asked for, and how often it was and no verdict came. */
  tries: number;
  unanswered: number;
  lapsed?: boolean;
}

const macOf = (lookup: Lookup, openid: string, id: string, type: string): string =>
  lookup('feedback.file', JSON.stringify([openid, id, type])).slice(0, 22);

const UPLOADS = 'feedback/in/';
const KEPT = 'feedback/kept/';
const PATH = /^cloud:\/\/[^/]+\/feedback\/in\/([\w-]{22})-([\w-]{22})\.(jpg|png|webp)$/;

/**
 * Gives a reader a path for one picture. It says by a keyed hash whose it is, and nothing that two of them share.
 * @returns undefined when the reader holds too many that are new
 */
export async function grantPath(
  lookup: Lookup,
  openid: string,
  type: PictureType,
  now: number,
): Promise<string | undefined> {
  const files = table<FileDocument>(COLLECTION);
  const erasures = await watchErasures(lookup, openid);
  const held = await files.findAll({ owner: openid, state: 'granted' });
  if (held.length >= MOST_GRANTED) {
    const oldest = held.reduce((one, other) => (other.at < one.at ? other : one));
    if (now < oldest.at + MAKES_ROOM_AFTER) return undefined;
    await doomGranted(oldest._id, now);
  }
  const _id = randomBytes(ID_BYTES).toString('base64url');
  const cloudPath = `${UPLOADS}${_id}-${macOf(lookup, openid, _id, type)}.${type}`;
  const [upload, kept] = await Promise.all([fileIdAt(cloudPath), fileIdAt(`${KEPT}${_id}.${type}`)]);
  const grant = { state: 'granted', upload, kept, at: now, due: now + GRANTED_FOR } as const;
  await files.add({ _id, owner: openid, ...grant, tries: 0, unanswered: 0 });
  await erasures.requireNone(() => doomGranted(_id, now));
  return cloudPath;
}

/**
 * What was granted to this reader under an id that a client names. Only its path is looked at: which environment it
 * names decides nothing, for what is read is what was granted.
 */
export async function findGranted(
  lookup: Lookup,
  openid: string,
  fileId: string,
  now: number,
): Promise<FileDocument | undefined> {
  const [, id = '', mac, type = ''] = PATH.exec(fileId) ?? [];
  if (mac === undefined || mac !== macOf(lookup, openid, id, type)) return undefined;
  const found = await table<FileDocument>(COLLECTION).find(id);
  const isTheirs = found?.owner === openid && found.state === 'granted' && now < found.at + GRANTED_FOR;
  return isTheirs && found.upload.endsWith(fileId.slice(fileId.indexOf(`/${UPLOADS}`))) ? found : undefined;
}

/**
 * Copies what was uploaded to where no phone can change it, if it is what is wanted. Done again, it does the same.
 * @returns refused: it is too large, or not wanted
 * @throws {AppError} BUSY
 */
export async function keepCopy(
  { upload, kept }: FileDocument,
  mostBytes: number,
  isWanted: (bytes: Buffer) => boolean,
): Promise<'kept' | 'refused' | 'missing'> {
  const bytes = await readFile(upload, mostBytes);
  if (bytes === undefined) return 'missing';
  if (bytes === 'tooLarge' || !isWanted(bytes)) return 'refused';
  await putFile(kept.slice(kept.indexOf(KEPT)), bytes);
  return 'kept';
}

/** Removes what the phone uploaded, once there is a copy; what is left of it goes with the copy. */
export async function removeUploads(files: readonly FileDocument[]): Promise<void> {
  if (files.length > 0) await deleteFiles(files.map(({ upload }) => upload));
}

/** Of a picture's link, seconds. */
const LINK_SECONDS = 600;

/** Temporary addresses of pictures by file id; of those that are there. @throws {AppError} BUSY */
export async function linksOf(files: readonly FileDocument[]): Promise<Record<string, string>> {
  const there = files.filter(({ state }) => state !== 'rejected' && state !== 'doomed');
  if (there.length === 0) return {};
  return Object.fromEntries(
    await linksTo(
      there.map(({ kept }) => kept),
      LINK_SECONDS,
    ),
  );
}

/** For WeChat, which may take its time to fetch it. @returns undefined when the picture is not there */
export const linkForCheck = async ({ kept }: FileDocument): Promise<string | undefined> =>
  (await linksTo([kept], 3_600)).get(kept);

/** Makes a picture one of a ticket's. @returns false when it is not the reader's to give any more */
export async function useFileIn(
  tables: Tables,
  { openid, id, ticket }: { openid: string; id: string; ticket: string },
  now: number,
): Promise<boolean> {
  const files = tables<FileDocument>(COLLECTION);
  const found = await files.find(id);
  if (found?.owner !== openid || found.state !== 'granted') return false;
  await files.update(id, { state: 'pending', ticket, due: now });
  return true;
}

export const findFilesOf = (openid: string, tickets: readonly string[]): Promise<FileDocument[]> =>
  tickets.length === 0
    ? Promise.resolve([])
    : table<FileDocument>(COLLECTION).findAll({ owner: openid, ticket: command().in(tickets) });

export const findFile = (id: string): Promise<FileDocument | undefined> =>
  table<FileDocument>(COLLECTION).find(id);

/** What is to be done now, the longest waiting first. */
export async function listDueFiles(now: number, limit: number): Promise<string[]> {
  const where = { due: command().lte(now) };
  const found = await table<FileDocument>(COLLECTION).findPage({
    where,
    by: 'due',
    limit,
    fields: ['state'],
  });
  return found.map(({ _id }) => _id!);
}

/** Takes a turn with what is due. @returns it as it was; of all who want one at a time, one gets it */
export async function takeFileTurn(id: string, now: number): Promise<FileDocument | undefined> {
  const found = await findFile(id);
  if (found?.due === undefined || found.due > now) return undefined;
  const { state, due } = found;
  const taken = await table(COLLECTION).updateWhere({ _id: id, state, due }, { due: now + TURN });
  return taken > 0 ? found : undefined;
}

type Counted = Pick<FileDocument, '_id' | 'tries' | 'unanswered'>;

/** Changes what is still as it was; what has been decided, or doomed, meanwhile stays so. */
async function changePending(
  { _id, tries, unanswered }: Counted,
  change: Partial<Record<keyof FileDocument, unknown>>,
): Promise<void> {
  await table(COLLECTION).updateWhere({ _id, state: 'pending', tries, unanswered }, change);
}

/** Notes that a check was begun. @param due when it is asked for anew if no verdict comes, ms */
export const noteAsked = (
  file: Counted,
  { trace, due, unanswered }: { trace: string; due: number; unanswered: number },
): Promise<void> => changePending(file, { trace, due, unanswered });

/** Notes that a check could not be begun. @param due when it is tried again, ms; undefined: it is not any more */
export const noteNotAsked = (file: Counted, due: number | undefined): Promise<void> =>
  changePending(file, {
    tries: file.tries + 1,
    trace: command().remove(),
    ...(due === undefined ? { due: command().remove(), lapsed: true } : { due }),
  });

/** Notes that WeChat does not let a picture pass; its file is to go. */
export const noteRejected = (file: Counted, now: number): Promise<void> =>
  changePending(file, { state: 'rejected', due: now, trace: command().remove() });

/**
 * Writes down the verdict about the picture whose check has this trace, once: a trace that nobody asked for, or that has
 * had its verdict, changes nothing.
 * @returns the ticket that it belongs to; undefined when nothing was changed
 */
export async function noteVerdict(
  tables: Tables,
  trace: string,
  verdict: 'passed' | 'rejected' | 'review',
  now: number,
): Promise<string | undefined> {
  const files = tables<FileDocument>(COLLECTION);
  const [found] = await files.findAll({ trace, state: 'pending' });
  if (!found) return undefined;
  const { remove } = command();
  const due = verdict === 'rejected' ? now : remove();
  await files.update(found._id, { state: verdict, due, trace: remove() });
  return found.ticket;
}

/** Has a check asked for anew soon: WeChat could not carry it out. @returns whether there was one */
export const askAnew = async (trace: string, now: number): Promise<boolean> =>
  (await table(COLLECTION).updateWhere({ trace, state: 'pending' }, { due: now })) > 0;

/** What a document becomes when its file is to go. */
const doomed = (now: number) => {
  const { remove } = command();
  return { state: 'doomed', due: now, owner: remove(), ticket: remove(), trace: remove() };
};

/** Dooms what belongs to a ticket. @returns what there is to be removed; see {@link removeDoomed} */
export async function doomFilesIn(tables: Tables, ticket: string, now: number): Promise<string[]> {
  const files = tables<FileDocument>(COLLECTION);
  const ids = await files.findIds({ ticket });
  for (const id of ids) await files.update(id, doomed(now));
  return ids;
}

/** Rejects pictures of an entry that was rejected: their files are to go. */
export async function rejectFilesIn(tables: Tables, ids: readonly string[], now: number): Promise<void> {
  const files = tables<FileDocument>(COLLECTION);
  for (const id of ids) await files.update(id, { state: 'rejected', due: now, trace: command().remove() });
}

/** Decides about pictures of an entry that wait for a human. @returns about how many, and whether others of the ticket wait */
export async function judgeFilesIn(
  tables: Tables,
  { ticket, ids, pass }: { ticket: string; ids: readonly string[]; pass: boolean },
  now: number,
): Promise<{ judged: number; waits: boolean }> {
  const files = tables<FileDocument>(COLLECTION);
  const waiting = (await files.findAll({ ticket })).filter(({ state }) => state === 'review');
  const mine = waiting.filter(({ _id }) => ids.includes(_id));
  for (const { _id } of mine)
    await files.update(_id, pass ? { state: 'passed' } : { state: 'rejected', due: now });
  return { judged: mine.length, waits: mine.length < waiting.length };
}

/** Whatever a reader has uploaded or may. @returns how many were theirs */
export async function doomFilesOf(openid: string, now: number): Promise<number> {
  const files = table<FileDocument>(COLLECTION);
  const ids = await files.findIds({ owner: openid });
  const count = await files.updateWhere({ owner: openid }, doomed(now));
  await removeDoomed(ids, now);
  return count;
}

/** Dooms one that nothing was sent from. */
export async function doomGranted(id: string, now: number): Promise<void> {
  await table(COLLECTION).updateWhere({ _id: id, state: 'granted' }, doomed(now));
  await removeDoomed([id], now);
}

/**
 * Removes files that are doomed, and their entries. A path that was given out a short while ago stays listed, for the
 * phone may be about to upload to it. What the storage does not remove now is tried again by the job.
 * @returns how many entries were done with
 */
export async function removeDoomed(ids: readonly string[], now: number): Promise<number> {
  if (ids.length === 0) return 0;
  const files = table<FileDocument>(COLLECTION);
  const found = await files.findAll({ _id: command().in(ids), state: 'doomed' });
  if (found.length === 0) return 0;
  const gone = await deleteFiles(found.flatMap(({ upload, kept }) => [upload, kept]));
  let done = 0;
  for (const { _id, at } of found) {
    const settled = gone && now >= at + LISTED_FOR;
    if (settled) done += await files.removeWhere({ _id, state: 'doomed' });
    else await files.updateWhere({ _id, state: 'doomed' }, { due: gone ? at + LISTED_FOR : now + AGAIN });
  }
  return done;
}

/** Removes the files of pictures that were rejected; that they were stays to be seen. */
export async function removeRejected({ _id, upload, kept }: FileDocument, now: number): Promise<void> {
  const gone = await deleteFiles([upload, kept]);
  const due = gone ? command().remove() : now + AGAIN;
  await table(COLLECTION).updateWhere({ _id, state: 'rejected' }, { due });
}
