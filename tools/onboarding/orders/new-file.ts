import { link, open, unlink } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { errorCode } from '../../staff/error-code';
import { Refused } from '../../staff/says';

/**
 * Writes a file that only its owner can read. It appears when it is whole, and
 * never in the place of another.
 * @throws {Refused} when it cannot be written; and what `write` throws
 */
export async function writeNewFile(
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'wx', 0o600).catch((error: unknown) => {
    throw cannotWrite(part, error);
  });
  try {
    await write(handle);
    await handle.sync();
    await handle.close();
    // A link fails where there is a file already; a rename would write over it.
    await link(part, file).catch((error: unknown) => {
      throw cannotWrite(file, error);
    });
  } finally {
    await handle.close();
    await unlink(part);
  }
}

function cannotWrite(file: string, error: unknown): Refused {
  const code = errorCode(error);
  return code === 'EEXIST'
    ? new Refused({ en: `${file} exists already and is not overwritten`, zh: `${file} 已存在，不会覆盖` })
    : new Refused({ en: `${file} cannot be written (${code})`, zh: `无法写入 ${file}（${code}）` });
}
