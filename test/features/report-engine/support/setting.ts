import type { Report } from '../../../../contracts/report/report';
import type { Card, CardKind, CardOf } from '../../../../contracts/report/cards';
import type { ReportLoan } from '../../../../contracts/report/loan';
import { LocalClock } from '../../../../cloudfunctions/features/report/engine/local-clock';
import { makeReport, type ReaderYear } from '../../../../cloudfunctions/features/report/engine/make-report';
import type { ReportSetting } from '../../../../cloudfunctions/features/report/engine/make-report';
import type { Reading } from '../../../../cloudfunctions/features/report/engine/prepare-loans';
import { readMoment } from '../../../../cloudfunctions/features/report/engine/read-moment';
import { makeSpan } from '../../../../cloudfunctions/features/report/engine/window';

export const AS_OF = '2027-01-03T12:00:00+08:00';

interface Circumstances {
  kind?: 'calendar' | 'academic';
  year?: number;
  asOf?: string;
  since?: string;
  returnsKnown?: boolean;
  timeZone?: string;
}

export function readingOf(circumstances: Circumstances = {}): Reading {
  const { kind = 'calendar', year = 2026, asOf = AS_OF, returnsKnown = true } = circumstances;
  const clock = new LocalClock(circumstances.timeZone ?? 'Asia/Shanghai');
  return {
    span: makeSpan(kind, year),
    clock,
    snapshot: readMoment(asOf, clock)!,
    returnsKnown,
    sinceDay: circumstances.since === undefined ? undefined : readMoment(circumstances.since, clock)!.day,
  };
}

export function reportOf(
  loans: readonly ReportLoan[],
  circumstances: Circumstances & Partial<ReaderYear> & Pick<Partial<ReportSetting>, 'library' | 'shelf'> = {},
): Report {
  const { library, shelf, readerType, gate, sensitiveKeywords, source = 'library' } = circumstances;
  return makeReport(
    {
      ...{ loans, source, version: 1 },
      ...(readerType !== undefined && { readerType }),
      ...(gate && { gate }),
      ...(sensitiveKeywords !== undefined && { sensitiveKeywords }),
    },
    {
      reading: readingOf(circumstances),
      asOf: circumstances.asOf ?? AS_OF,
      ...(library && { library }),
      ...(shelf && { shelf }),
    },
  );
}

export const cardOf = <K extends CardKind>(report: Report, kind: K): CardOf<K> | undefined =>
  report.cards.find((card: Card): card is CardOf<K> => card.kind === kind);

/** So many loans of different titles, a day apart, each back after ten days. */
export const manyLoans = (
  count: number,
  change: (i: number) => Partial<ReportLoan> = () => ({}),
): ReportLoan[] =>
  Array.from({ length: count }, (_, i) => {
    const day = (offset: number) =>
      new Date(Date.UTC(2026, 0, 5 + (i % 300) + offset)).toISOString().slice(0, 10);
    return {
      loanId: `l${i}`,
      bibId: `b${i}`,
      title: `Title ${i}`,
      author: `Author ${i}`,
      clc: 'I247',
      loanedAt: `${day(0)}T10:00:0${i % 10}+08:00`,
      dueAt: day(30),
      returnedAt: `${day(10)}T15:00:00+08:00`,
      ...change(i),
    };
  });
