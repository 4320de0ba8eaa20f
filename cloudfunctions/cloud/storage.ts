import tcb from '@cloudbase/node-sdk';
import { AppError } from '../runtime/app-error';

/** Longest wait for the bytes of one file, ms. */
const WAIT = 10_000;
/** Files that one request may name. */
const AT_ONCE = 50;
const SUCCESS = 'SUCCESS';
const NOT_THERE = 'STORAGE_FILE_NONEXIST';

interface Storage {
  getUploadMetadata(request: { cloudPath: string }): Promise<{ data?: { fileId?: unknown } }>;
  uploadFile(request: { cloudPath: string; fileContent: Buffer }): Promise<unknown>;
  getTempFileURL(request: {
    fileList: { fileID: string; maxAge: number }[];
  }): Promise<{ fileList?: { code?: unknown; fileID?: unknown; tempFileURL?: unknown }[] }>;
  deleteFile(request: { fileList: string[] }): Promise<{ fileList?: { code?: unknown; fileID?: unknown }[] }>;
}

let opened: Storage | undefined;
const storage = (): Storage => (opened ??= tcb.init({ env: tcb.SYMBOL_CURRENT_ENV }) as unknown as Storage);

const failed = (what: string, cause?: unknown): AppError =>
  new AppError('BUSY', `the storage ${what}`, true, { cause });

/** What stands before a path in the ids of this environment's files: it is the same for all. */
let base: string | undefined;

/** The id that a file at this path has. @throws {AppError} BUSY */
export async function fileIdAt(cloudPath: string): Promise<string> {
  if (base === undefined) {
    const { data } = await storage()
      .getUploadMetadata({ cloudPath })
      .catch((error: unknown) => Promise.reject(failed('does not answer', error)));
    const fileId = data?.fileId;
    if (typeof fileId !== 'string' || !fileId.endsWith(`/${cloudPath}`))
      throw failed('names files otherwise');
    base = fileId.slice(0, -cloudPath.length);
  }
  return base + cloudPath;
}

/** Writes a file in the name of the environment itself, so that no client may change it. @throws {AppError} BUSY */
export async function putFile(cloudPath: string, bytes: Buffer): Promise<void> {
  try {
    await storage().uploadFile({ cloudPath, fileContent: bytes });
  } catch (error) {
    throw failed('took no file', error);
  }
}

/**
 * Temporary addresses of files.
 * @returns by file id; those that are not there are left out
 * @throws {AppError} BUSY
 */
export async function linksTo(fileIds: readonly string[], seconds: number): Promise<Map<string, string>> {
  const links = new Map<string, string>();
  for (const some of inParts(fileIds)) {
    const wanted = some.map((fileID) => ({ fileID, maxAge: seconds }));
    const { fileList } = await storage()
      .getTempFileURL({ fileList: wanted })
      .catch((error: unknown) => Promise.reject(failed('gave no links', error)));
    if (!Array.isArray(fileList)) throw failed('gave no links');
    for (const { code, fileID, tempFileURL } of fileList)
      if (
        code === SUCCESS &&
        typeof fileID === 'string' &&
        typeof tempFileURL === 'string' &&
        tempFileURL !== ''
      )
        links.set(fileID, tempFileURL);
  }
  return links;
}

/**
 * The bytes of a file, of which nothing beyond the bound is read.
 * @returns undefined when it is not there
 * @throws {AppError} BUSY
 */
export async function readFile(fileId: string, mostBytes: number): Promise<Buffer | 'tooLarge' | undefined> {
  const link = (await linksTo([fileId], 600)).get(fileId);
  if (link === undefined) return undefined;
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(WAIT) });
    if (answer.status === 404) return undefined;
    if (!answer.ok || !answer.body) throw new Error(`status ${answer.status}`);
    return await readBounded(answer.body, mostBytes);
  } catch (error) {
    throw failed('gave no file', error);
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // leaving the loop early ends the download
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) return 'tooLarge';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @returns whether none of them is there any more */
export async function deleteFiles(fileIds: readonly string[]): Promise<boolean> {
  let gone = true;
  for (const some of inParts(fileIds)) {
    try {
      const { fileList } = await storage().deleteFile({ fileList: some });
      gone &&=
        Array.isArray(fileList) && fileList.every(({ code }) => code === SUCCESS || code === NOT_THERE);
    } catch {
      // whoever asks for it does so again later
      gone = false;
    }
  }
  return gone;
}

function* inParts(fileIds: readonly string[]): Generator<string[]> {
  for (let i = 0; i < fileIds.length; i += AT_ONCE) yield fileIds.slice(i, i + AT_ONCE);
}
