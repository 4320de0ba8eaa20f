import type { Loan } from '../../../../contracts/loans';
import type { PastLoan } from '../../../../contracts/personal';
import type { ReportLoan } from '../../../../contracts/report/loan';

type Texts = { [K in keyof ReportLoan]?: string | undefined };

/** Longest texts of a ReportLoan: what is only shown is cut, what tells one thing from another is left out. */
const SHOWN = { title: 2_000, author: 1_000, branch: 200 } as const;
const EXACT = { bibId: 128, clc: 64, loanedAt: 40, dueAt: 40, returnedAt: 40 } as const;
const LOAN_ID = 128;

/** A loan that the library says is out. */
export const fromLoan = ({ loanId, callNumber: clc, branch, ...loan }: Loan): ReportLoan => {
  const { bibId, title, author, loanedAt, dueAt } = loan;
  return toReportLoan(loanId, { bibId, title, author, clc, branch: branch?.name, loanedAt, dueAt });
};

export const fromPastLoan = ({ loanId, renewals, ...past }: PastLoan): ReportLoan => {
  const { bibId, title, author, branch, loanedAt, dueAt, returnedAt } = past;
  // a call number begins with its class, as everywhere in the app; of another scheme, the engine calls it unknown
  const clc = past.clc ?? past.callNumber;
  const loan = toReportLoan(loanId, { bibId, title, author, clc, branch, loanedAt, dueAt, returnedAt });
  if (renewals !== undefined) loan.renewals = renewals;
  return loan;
};

function toReportLoan(loanId: string, texts: Texts): ReportLoan {
  const loan: ReportLoan = { loanId: loanId.slice(0, LOAN_ID) };
  for (const [field, most] of Object.entries(SHOWN) as [keyof typeof SHOWN, number][]) {
    const text = texts[field];
    if (text !== undefined && text !== '') loan[field] = text.slice(0, most);
  }
  for (const [field, most] of Object.entries(EXACT) as [keyof typeof EXACT, number][]) {
    const text = texts[field];
    if (text !== undefined && text !== '' && text.length <= most) loan[field] = text;
  }
  return loan;
}
