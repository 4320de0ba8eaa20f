/** Main classes of the Chinese Library Classification, and the second letters that it uses: those of T, and DF. */
const CLASS = /^(?:[A-KN-SUVXZ]|T[BDEFGHJKLMNPQSUV]?|DF)(?=[\d-]|$)/;
/** Longest call number that is looked at, in UTF-16 units. */
const MAX_LENGTH = 64;

/** Class number and all that follows it, in capitals; nothing when it is of another scheme. */
function takeApart(text: string): { classNumber: string; book: string } | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const [classNumber = '', ...book] = text
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .split(/\s*\/\s*|\s+/);
  return CLASS.test(classNumber) ? { classNumber, book: book.join('/') } : undefined;
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
const isLetter = (char: string | undefined): boolean => char !== undefined && char >= 'A' && char <= 'Z';

/**
 * Class numbers: letters by the alphabet, then digit by digit, as decimals; what ends first stands first, and "-"
 * stands before any digit. The dot after the third digit only helps the eye.
 */
function compareClasses(a: string, b: string): number | undefined {
  const plain = (text: string): string => text.replace(/^([A-Z]{1,2}\d{3})\./, '$1');
  const [left, right] = [plain(a), plain(b)];
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const [l, r] = [left[at], right[at]];
  if (l === undefined || r === undefined) return left.length - right.length;
  // T stands before TB, but the letters after a number are no class of their own.
  const beforeDigits = !/\d/.test(left.slice(0, at));
  if (isLetter(l) && isLetter(r)) return l < r ? -1 : 1;
  if (isDigit(l) && isDigit(r)) return l < r ? -1 : 1;
  if (beforeDigits && isLetter(l) !== isLetter(r)) return isLetter(l) ? 1 : -1;
  if (l === '-' && isDigit(r)) return -1;
  if (r === '-' && isDigit(l)) return 1;
  return undefined;
}

/**
 * Book numbers and volumes, piece by piece. Running numbers (种次号) are whole numbers. After letters (著者号) some
 * libraries read whole numbers and some decimals: told only where both agree.
 */
function compareBooks(a: string, b: string): number | undefined {
  const pieces = (text: string): string[] => text.match(/\d+|[A-Z]+|[^\dA-Z]/g) ?? [];
  const [left, right] = [pieces(a), pieces(b)];
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const [l, r] = [left[at], right[at]];
  if (l === undefined || r === undefined) return left.length - right.length;
  if (isDigit(l[0]) && isDigit(r[0])) {
    const whole = Number(l) - Number(r);
    const decimal = l < r ? -1 : 1;
    const ofAuthor = at === 1 && isLetter(left[0]![0]);
    return whole === 0 || (ofAuthor && Math.sign(whole) !== decimal) ? undefined : whole;
  }
  // Of letters and digits, and of the marks for volumes and editions, each library has its own order.
  if (at > 0 || !isLetter(l[0]) || !isLetter(r[0]) || l.startsWith(r) || r.startsWith(l)) return undefined;
  return l < r ? -1 : 1;
}

/**
 * Which of two call numbers of the Chinese Library Classification stands first on the shelf.
 * @returns -1: the first, 1: the second, 0: the same; undefined where libraries differ or the scheme is another
 */
export function compareCallNumbers(a: string, b: string): -1 | 0 | 1 | undefined {
  const [left, right] = [takeApart(a), takeApart(b)];
  if (!left || !right) return undefined;
  const byClass = compareClasses(left.classNumber, right.classNumber);
  // The same class written in two ways is not for us to tell.
  if (byClass === 0 && left.classNumber !== right.classNumber) return undefined;
  const order = byClass === 0 ? compareBooks(left.book, right.book) : byClass;
  return order === undefined ? undefined : order < 0 ? -1 : order > 0 ? 1 : 0;
}
