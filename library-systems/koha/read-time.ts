import { LibraryFault } from '../library-fault';
import { localDate, localDateOf, zonedTimestamp } from '../zoned-time';

/** MySQL's form, with or without a time; RFC 3339 of the REST interface is read elsewhere. */
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?$/;

/** A local date of Koha; its zero date means that there is none. @throws {LibraryFault} GARBLED */
export function readDate(text: string | undefined): string | undefined {
  if (text === undefined || text.startsWith('0000-00-00')) return undefined;
  const [, year, month, day] = LOCAL.exec(text) ?? [];
  const date = localDate({ year: Number(year), month: Number(month), day: Number(day) });
  if (year === undefined || date === undefined) throw new LibraryFault('GARBLED', 'Koha named no date');
  return date;
}

/**
 * `2026-12-17 23:59` of the library's clock with the offset of its zone, or a
 * date alone as it is. @throws {LibraryFault} GARBLED
 */
export function readDue(text: string | undefined, timeZone: string): string | undefined {
  const date = readDate(text);
  if (date === undefined || text === undefined) return undefined;
  const [, year, month, day, hour, minute, second = '0'] = LOCAL.exec(text) ?? [];
  if (hour === undefined) return date;
  const timestamp = zonedTimestamp(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    },
    timeZone,
  );
  if (timestamp === undefined) throw new LibraryFault('GARBLED', 'Koha named no time');
  return timestamp;
}

/** A date is over at its end. @param now ms since the epoch */
export const isOver = (due: string, now: number, timeZone: string): boolean =>
  due.length === 10 ? localDateOf(now, timeZone) > due : Date.parse(due) < now;
