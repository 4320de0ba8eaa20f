import { wrong } from '../../staff/arguments';
import type { Setting, StaffOrder } from '../../staff/run-order';
import type { Arguments } from '../arguments';

export type Order = StaffOrder<Arguments>;

/** For the audit, 1 to 200 characters. @throws {UsageError} */
export function requireReason({ args: { reason } }: Setting<Arguments>): string {
  const text = reason?.trim() ?? '';
  if (text === '' || text.length > 200)
    throw wrong('--reason with 1 to 200 characters is needed', '需要 --reason，1–200 个字符');
  return text;
}

/** A reader's code as somebody reads it out: lower case, without dashes, O for 0, I or L for 1. @throws {UsageError} */
export function readerCodeOf(text: string | undefined): string {
  const plain = (text ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (!/^[0-9A-HJKMNP-TV-Z]{12}$/.test(plain)) {
    throw wrong(
      'a reader’s code has twelve letters and digits, e.g. 7K2M-9QXT-04CD',
      '读者码为 12 位字母和数字，如 7K2M-9QXT-04CD',
    );
  }
  return plain.replace(/(.{4})(?=.)/g, '$1-');
}
