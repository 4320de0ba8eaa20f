/** Letters and digits of Crockford's base 32: O is 0, I and L are 1, and there is no U. */
const LENGTH = 16;
const GROUPS = /.{4}(?=.)/g;

/** What somebody has typed or copied, as it is written: without blanks and dashes, in capitals. */
export function cleanCode(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
}

/** Whether it may be a code at all. */
export function isCode(code: string): boolean {
  return code.length === LENGTH && /^[0-9A-HJKMNP-TV-Z]*$/.test(code);
}

/** "ABCD-EFGH-…": easier to read and to copy. */
export function groupCode(code: string): string {
  return cleanCode(code).replace(GROUPS, '$&-');
}
