import { randomBytes } from 'node:crypto';
import { ChineseLibrary, json, NOW, serve } from '../chinese-library';
import type { Answered, Asked, Book, LentBook, TestReader } from '../chinese-library';

export const GROUP_CODE = '200069';

/**
 * LibStar Find as its public contract has it (library-systems/libstar/README.md): errCode 9999 without
 * `Referer`, nothing found without the right `groupCode`, JSON only, loans by `jwtOpacAuth`.
 */
export async function startLibStarServer() {
  const library = new ChineseLibrary();
  const sessions = new Map<string, TestReader>();
  const tickets = new Map<string, TestReader>();

  const issueJwt = (reader: TestReader, lifeMs = 3_600_000): string => {
    const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: reader.number, groupCode: GROUP_CODE, exp: Math.floor((NOW + lifeMs) / 1_000) };
    const jwt = `${part({ alg: 'HS256' })}.${part(claims)}.${randomBytes(16).toString('base64url')}`;
    sessions.set(jwt, reader);
    return jwt;
  };

  const server = await serve((asked) => {
    const route = `${asked.method} ${asked.path}`;
    if (route === 'GET /')
      return { body: '<title>统一检索</title><script src="//static.libsp.com/x.js"></script>' };
    if (route === 'POST /find/homePage/getGroupCode') return ok({ groupCode: GROUP_CODE });
    if (route === 'GET /find/sso/login/school/0') return redeem(asked);
    if (asked.headers.referer === undefined) return no(9999, '系统访问中断，请稍后再试！');
    if (asked.method === 'POST' && !asked.headers['content-type']?.startsWith('application/json'))
      return { status: 415 };
    const body = (asked.body === '' ? {} : JSON.parse(asked.body)) as Record<string, unknown>;
    const known = asked.headers['groupcode'] === GROUP_CODE;
    switch (route) {
      case 'POST /find/unify/search':
        return ok(known ? search(body) : { numFound: 0, searchResult: [] });
      case 'POST /find/unify/getPItemAndOnShelfCountAndDuxiuImageUrl':
        return ok(counts(body['items'] as { recordId: number }[]));
      case 'GET /find/searchResultDetail/getBookDetail':
        return ok(detail(asked.query.get('recordId')));
      case 'POST /find/physical/groupitems':
        return ok(items(body));
    }
    const reader = sessions.get(String(asked.headers['jwtopacauth']));
    if (!reader) return no(401, '未登录或登录已过期');
    switch (route) {
      case 'GET /oga/userinfo':
        return ok({
          userId: reader.number,
          primaryId: reader.number,
          name: reader.name,
          roleName: reader.type,
          deptName: reader.department,
          endDate: reader.expires,
        });
      case 'POST /find/loanInfo/loanList':
        return ok(page(reader.loans.map(loanRow), body));
      case 'POST /find/loanInfo/loanHistoryList':
        return ok(page([...reader.past].sort(byReturn).map(loanRow), body));
      case 'POST /find/lendbook/reNew':
        return ok(renew(reader, body['loanIds'] as number[]));
    }
    return { status: 404, body: '{}' };
  });

  const ok = (data: unknown): Answered =>
    json({ success: true, message: '操作成功', errCode: 200, errorCode: null, data });
  const no = (errCode: number, message: string): Answered =>
    json({ success: false, message, errCode, data: null });

  function redeem({ query }: Asked): Answered {
    const reader = tickets.get(query.get('ticket') ?? '');
    tickets.delete(query.get('ticket') ?? '');
    if (!reader) return { status: 302, headers: { location: 'https://sso.example.edu.cn/login' } };
    return { status: 302, headers: { location: `/#/home?jwt=${issueJwt(reader)}` } };
  }

  function search(body: Record<string, unknown>) {
    const text = String(body['searchFieldContent']);
    const bare = text.replace(/-/g, '');
    const by: Record<string, (book: Book) => boolean> = {
      keyWord: (b) => `${b.title}${b.author}${b.isbn}`.includes(text),
      title: (b) => b.title.includes(text),
      author: (b) => b.author.includes(text),
      subject: (b) => b.title.includes(text),
      isbn: (b) => b.isbn.replace(/-/g, '') === bare,
      callNo: (b) => b.callNo.startsWith(text),
      barcode: (b) => b.copies.some(({ barcode }) => barcode === text),
    };
    const from = Number(body['publishBegin'] ?? 0);
    const to = Number(body['publishEnd'] ?? 9999);
    const found = library
      .find(by[String(body['searchField'])] ?? (() => false))
      .filter(({ year }) => year >= from && year <= to)
      .filter((book) => body['onlyOnShelf'] !== true || book.copies.some(({ state }) => state === 'in'));
    const rows = found.map((book) => ({
      recordId: book.recno,
      title: book.title,
      author: book.author,
      publisher: book.publisher,
      publishYear: `${book.year}.6`,
      isbn: book.isbn,
      callNo: book.copies.length > 0 ? [book.callNo] : null,
      // The index is behind: these must not be shown.
      physicalCount: 99,
      onShelfCountI: null,
    }));
    return page(rows, body);
  }

  const counts = (asked: { recordId: number }[]) =>
    Object.fromEntries(
      asked.map(({ recordId }) => {
        const { copies = [] } = library.books.find(({ recno }) => recno === recordId) ?? {};
        const onShelfCount = copies.filter(({ state }) => state === 'in').length;
        return [String(recordId), { pCount: copies.length, onShelfCount, duxiuImageUrl: '' }];
      }),
    );

  function detail(recordId: string | null) {
    const book = library.books.find(({ recno }) => String(recno) === recordId);
    if (!book) return { author: null, bean2List: [] };
    const bean = (key: string, fieldVal: string) => ({ key, description: '', fieldVal });
    return {
      author: null,
      bean2List: [
        bean('cnb01', `${book.title}/${book.author}`),
        bean('cnb03', `北京:${book.publisher},${book.year}.6`),
        bean('cnb04', '/271.00 (8册)'),
        bean('cnb04', `${book.isbn}/CNY49.00`),
        bean('cnb67', 'K20'),
      ],
    };
  }

  function items(body: Record<string, unknown>) {
    const book = library.books.find(({ recno }) => String(recno) === String(body['recordId']));
    const rows = (book?.copies ?? []).map((copy) => ({
      itemId: Number(copy.barcode.slice(2)),
      barcode: copy.barcode,
      callNo: book!.callNo,
      libCode: copy.branch.code,
      libName: copy.branch.name,
      locationId: 17,
      locationName: copy.room,
      shelfNo: '',
      processType: copy.state === 'out' ? `借出-应还日期:${copy.due}` : '在架',
      circAttr: copy.state === 'reading-room' ? '1' : '0',
    }));
    const from = (Number(body['page']) - 1) * Number(body['rows']);
    return { totalCount: rows.length, list: rows.slice(from, from + Number(body['rows'])) };
  }

  function renew(reader: TestReader, loanIds: number[]) {
    const result: Record<string, string> = {};
    let success = 0;
    for (const id of loanIds) {
      const loan = reader.loans.find(({ loanId }) => loanId === id);
      const refusal = loan ? library.renew(loan) : '借阅记录不存在';
      if (refusal === undefined) success++;
      result[String(id)] = refusal ?? loan!.due;
    }
    return { success, fail: loanIds.length - success, result };
  }

  return Object.assign(server, {
    library,
    issueJwt,
    issueTicket(reader: TestReader): string {
      const ticket = `ST-${randomBytes(9).toString('hex')}-cas`;
      tickets.set(ticket, reader);
      return ticket;
    },
    endSessions: () => sessions.clear(),
  });
}

/** The site gives no more than 50 rows, whatever it is asked for. */
function page<T>(rows: T[], body: Record<string, unknown>): { numFound: number; searchResult: T[] } {
  const size = Math.min(Number(body['rows']), 50);
  const from = (Number(body['page']) - 1) * size;
  return { numFound: rows.length, searchResult: rows.slice(from, from + size) };
}

const byReturn = (a: { returned: string }, b: { returned: string }): number =>
  a.returned < b.returned ? 1 : -1;

const loanRow = (loan: Omit<LentBook, 'renewals'> & { returned?: string }) => ({
  recordId: loan.book.recno,
  loanId: loan.loanId,
  title: loan.book.title,
  author: loan.book.author,
  publisher: loan.book.publisher,
  isbn: loan.book.isbn,
  callNo: loan.book.callNo,
  loanDate: loan.loaned,
  normReturnDate: loan.due,
  returnDate: loan.returned ?? null,
  locationName: '中文借阅室',
  curLibCode: 'N',
  curLibName: '南湖校区',
  barcode: loan.barcode,
  loanType: null,
});
