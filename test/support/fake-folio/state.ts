/** FOLIO's records as far as its interfaces show them, with rules of lending; readers and titles are invented. */
export const NOW = Date.parse('2026-11-21T10:00:00+08:00');
const DAY = 86_400_000;

/** A UUID that tells what it stands for. */
export const uuid = (kind: number, n: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const userId = (n: number): string => uuid(1, n);
export const instanceId = (n: number): string => uuid(2, n);
export const loanId = (n: number): string => uuid(5, n);

export interface User {
  id: string;
  externalSystemId: string;
  barcode: string;
  username: string;
  active: boolean;
  patronGroup: string;
  expirationDate: string;
  personal: { lastName: string; firstName: string; email: string };
  pin: string;
  failures: number;
}
export interface Item {
  id: string;
  instance: number;
  holdingsRecordId: string;
  barcode: string;
  status: string;
  location: string;
}
export interface Loan {
  id: string;
  userId: string;
  itemId: string;
  dueDate: string;
  loanDate: string;
  returnDate?: string;
  renewals: number;
}
export interface Request {
  id: string;
  requesterId: string;
  instance: number;
  pickup: string;
  status: string;
  date: string;
}

export const BRANCHES = [
  { code: 'MAIN', name: '总馆' },
  { code: 'EAST', name: '东区分馆' },
];
export const POINTS = [
  { id: uuid(8, 1), name: '总馆服务台' },
  { id: uuid(8, 2), name: '东区服务台' },
];
export const GROUP = uuid(9, 1);
const MAX_RENEWALS = 2;

const utc = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');
/** 23:59:59 in Shanghai, told in UTC. */
const dueIn = (days: number): string => utc(Date.parse('2026-11-21T23:59:59+08:00') + days * DAY);

export class FolioState {
  readonly users: User[] = [];
  readonly instances: { n: number; id: string; title: string; author: string; isbn: string; year: number }[] =
    [];
  readonly items: Item[] = [];
  readonly loans: Loan[] = [];
  readonly requests: Request[] = [];
  readonly manualBlocks: {
    userId: string;
    patronMessage: string;
    staffInformation: string;
    expirationDate?: string;
  }[] = [];
  readonly charges: { userId: string; id: string; remaining: number; reason: string }[] = [];
  private next = 1_000;

  constructor() {
    const user = (n: number, more: Partial<User> = {}): void =>
      void this.users.push({
        ...{ id: userId(n), externalSystemId: `ext/${n}`, barcode: `20260000${n}`, username: `reader${n}` },
        ...{
          active: true,
          patronGroup: GROUP,
          expirationDate: '2030-06-30T15:59:59.000+00:00',
          pin: `pin-${n}`,
        },
        ...{
          personal: { lastName: '读', firstName: `者`, email: 'reader@example.org' },
          failures: 0,
          ...more,
        },
      });
    user(51);
    user(52);
    user(53, { active: false, expirationDate: '2026-06-30T15:59:59.000+00:00' });
    user(54);
    this.manualBlocks.push(
      { userId: userId(54), patronMessage: '请到总服务台', staffInformation: '内部备注' },
      {
        userId: userId(54),
        patronMessage: '已过期',
        staffInformation: '',
        expirationDate: '2026-01-01T00:00:00.000+00:00',
      },
    );
    // More titles than FOLIO sends unasked, more copies than it sends in one go.
    for (let n = 1; n <= 225; n++) {
      this.instances.push({
        ...{ n, id: instanceId(n), title: n % 3 === 0 ? `操作系统 "导论"* 第${n}种` : `数据结构 第${n}种` },
        ...{ author: `作者${n % 7}`, isbn: isbnOf(n), year: 1990 + (n % 30) },
      });
      for (const k of n === 9 ? Array.from({ length: 230 }, (_, i) => i) : [0, 1]) {
        this.items.push({
          ...{ id: uuid(3, n * 1_000 + k), instance: n, holdingsRecordId: uuid(4, n), status: 'Available' },
          ...{ barcode: `F${String(n * 1_000 + k).padStart(8, '0')}`, location: uuid(6, k % 2) },
        });
      }
    }
    const lend = (n: number, reader: number, days: number, renewals = 0): void => {
      const item = this.items.find(({ instance, status }) => instance === n && status === 'Available')!;
      item.status = 'Checked out';
      this.loans.push({
        ...{ id: loanId(n), userId: userId(reader), itemId: item.id, dueDate: dueIn(days), renewals },
        loanDate: utc(NOW - 20 * DAY),
      });
    };
    for (let n = 1; n <= 5; n++) lend(n, 51, n, n === 4 ? MAX_RENEWALS : 0);
    lend(6, 51, -3);
    lend(7, 52, 5);
    lend(8, 52, 6);
    // 120 loans: more than edge-patron is asked for at once.
    for (let n = 101; n <= 220; n++) lend(n, 54, 10 + (n % 9));
    this.requests.push(this.request(54, 5, POINTS[0]!.id));
    for (let i = 0; i < 12; i++) {
      this.loans.push({
        ...{ id: loanId(500 + i), userId: userId(51), itemId: this.items[40 + i]!.id, renewals: i % 3 },
        ...{
          dueDate: dueIn(-30 - i),
          loanDate: utc(NOW - (60 + i) * DAY),
          returnDate: utc(NOW - (31 + i) * DAY),
        },
      });
    }
    this.charges.push(
      { userId: userId(51), id: uuid(7, 1), remaining: 12.5, reason: 'Overdue fine' },
      { userId: userId(51), id: uuid(7, 2), remaining: 58.07, reason: 'Lost item fee' },
      { userId: userId(51), id: uuid(7, 3), remaining: 0, reason: 'Overdue fine' },
    );
  }

  request(reader: number, instance: number, pickup: string): Request {
    return {
      ...{ id: uuid(5, this.next++), requesterId: userId(reader), instance, pickup },
      ...{ status: 'Open - Not yet filled', date: utc(NOW - DAY) },
    };
  }

  /** Why mod-circulation does not renew, in its words. */
  renewalError(loan: Loan): string | undefined {
    const instance = this.items.find(({ id }) => id === loan.itemId)!.instance;
    if (this.requests.some((request) => request.instance === instance)) {
      return 'Items with this loan policy cannot be renewed when there is an active, pending hold request';
    }
    return loan.renewals >= MAX_RENEWALS ? 'loan at maximum renewal number' : undefined;
  }

  renew(loan: Loan): void {
    loan.renewals += 1;
    loan.dueDate = utc(Date.parse(loan.dueDate) + 14 * DAY);
  }

  holdError(requester: string, instance: number): string | undefined {
    const own = this.requests.filter(({ requesterId }) => requesterId === requester);
    if (own.some((request) => request.instance === instance)) {
      return 'This requester already has an open request for this instance';
    }
    const lent = this.loans.filter((loan) => loan.userId === requester && !loan.returnDate);
    const has = lent.some(({ itemId }) => this.items.find(({ id }) => id === itemId)!.instance === instance);
    return has ? "This requester already has a loan for one of the instance's items" : undefined;
  }
}

function isbnOf(n: number): string {
  const body = `9787${String(10_000_000 + n)}`;
  const sum = [...body].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}
