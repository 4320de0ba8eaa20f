import { Unzip, UnzipInflate } from 'fflate';
import { Refused } from '../../staff/says';

/** Most bytes that are unpacked of one file, whatever it says of itself. */
const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_ENTRIES = 2_000;
/** Packed bytes that are looked at in one step; what comes of them at most is a thousand times as much. */
const STEP = 8 * 1024;

const XML = /\.(xml|rels)$/;

/**
 * Unpacks the XML of an .xlsx file, and never more than a bound: a small file
 * that would unpack to gigabytes is given up as soon as it goes beyond it.
 * @throws {Refused}
 */
export function openArchive(file: string, bytes: Uint8Array): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array[]>();
  let unpacked = 0;
  let fault: Refused | undefined;
  const unzip = new Unzip((entry) => {
    if (!XML.test(entry.name)) return;
    if (entries.has(entry.name) || entries.size >= MAX_ENTRIES) {
      fault ??= damaged(file);
      return;
    }
    const chunks: Uint8Array[] = [];
    entries.set(entry.name, chunks);
    entry.ondata = (error, chunk) => {
      if (error) fault ??= damaged(file);
      else if ((unpacked += chunk.length) > MAX_UNPACKED) {
        chunks.length = 0;
        fault ??= tooLarge(file);
      } else chunks.push(chunk);
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length && !fault; at += STEP) {
      unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch {
    fault ??= damaged(file);
  }
  if (fault) throw fault;
  return new Map([...entries].map(([name, chunks]) => [name, Buffer.concat(chunks)]));
}

export const damaged = (file: string): Refused =>
  new Refused({
    en: `${file} is damaged, or is no .xlsx workbook: open it in a spreadsheet and save it anew`,
    zh: `${file} 已损坏，或不是 .xlsx 工作簿：请用表格软件打开并重新保存`,
  });

export const tooLarge = (file: string): Refused =>
  new Refused({
    en: `${file} is too large to be a bank of questions`,
    zh: `${file} 太大，不可能是题库`,
  });
