/** Koha's tables as far as ILS-DI and REST show them, with rules of lending; readers and titles are invented. */
export interface Borrower {
  borrowernumber: number;
  cardnumber: string;
  surname: string;
  password: string;
  categorycode: string;
  branchcode: string;
  dateexpiry: string;
  lost?: number;
  debarred?: string;
  debarredcomment?: string;
  login_attempts: number;
}
export interface Biblio {
  biblionumber: number;
  title: string;
  author: string;
  isbn: string;
  year: number;
  publisher: string;
  subject: string;
}
export interface Copy {
  itemnumber: number;
  biblionumber: number;
  barcode: string;
  branch: string;
  itemcallnumber: string;
  notforloan?: number;
  itemlost?: number;
  damaged?: number;
}
export interface Issue {
  issue_id: number;
  borrowernumber: number;
  itemnumber: number;
  /** Local time of the library, `YYYY-MM-DD HH:MM:SS`. */
  date_due: string;
  issuedate: string;
  returndate?: string;
  renewals: number;
  onsite?: boolean;
}
export interface Reserve {
  reserve_id: number;
  borrowernumber: number;
  biblionumber: number;
  itemnumber?: number;
  branchcode: string;
  reservedate: string;
  priority: number;
  found?: 'W' | 'T';
  expirationdate?: string;
}
export interface AccountLine {
  accountlines_id: number;
  borrowernumber: number;
  amountoutstanding: string;
  debit_type_code: string;
  status?: string;
  description: string;
  date: string;
}

export const NOW = Date.parse('2026-11-21T10:00:00+08:00');
export const LIBRARIES = [
  { code: 'MAIN', name: '总馆', pickup: true },
  { code: 'EAST', name: '东区分馆', pickup: true },
  { code: 'STORE', name: '储存书库', pickup: false },
];
const MAX_RENEWALS = 2;
const MAX_RESERVES = 3;
const TITLES = 64;

const local = (ms: number): string =>
  new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const dueIn = (days: number): string => `${local(NOW + days * 86_400_000).slice(0, 10)} 23:59:00`;

export class KohaState {
  readonly borrowers: Borrower[] = [];
  readonly biblios: Biblio[] = [];
  readonly items: Copy[] = [];
  readonly issues: Issue[] = [];
  readonly oldIssues: Issue[] = [];
  readonly reserves: Reserve[] = [];
  readonly accountlines: AccountLine[] = [];
  private next = 1_000;

  constructor() {
    const borrower = (borrowernumber: number, cardnumber: string, password: string, more = {}): void =>
      void this.borrowers.push({
        ...{ borrowernumber, cardnumber, password, surname: `读者${borrowernumber}`, categorycode: 'S' },
        ...{ branchcode: 'MAIN', dateexpiry: '2030-12-31', login_attempts: 0, ...more },
      });
    borrower(51, '2026000051', 'pin-51');
    borrower(52, '2026000052', 'pin-52');
    borrower(53, '2026000053', 'pin-53', { lost: 1, dateexpiry: '2026-06-30' });
    borrower(54, '2026000054', 'pin-54', { debarred: '2026-12-24', debarredcomment: '逾期罚停' });
    for (let i = 1; i <= TITLES; i++) {
      this.biblios.push({
        biblionumber: i,
        title: i % 2 === 0 ? `数据结构导论 第${i}种` : `100%_导论 "${i}"`,
        author: `作者${i % 7}`,
        isbn: isbnOf(i),
        year: 1990 + (i % 30),
        publisher: '示范出版社',
        subject: '教材',
      });
      for (const n of [1, 2]) {
        this.items.push({
          itemnumber: i * 10 + n,
          biblionumber: i,
          barcode: `B${String(i * 10 + n).padStart(6, '0')}`,
          branch: n === 1 ? 'MAIN' : 'EAST',
          itemcallnumber: `TP311/${i}`,
          ...(i === 7 && n === 2 && { notforloan: 1 }),
          ...(i === 8 && n === 2 && { itemlost: 1 }),
          ...(i === 9 && n === 2 && { notforloan: -1 }),
        });
      }
    }
    const issue = (issue_id: number, borrowernumber: number, itemnumber: number, more: object = {}): void =>
      void this.issues.push({
        ...{
          issue_id,
          borrowernumber,
          itemnumber,
          date_due: dueIn(issue_id % 10),
          issuedate: local(NOW - 1e9),
        },
        ...{ renewals: 0, ...more },
      });
    issue(101, 51, 11);
    issue(102, 51, 21);
    issue(103, 51, 31);
    issue(104, 51, 41, { renewals: MAX_RENEWALS });
    issue(105, 51, 51, { onsite: true });
    issue(106, 51, 61);
    issue(109, 51, 71, { date_due: '2026-11-11 23:59:00' });
    issue(107, 52, 12);
    issue(108, 52, 22);
    // Somebody waits for the copy of loan 106.
    this.reserves.push(this.reserve(54, 6, 'MAIN'));
    this.reserves.push({
      ...this.reserve(52, 30, 'EAST'),
      priority: 0,
      found: 'W',
      expirationdate: '2026-11-25',
    });
    for (let i = 0; i < 12; i++) {
      this.oldIssues.push({
        ...{ issue_id: 1 + i, borrowernumber: 51, itemnumber: 400 + 10 * (i % 5) + 1, renewals: i % 3 },
        ...{ issuedate: local(NOW - (40 + 3 * i) * 864e5), date_due: dueIn(-10 - 3 * i) },
        returndate: local(NOW - (20 + 3 * i) * 864e5),
      });
    }
    const line = (id: number, borrowernumber: number, amount: string, type: string, status?: string): void =>
      void this.accountlines.push({
        ...{ accountlines_id: id, borrowernumber, amountoutstanding: amount, debit_type_code: type },
        ...{ description: `账目 ${id}`, date: '2026-11-20', ...(status !== undefined && { status }) },
      });
    line(1, 51, '12.500000', 'OVERDUE', 'UNRETURNED');
    line(2, 51, '0.000000', 'OVERDUE', 'RETURNED');
    line(3, 51, '-3.000000', 'PAYMENT');
    line(4, 51, '58.070000', 'LOST');
  }

  reserve(borrowernumber: number, biblionumber: number, branchcode: string, itemnumber?: number): Reserve {
    return {
      ...{ reserve_id: this.next++, borrowernumber, biblionumber, branchcode, reservedate: '2026-11-21' },
      ...(itemnumber !== undefined && { itemnumber }),
      priority:
        1 + this.reserves.filter((other) => other.biblionumber === biblionumber && !other.found).length,
    };
  }

  /** C4::Circulation::CanBookBeRenewed: asks nothing of the reader, as newer Kohas. */
  renewalError(issue: Issue): string | undefined {
    const item = this.items.find(({ itemnumber }) => itemnumber === issue.itemnumber);
    if (issue.onsite) return 'onsite_checkout';
    const waits = this.reserves.some((r) => r.biblionumber === item?.biblionumber && !r.found);
    if (waits) return 'on_reserve';
    return issue.renewals >= MAX_RENEWALS ? 'too_many' : undefined;
  }

  renew(issue: Issue): void {
    issue.renewals += 1;
    const due = Date.parse(`${issue.date_due.slice(0, 10)}T00:00:00+08:00`) + 15 * 86_400_000;
    issue.date_due = `${local(due).slice(0, 10)} 23:59:00`;
  }

  readonly maxRenewals = MAX_RENEWALS;

  /** C4::Reserves::CanBookBeReserved and what HoldTitle asks before and after it. */
  holdError(borrower: Borrower, biblionumber: number): string | undefined {
    if (borrower.debarred) return 'PatronRestricted';
    const own = this.reserves.filter(({ borrowernumber }) => borrowernumber === borrower.borrowernumber);
    if (own.some((r) => r.biblionumber === biblionumber)) return 'tooManyHoldsForThisRecord';
    if (own.length >= MAX_RESERVES) return 'tooManyReserves';
    const lent = this.issues.filter(({ borrowernumber }) => borrowernumber === borrower.borrowernumber);
    const held = (itemnumber: number): boolean =>
      this.items.some((item) => item.itemnumber === itemnumber && item.biblionumber === biblionumber);
    return lent.some(({ itemnumber }) => held(itemnumber)) ? 'alreadypossession' : undefined;
  }
}

function isbnOf(i: number): string {
  const body = `9787${String(100_000_00 + i).padStart(8, '0')}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
