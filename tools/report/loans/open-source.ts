import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { errorCode } from '../../staff/error-code';
import { Refused } from '../../staff/says';

export type Form = 'csv' | 'jsonl';

/** A file of loans that can be gone through several times. */
export interface Source {
  /** Without its folders. */
  name: string;
  form: Form;
  isPacked: boolean;
  /** As it lies there, packed or not; bytes. */
  size: number;
  /**
   * Its content, unpacked, in pieces.
   * @param progress told how many bytes of `size` have been read
   * @throws {Refused} when it cannot be read to its end
   */
  read: (progress?: (bytes: number) => void) => AsyncGenerator<Buffer>;
}

const FORMS: Readonly<Record<string, Form>> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.txt': 'csv',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
};
const PIECE = 256 * 1024;

/** @throws {Refused} */
export async function openSource(fileName: string): Promise<Source> {
  const name = path.basename(fileName);
  const form = FORMS[path.extname(name.replace(/\.gz$/i, '')).toLowerCase()];
  if (!form) {
    throw new Refused({
      en: `${name}: expected .csv, .tsv, .txt or .jsonl, also packed as .gz; save a workbook as "CSV UTF-8"`,
      zh: `${name}：应为 .csv、.tsv、.txt 或 .jsonl，也可以压缩成 .gz；工作簿请另存为“CSV UTF-8”`,
    });
  }
  const { size, start } = await lookAt(fileName, name);
  if (start.toString('latin1', 0, 2) === 'PK') {
    throw new Refused({
      en: `${name} is a workbook or a .zip: save it as "CSV UTF-8", or unpack it`,
      zh: `${name} 是工作簿或 .zip：请另存为“CSV UTF-8”，或先解压`,
    });
  }
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  return { name, form, isPacked, size, read: (progress) => readFile(fileName, name, isPacked, progress) };
}

async function lookAt(fileName: string, name: string): Promise<{ size: number; start: Buffer }> {
  const handle = await open(fileName, 'r').catch((error: unknown) => {
    throw cannotRead(name, error);
  });
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new Refused({ en: `${name} is no file`, zh: `${name} 不是文件` });
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return { size: stat.size, start: buffer.subarray(0, bytesRead) };
  } finally {
    await handle.close();
  }
}

async function* readFile(
  fileName: string,
  name: string,
  isPacked: boolean,
  progress?: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  const file = createReadStream(fileName, { highWaterMark: PIECE });
  const content: Readable = isPacked ? file.pipe(createGunzip({ chunkSize: PIECE })) : file;
  // A pipe does not hand on what goes wrong.
  if (isPacked) file.on('error', (error) => content.destroy(error));
  try {
    for await (const piece of content as AsyncIterable<Buffer>) {
      progress?.(file.bytesRead);
      yield piece;
    }
  } catch (error) {
    throw cannotRead(name, error);
  } finally {
    file.destroy();
    content.destroy();
  }
}

function cannotRead(name: string, error: unknown): Refused {
  const code = errorCode(error);
  return code === 'Z_BUF_ERROR' || code === 'Z_DATA_ERROR'
    ? new Refused({ en: `${name} is damaged or cut off (${code})`, zh: `${name} 已损坏或不完整（${code}）` })
    : new Refused({ en: `${name} cannot be read (${code})`, zh: `无法读取 ${name}（${code}）` });
}
