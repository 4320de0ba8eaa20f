import type { PastLoan } from '../../../../contracts/personal';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { clcColour } from '../../../lib/clc';
import { dayText } from '../../../lib/dates';

/** A loan that has ended, ready to be shown. */
export interface PastLine {
  key: string;
  bibId: string;
  title: string;
  author: string;
  clc: string;
  /** When it was borrowed and returned, and how often renewed */
  words: string;
}

export function pastLine(loan: PastLoan, { history: t }: Texts, language: Language): PastLine {
  const from = dayText(loan.loanedAt, language);
  const span =
    loan.returnedAt === undefined
      ? fill(t.spanOpen, { from })
      : fill(t.span, { from, to: dayText(loan.returnedAt, language) });
  const renewals = loan.renewals ?? 0;
  return {
    key: `${loan.loanId} ${loan.loanedAt}`,
    bibId: loan.bibId ?? '',
    title: loan.title,
    author: loan.author ?? '',
    clc: clcColour(loan.clc ?? loan.callNumber),
    words: renewals === 0 ? span : `${span} · ${fill(t.renewals, { n: renewals })}`,
  };
}
