import type { SeedBook } from './seed-books';
import type { Sip2Server } from './sip2-server';

const checkDigit = (twelve: string): string =>
  String(
    (10 - ([...twelve].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 1 : 3), 0) % 10)) % 10,
  );

/** The copies of a SIP2 server as titles for a catalogue that stands beside it, each under an invented ISBN. */
export const sip2Books = ({ library }: Sip2Server): SeedBook[] =>
  [...library.items.values()].map(({ barcode, bibId, title, callNumber }) => {
    const twelve = `9787${barcode.padStart(8, '0').slice(-8)}`;
    return {
      bibId,
      title,
      author: '佚名',
      isbn13: twelve + checkDigit(twelve),
      callNumber,
      language: 'zh',
      subjects: [],
      year: 2020,
      items: [[barcode, 'MAIN', 'A', '2026-01-01']],
    };
  });
