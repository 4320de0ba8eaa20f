import { createHash, randomBytes } from 'node:crypto';
import { ChineseLibrary, json, serve } from '../chinese-library';
import type { Answered, Asked, Book, TestReader } from '../chinese-library';
import { escapeHtml, html } from '../html';

interface Visit {
  reader: TestReader;
  /** The token in the form of `renewList` as it was shown last. */
  token?: string;
}

const STATES = {
  '1': { stateType: 1, stateName: '编目' },
  '2': { stateType: 2, stateName: '在馆' },
  '3': { stateType: 3, stateName: '借出' },
  '13': { stateType: 13, stateName: '闭架' },
};
/** The site gives so many loans on a page, whatever it is asked for. */
const PAGE = 10;

/**
 * Interlib's OPAC as its public contract has it (library-systems/interlib/README.md): JSON for titles and
 * copies, pages of Java with `#contentTable` for readers, `JSESSIONID`, MD5 of the PIN, a token in forms.
 */
export async function startInterlibServer() {
  const library = new ChineseLibrary();
  const visits = new Map<string, Visit>();

  const server = await serve((asked) => {
    const [, id = ''] = /JSESSIONID=(\w+)/.exec(asked.headers.cookie ?? '') ?? [];
    const visit = visits.get(id);
    const [, recno] = /^\/opac\/api\/(?:book|holding)\/(\d+)$/.exec(asked.path) ?? [];
    const book = library.books.find((one) => String(one.recno) === recno);
    if (asked.path === '/opac/index') return page('检索系统', '图创 interlib V3.0');
    if (asked.path === '/opac/api/search') return search(asked);
    if (asked.path.startsWith('/opac/api/book/')) return detail(book);
    if (asked.path.startsWith('/opac/api/holding/')) return holdings(book);
    if (asked.path === '/opac/m/reader/doLogin' && asked.method === 'POST') return signIn(asked);
    if (!asked.path.startsWith('/opac/')) return { status: 404, body: '404' };
    if (!visit) return { status: 302, headers: { location: '/opac/reader/login' } };
    switch (`${asked.method} ${asked.path}`) {
      case 'GET /opac/reader/space':
        return space(visit.reader);
      case 'GET /opac/loan/currentLoanList':
        return loans(visit.reader, Number(asked.query.get('page')));
      case 'GET /opac/loan/renewList':
        visit.token = randomBytes(8).toString('hex');
        return page('图书续借', `<form><input type="hidden" name="pdsToken" value="${visit.token}"></form>`);
      case 'POST /opac/loan/doRenew':
        return renew(visit, asked);
    }
    return { status: 404, body: '404' };
  });

  const page = (title: string, body: string): Answered =>
    html(
      `<html><head><title>${title}</title></head><body><div id="content">${body}</div></body></html>`,
      'utf-8',
    );

  function search({ query }: Asked): Answered {
    if (query.get('wt') !== 'json') return { headers: { 'content-type': 'text/xml' }, body: '<response/>' };
    const q = query.get('q') ?? '';
    const by: Record<string, (book: Book) => boolean> = {
      title: (b) => b.title.includes(q),
      author: (b) => b.author.includes(q),
      isbn: (b) => b.isbn.replace(/-/g, '') === q,
    };
    const any = (b: Book): boolean => `${b.title} ${b.author} ${b.isbn.replace(/-/g, '')}`.includes(q);
    const found = library.find(by[query.get('searchWay') ?? ''] ?? any);
    const rows = Number(query.get('rows'));
    const start = (Math.max(1, Number(query.get('page'))) - 1) * rows;
    const docs = found.slice(start, start + rows).map((book) => ({
      id: String(book.recno),
      title_meta: book.title,
      author_meta: book.author,
      publisher_meta: book.publisher,
      pubdate_meta: `${book.year}.01`,
      isbn_meta: book.isbn,
      classno_meta: 'K20',
      callno_sort: book.copies.length > 0 ? book.callNo : null,
      hasholding: 'y',
      indate: 1_554_048_000_000,
    }));
    return json({ responseHeader: { status: 0 }, response: { numFound: found.length, start, docs } });
  }

  function detail(book: Book | undefined): Answered {
    if (!book) return { status: 500, body: '<html>HTTP Status 500</html>' };
    const { title, author, publisher, year, isbn } = book;
    return json({
      biblios: { title, author, publisher, pubdate: `${year}.01`, isbn, classNo: 'K20', summary: null },
    });
  }

  function holdings(book: Book | undefined): Answered {
    const copies = book?.copies ?? [];
    const lent = copies.filter(({ state }) => state === 'out');
    return json({
      holdingList: copies.map(({ barcode, branch, state }) => ({
        recno: Number(barcode.slice(2)),
        barcode,
        callno: book!.callNo,
        curlib: branch.code,
        curlocal: `${branch.code}JY`,
        orglib: branch.code,
        shelfno: null,
        state: state === 'out' ? 3 : state === 'in' ? 2 : 13,
        loan: null,
      })),
      libcodeMap: { N: '南湖校区', W: '文昌校区' },
      localMap: { NJY: '南湖借阅室', WJY: '文昌借阅室' },
      holdStateMap: STATES,
      loanWorkMap: Object.fromEntries(
        lent.map(({ barcode, due }) => [
          barcode,
          { barcode, returnDate: Date.parse(`${due}T00:00:00+08:00`) },
        ]),
      ),
      pBCtypeMap: {},
      libcodeDeferDateMap: { N: 0 },
    });
  }

  function signIn(asked: Asked): Answered {
    const form = new URLSearchParams(asked.body);
    const reader = library.readers.find(
      ({ number, pin }) =>
        number === form.get('rdid') && createHash('md5').update(pin).digest('hex') === form.get('rdPasswd'),
    );
    if (!reader) {
      return page(
        '登录',
        '<p class="error">读者证号或密码有误</p><form><input name="rdid"><input name="rdPasswd"></form>',
      );
    }
    const id = randomBytes(16).toString('hex').toUpperCase();
    visits.set(id, { reader });
    const headers = {
      location: '/opac/reader/space',
      'set-cookie': `JSESSIONID=${id}; Path=/opac; HttpOnly`,
    };
    return { status: 302, headers };
  }

  function space(reader: TestReader): Answered {
    const cell = (label: string, value: string): string =>
      `<td>【${label}】&nbsp;<font class="space_font">\n ${value}\n</font></td>`;
    return page(
      '我的空间',
      `<table class="space_table"><tr>${cell('读者证号', '2********1')}${cell('读者姓名', '*甲')}</tr>` +
        `<tr>${cell('证状态', '有效')}${cell('有效期', `2026.09.01-${reader.expires.replace(/-/g, '.')}`)}</tr>` +
        `<tr>${cell('欠款', '0.0')}${cell('读者类型', reader.type)}</tr></table>`,
    );
  }

  function loans(reader: TestReader, number: number): Answered {
    const list = reader.loans.slice((number - 1) * PAGE, number * PAGE);
    if (list.length === 0) return page('借阅查询', '<span class="message">对不起，找不到符合的记录!</span>');
    const rows = list.map(
      (loan) =>
        `<tr><td width="80"><input type="checkbox" name="barcodeList" value="${loan.barcode}" />${loan.barcode}</td>` +
        `<td><a href="/opac/book/${loan.book.recno}" target="_blank">${escapeHtml(loan.book.title)}</a></td>` +
        `<td>${loan.book.author}</td><td>${loan.book.callNo}</td><td>\n\n 南湖借阅室 \n</td><td>中文图书</td>` +
        `<td>${loan.loaned}</td><td>${loan.due}\n<label id="lbl${loan.barcode}"></label></td></tr>`,
    );
    const heading = ['条码号', '题名', '著者', '索书号', '馆藏地点', '文献类型', '借出时间', '应还时间'];
    return page(
      '借阅查询',
      `<table id="contentTable"><tr id="contentHeader">${heading.map((name) => `<th>${name}</th>`).join('')}</tr>${rows.join('')}</table>`,
    );
  }

  function renew(visit: Visit, asked: Asked): Answered {
    const form = new URLSearchParams(asked.body);
    const token = visit.token;
    delete visit.token;
    if (
      token === undefined ||
      form.get('pdsToken') !== token ||
      form.get('furl') !== '/opac/loan/renewList'
    ) {
      return page('续借', '<div id="messageInfo">续借失败：请勿重复提交</div>');
    }
    const loan = visit.reader.loans.find(({ barcode }) => barcode === form.get('barcodeList'));
    const refusal = loan ? library.renew(loan) : '没有此借阅';
    const text =
      refusal === undefined ? `${loan!.barcode} 续借成功` : `${form.get('barcodeList')} ${refusal}`;
    return page('续借', `<div id="messageInfo">${text}</div>`);
  }

  return Object.assign(server, {
    library,
    endSessions: () => visits.clear(),
  });
}
