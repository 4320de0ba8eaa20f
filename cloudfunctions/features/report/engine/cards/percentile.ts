import { LEAST_READERS } from '../../../../../contracts/report/fields';
import type { MakeCard } from '../material';

/** Half of those with as many loans count as having fewer. */
export const makePercentile: MakeCard<'percentile'> = ({ facts, library, readerType }) => {
  if (!library) return 'noLibraryYear';
  if (readerType === undefined) return 'noReaderType';
  const { span, sinceDay = span.fromDay } = facts.reading;
  if (sinceDay > span.fromDay) return 'incomplete';
  const type = library.year.types.find((one) => one.readerType === readerType);
  if (!type || type.readers < LEAST_READERS) return 'smallGroup';
  const loans = facts.loans.length;
  let [fewer, same] = [0, 0];
  for (const [count, readers] of type.histogram) {
    if (count < loans) fewer += readers;
    if (count === loans) same = readers;
  }
  const { readers } = type;
  if (2 * fewer + same < readers) return 'belowMiddle';
  return {
    kind: 'percentile',
    percent: Math.floor(((2 * fewer + same) * 500) / readers) / 10,
    readerType,
    how: { loans, readers, fewer, same, asOf: library.year.asOf },
  };
};
