/** Days from the beginning of spreadsheets' calendar (1899-12-30) to 1970-01-01. */
const EPOCH_SERIAL = 25_569;
const DAY_MS = 86_400_000;
/** 2000-01-01 and 2100-12-31. */
const FIRST_SERIAL = 36_526;
const LAST_SERIAL = 73_415;

/**
 * A date as spreadsheets have it: `2026-09-01`, `2026/9/1`, `2026年9月1日`, or
 * the number of days that a cell without a date's format shows.
 * @returns `YYYY-MM-DD`, or undefined when it is no date of this century
 */
export function readDate(text: string): string | undefined {
  const plain = text.normalize('NFKC').trim();
  if (/^\d{5}(\.0+)?$/.test(plain)) {
    const serial = Number(plain);
    return serial >= FIRST_SERIAL && serial <= LAST_SERIAL
      ? new Date((serial - EPOCH_SERIAL) * DAY_MS).toISOString().slice(0, 10)
      : undefined;
  }
  const [, year, month, day] =
    /^(20\d\d)(?:[-/.]|年\s*)(\d{1,2})(?:[-/.]|月\s*)(\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$/u.exec(plain) ??
    [];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const real = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : undefined;
}
