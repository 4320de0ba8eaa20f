import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** The time of all tests on it. */
export const NOW = Date.parse('2026-11-21T10:00:00+08:00');

export interface Copy {
  barcode: string;
  branch: { code: string; name: string };
  room: string;
  /** 在架, 借出 or 阅览, as each server words it. */
  state: 'in' | 'out' | 'reading-room';
  due?: string;
}

export interface Book {
  recno: number;
  title: string;
  author: string;
  publisher: string;
  year: number;
  isbn: string;
  callNo: string;
  copies: Copy[];
}

export interface LentBook {
  loanId: number;
  book: Book;
  barcode: string;
  loaned: string;
  due: string;
  renewals: number;
  /** Why it cannot be renewed, in the library's words. */
  refusal?: string;
}

export interface TestReader {
  number: string;
  pin: string;
  name: string;
  type: string;
  department: string;
  expires: string;
  loans: LentBook[];
  past: (Omit<LentBook, 'renewals'> & { returned: string })[];
}

const BRANCHES = [
  { code: 'N', name: '南湖校区' },
  { code: 'W', name: '文昌校区' },
];
export const branches = BRANCHES;

function isbnOf(n: number): string {
  const digits = `9787302${String(n).padStart(5, '0')}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 1 : 3), 0);
  return `978-7-302-${String(n).padStart(5, '0')}-${(10 - (sum % 10)) % 10}`;
}

/** The first day as `YYYY-MM-DD`, moved by some days. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** An invented library that lends by simple rules: once for 30 days more, within 10 days before the day due. */
export class ChineseLibrary {
  readonly books: Book[] = Array.from({ length: 63 }, (_, i) => this.#makeBook(i));
  readonly readers: TestReader[] = [
    this.#makeReader('2026310001', '135790', '读者甲', [
      [0, '2026-11-25', undefined],
      [1, '2026-11-28', undefined],
      [2, '2026-12-20', '不到续借时间，不得续借！'],
      [3, '2026-11-30', '超过最大续借次数，不得续借！'],
    ]),
    this.#makeReader('2026310002', '246801', '读者乙', [
      [4, '2026-11-26', undefined],
      [5, '2026-11-27', undefined],
    ]),
    this.#makeReader('2026310003', '111213', '读者丙', []),
  ];
  renewals = 0;

  #makeBook(i: number): Book {
    const recno = 700_001 + i;
    const topic = ['明代', '科学', '欧洲', '文字', '<b>建筑</b>', 'TCP/IP'][i % 6];
    const copies = Array.from({ length: i % 7 === 6 ? 0 : 1 + (i % 3) }, (_, j): Copy => {
      const state = j === 0 && i < 20 ? 'out' : i % 11 === 5 ? 'reading-room' : 'in';
      const branch = BRANCHES[(i + j) % 2]!;
      const due = state === 'out' ? { due: plusDays('2026-11-24', i) } : {};
      return { barcode: `C0${recno}${j}`, branch, room: `${branch.name}—中文借阅室`, state, ...due };
    });
    return {
      recno,
      title: `${topic}历史读本 ${i + 1}`,
      author: `编者${i % 9}编著`,
      publisher: i % 2 === 0 ? '清华大学出版社' : '南海出版公司',
      year: 1990 + (i % 30),
      isbn: isbnOf(10_000 + i),
      callNo: `K2${i % 10}/${100 + i}`,
      copies,
    };
  }

  #makeReader(
    number: string,
    pin: string,
    name: string,
    lent: [number, string, string | undefined][],
  ): TestReader {
    const lentOf = ([i, due, refusal]: (typeof lent)[number]): LentBook => {
      const book = this.books[i]!;
      const barcode = book.copies[0]!.barcode;
      const loaned = plusDays(due, -30);
      return { loanId: 18_900_000 + i, book, barcode, loaned, due, renewals: 0, ...(refusal && { refusal }) };
    };
    const past = Array.from({ length: 12 }, (_, i) => {
      const book = this.books[30 + i]!;
      const loaned = plusDays('2026-01-10', i * 10);
      const barcode = book.copies[0]?.barcode ?? `C0${book.recno}9`;
      const due = plusDays(loaned, 30);
      return { loanId: 18_800_000 + i, book, barcode, loaned, due, returned: plusDays(loaned, 20 + (i % 3)) };
    });
    const profile = { type: '本科生', department: '历史学院', expires: '2029-06-30' };
    return { number, pin, name, ...profile, loans: lent.map(lentOf), past };
  }

  reader(number: string, pin: string): TestReader | undefined {
    return this.readers.find((one) => one.number === number && one.pin === pin);
  }

  /** @returns the words of a refusal, or undefined when it is renewed */
  renew(loan: LentBook): string | undefined {
    if (loan.refusal !== undefined) return loan.refusal;
    if (loan.renewals > 0) return '超过最大续借次数，不得续借！';
    loan.renewals++;
    loan.due = plusDays(loan.due, 30);
    this.renewals++;
    const copy = loan.book.copies.find(({ barcode }) => barcode === loan.barcode);
    if (copy) copy.due = loan.due;
    return undefined;
  }

  find(matches: (book: Book) => boolean): Book[] {
    return this.books.filter(matches);
  }
}

export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export interface Answered {
  status?: number;
  headers?: http.OutgoingHttpHeaders;
  body?: string | Buffer;
}

/** What is answered in the place of the server's own answer; `drop`: it acts, and the line is cut before it answers. */
export type Intercept = ((asked: Asked) => Answered | 'drop' | undefined) | undefined;

export interface TestServer {
  url: string;
  /** Everything that was asked, in order. */
  asked: Asked[];
  /** What was answered to it. */
  answered: Answered[];
  intercept?: Intercept;
  close(): Promise<void>;
}

/** A server on the loopback that records what it is asked. */
export async function serve(answer: (asked: Asked) => Answered): Promise<TestServer> {
  const asked: Asked[] = [];
  const answered: Answered[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const one: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      asked.push(one);
      const instead = handle.intercept?.(one);
      if (instead === 'drop') {
        answer(one);
        request.socket.destroy();
        return;
      }
      const whole = instead ?? answer(one);
      answered.push(whole);
      const { status = 200, headers = {}, body = '' } = whole;
      response.writeHead(status, { date: new Date(NOW).toUTCString(), ...headers }).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const handle: TestServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answered,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
  return handle;
}

export const json = (value: unknown): Answered => ({
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(value),
});
