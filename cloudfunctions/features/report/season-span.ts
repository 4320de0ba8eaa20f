import { AppError } from '../../runtime/app-error';
import { makeSpan, type Span } from './engine/window';

const [FIRST_YEAR, LAST_YEAR] = [1970, 2_200];

/** The window of a year of reports. @param id e.g. `calendar-2026` @throws {AppError} BAD_REQUEST */
export function spanOf(id: string): Span {
  const [kind, digits] = id.split('-');
  const year = Number(digits);
  const isKnown = (kind === 'calendar' || kind === 'academic') && year >= FIRST_YEAR && year <= LAST_YEAR;
  if (!isKnown) throw new AppError('BAD_REQUEST', `season: expected a year from ${FIRST_YEAR} on`);
  return makeSpan(kind, year);
}
