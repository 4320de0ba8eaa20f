import type { ReportLoan } from '../../../../contracts/report/loan';
import type { Report } from '../../../../contracts/report/report';
import { gatherFacts } from './facts';
import { ShownCards, type LibraryFigures } from './material';
import { prepareLoans, type Reading } from './prepare-loans';
import { readMoment } from './read-moment';
import { storyOf } from './registry';
import type { Shelf } from './shelf';
import { dateText } from './local-clock';

/** Of the definitions; raise it when one changes, so that frozen reports tell by which they were made. */
const RULES_VERSION = 3;
const FULL_FROM = 5;

/** What is known of one reader. */
export interface ReaderYear {
  loans: readonly ReportLoan[];
  source: Report['source'];
  /** Which version of this reader's report it will be, from 1. */
  version: number;
  readerType?: string;
  /** Entries at the gate, dates or times; absent where the library does not tell. */
  gate?: readonly string[];
  sensitiveKeywords?: boolean;
}

/** What reports of many readers have in common. */
export interface ReportSetting {
  reading: Reading;
  /** ISO timestamp of `reading.snapshot`. */
  asOf: string;
  library?: LibraryFigures;
  shelf?: Shelf;
}

/** A reader's report: numbers only, the same for the same loans in any order. */
export function makeReport(reader: ReaderYear, setting: ReportSetting): Report {
  const { reading, asOf, library, shelf } = setting;
  const prepared = prepareLoans(reader.loans, reading);
  const { loans, earlier, later, leftOut } = prepared;
  const facts = gatherFacts(prepared, reading);
  const shown = new ShownCards();
  const material = {
    facts,
    ...(library && { library }),
    ...(shelf && { shelf }),
    ...(reader.readerType !== undefined && { readerType: reader.readerType }),
    ...(reader.gate && { gateDays: gateDays(reader.gate, reading) }),
    sensitiveKeywords: reader.sensitiveKeywords ?? false,
    shown,
  };
  const withheld: Report['withheld'] = {};
  const tier = loans.length === 0 ? 'none' : loans.length < FULL_FROM ? 'few' : 'full';
  for (const [kind, make] of storyOf(tier)) {
    const card = make(material);
    if (typeof card === 'string') withheld[kind] = card;
    else shown.cards.push(card);
  }
  return {
    version: reader.version,
    rules: RULES_VERSION,
    window: reading.span.window,
    tier,
    asOf,
    source: reader.source,
    sourceCount: reader.loans.length,
    ...(reading.sinceDay !== undefined && { since: dateText(reading.sinceDay) }),
    earlier: earlier.length,
    ...{ later, leftOut, unclear: facts.unclear },
    cards: shown.cards,
    withheld,
  };
}

/** Entries that no calendar has, or after the snapshot, are none. */
function gateDays(entries: readonly string[], { clock, snapshot }: Reading): number[] {
  return entries.flatMap((entry) => {
    const moment = readMoment(entry, clock);
    return moment && moment.day >= 0 && moment.day <= snapshot.day ? [moment.day] : [];
  });
}
