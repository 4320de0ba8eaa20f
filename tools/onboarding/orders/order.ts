import type { Arguments } from '../arguments';
import { wrong } from '../arguments';
import type { CallStaff } from '../call-staff';
import type { Says } from '../says';

/** What an order works with. */
export interface Setting {
  args: Arguments;
  /** Orders given to the function. */
  call: CallStaff;
  /** Prints a result. */
  out: (line: string) => void;
  /** Prints what is no result: progress, questions. */
  tell: (line: string) => void;
  /** Local date, YYYY-MM-DD. */
  today: string;
  /**
   * Asks before something is changed that readers will notice.
   * @throws {Refused} when the answer is not yes, or nobody is there to give one
   */
  confirm: (what: Says) => Promise<void>;
}

/** @returns the exit code */
export type Order = (setting: Setting) => Promise<0 | 1>;

/** For the audit, 1 to 200 characters. @throws {UsageError} */
export function requireReason({ args: { reason } }: Setting): string {
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
