export interface CallNumberParts {
  /** Class number, e.g. "I247.57" */
  classNumber: string;
  /** What tells the books of one class apart, e.g. "123" or "L886"; empty when the call number has no second part */
  bookNumber: string;
  /** Volume, edition or year, e.g. "V2", "=2", "2021" */
  extra: string;
}

const CLC_NUMBER = /^([A-Z]{1,2}\d*(?:[.\-=()"+:]*\d+)*)(?:\s*\/\s*|\s+)?(.*)$/i;

/** Takes a CLC call number apart: class number, book number, the rest. Nothing when it is of another scheme. */
export function parseCallNumber(text: string): CallNumberParts | undefined {
  const match = CLC_NUMBER.exec(text.trim());
  if (!match?.[1]) return undefined;
  const [bookNumber = '', ...extra] = (match[2] ?? '').split(/[\s/:=]+/).filter((part) => part !== '');
  return { classNumber: match[1], bookNumber, extra: extra.join(' ') };
}
