import { createHash, randomBytes } from 'node:crypto';
import { ChineseLibrary, json, serve } from '../chinese-library';
import type { Answered, Asked, Book, LentBook, TestReader } from '../chinese-library';
import { escapeHtml, html, PNG } from '../html';

interface Visit {
  captcha?: string;
  reader?: TestReader;
  /** The codes on the buttons of `book_lst.php` as it was shown last. */
  checks: Map<string, string>;
}

export interface HuiwenServerOptions {
  charset?: 'utf-8' | 'gb18030';
  /** Renewing asks for a captcha, as some versions do. */
  renewalCaptcha?: boolean;
}

/**
 * Huiwen's OPAC as its public contract has it (library-systems/huiwen/README.md): pages of PHP with tables,
 * `PHPSESSID`, a captcha that is good for one try, and record numbers that change.
 */
export async function startHuiwenServer({
  charset = 'utf-8',
  renewalCaptcha = false,
}: HuiwenServerOptions = {}) {
  const library = new ChineseLibrary();
  const visits = new Map<string, Visit>();
  const tickets = new Map<string, TestReader>();
  let numbering = 'first';

  const marcNo = ({ recno }: Book): string =>
    createHash('md5').update(`${numbering} ${recno}`).digest('hex').slice(0, 24);
  const bookOf = (asked: Asked): Book | undefined =>
    library.books.find((book) => marcNo(book) === asked.query.get('marc_no'));

  const server = await serve((asked) => {
    const [, id = ''] = /PHPSESSID=(\w+)/.exec(asked.headers.cookie ?? '') ?? [];
    const visit = visits.get(id);
    switch (`${asked.method} ${asked.path}`) {
      case 'GET /opac/search.php':
        return page('书目检索系统', '<p>OPAC v5.5.15.12.03 江苏汇文软件有限公司</p>');
      case 'POST /opac/ajax_search_adv.php':
        return search(asked);
      case 'GET /opac/ajax_item.php':
        return copies(bookOf(asked));
      case 'GET /opac/item.php':
        return detail(bookOf(asked));
      case 'GET /reader/login.php':
        return visit ? signInPage('') : begin({ checks: new Map() }, signInPage(''));
      case 'GET /reader/captcha.php': {
        if (!visit) return { status: 400 };
        visit.captcha = String(1_000 + Math.floor(Math.random() * 9_000));
        return { headers: { 'content-type': 'image/gif' }, body: PNG };
      }
      case 'POST /reader/redr_verify.php':
        return visit ? verify(visit, asked) : signInPage('错误的验证码(wrong check code)');
      case 'GET /reader/hwthau.php':
        return singleSignOn(asked);
    }
    if (!asked.path.startsWith('/reader/')) return { status: 404, body: '404' };
    if (!visit?.reader) return { status: 302, headers: { location: 'login.php' } };
    switch (`${asked.method} ${asked.path}`) {
      case 'GET /reader/redr_info.php':
        return page(
          '我的首页',
          `<span class="profile-name">${visit.reader.name}</span> <a href="logout.php">注销</a>`,
        );
      case 'GET /reader/redr_info_rule.php':
        return rules(visit.reader);
      case 'GET /reader/book_lst.php':
        return loans(visit);
      case 'GET /reader/book_hist.php':
        return history(visit.reader);
      case 'GET /reader/ajax_renew.php':
        return renew(visit, asked);
    }
    return { status: 404, body: '404' };
  });

  const page = (title: string, body: string): Answered =>
    html(
      `<!DOCTYPE HTML><html><head><title>${title}</title><script>var t = "<table><tr><td>条码号</td></tr></table>";</script>` +
        `</head><body><table><tr><td>书目检索<td>我的图书馆</table><div id="mainbox">${body}</div></body></html>`,
      charset,
    );

  const begin = (visit: Visit, answer: Answered): Answered => {
    const id = randomBytes(13).toString('hex');
    visits.set(id, visit);
    return { ...answer, headers: { ...answer.headers, 'set-cookie': `PHPSESSID=${id}; path=/` } };
  };

  const signInPage = (problem: string): Answered =>
    page(
      '登录我的图书馆',
      `<font color="red">${problem}</font><form action="redr_verify.php" method="post">证件号 <input name="number">` +
        `密码 <input type="password" name="passwd">验证码 <input name="captcha"><input name="select" value="cert_no">`,
    );

  function search(asked: Asked): Answered {
    const body = JSON.parse(asked.body) as {
      searchWords: [{ fieldList: [{ fieldCode: string; fieldValue: string }] }];
      pageSize: number;
      pageCount: number;
    };
    const { fieldCode, fieldValue: text } = body.searchWords[0].fieldList[0];
    const bare = text.replace(/-/g, '');
    const by: Record<string, (book: Book) => boolean> = {
      '': (b) => `${b.title}${b.author}${b.isbn}`.includes(text),
      '02': (b) => b.title.includes(text),
      '03': (b) => b.author.includes(text),
      '04': (b) => b.title.includes(text),
      '05': (b) => b.isbn.replace(/-/g, '') === bare,
      '08': (b) => b.callNo.startsWith(text),
    };
    const found = library.find(by[fieldCode] ?? (() => false));
    const last = Math.max(1, Math.ceil(found.length / body.pageSize));
    // A page past the end is the last one once more.
    const from = (Math.min(body.pageCount, last) - 1) * body.pageSize;
    const content = found.slice(from, from + body.pageSize).map((book, i) => ({
      author: escapeHtml(book.author),
      callNo: book.callNo,
      docTypeName: '中文图书',
      // Every seventh has no ISBN, so that its call number must do.
      isbn: book.recno % 7 === 0 ? '' : `${book.isbn} :`,
      marcRecNo: marcNo(book),
      num: from + i + 1,
      pubYear: `${book.year}.08`,
      publisher: book.publisher,
      title: `<a href="item.php?marc_no=${marcNo(book)}">${escapeHtml(book.title)}</a>`,
    }));
    return json({ total: found.length, cost: 0.172, content });
  }

  function copies(book: Book | undefined): Answered {
    if (!book || book.copies.length === 0) return page('馆藏', '<p>此书刊没有复本</p>');
    const rows = book.copies.map(({ barcode, room, state, due }) => {
      const status =
        state === 'out'
          ? `借出-应还日期：${due}`
          : state === 'in'
            ? '<font color="green">可借</font>'
            : '阅览';
      return `<tr align="left" class="whitetext"><td>${book.callNo}<td>${barcode}<td> <td title="${room}"><i></i>${room.slice(0, 6)}…<td>${status}`;
    });
    const heading = ['索书号', '条码号', '年卷期', '校区—馆藏地', '书刊状态'];
    return page('馆藏', `<table id="item">${headings(heading)}${rows.join('')}</table>`);
  }

  function detail(book: Book | undefined): Answered {
    if (!book) return page('书目信息', '<p>没有此书</p>');
    const fields = [
      ['题名/责任者:', `<a href="#">${escapeHtml(book.title)}</a>/${book.author}`],
      ['出版发行项:', `北京:${book.publisher},${book.year}.08`],
      ['ISBN及定价:', `${book.isbn}/CNY49.00`],
      ['学科主题:', '<a href="#">历史</a>'],
      ['中图法分类号:', 'K20'],
    ];
    return page(
      '书目信息',
      fields.map(([dt, dd]) => `<dl class="booklist"><dt>${dt}</dt><dd>${dd}</dd></dl>`).join(''),
    );
  }

  function verify(visit: Visit, asked: Asked): Answered {
    const form = new URLSearchParams(asked.body);
    const right = visit.captcha !== undefined && form.get('captcha') === visit.captcha;
    delete visit.captcha;
    if (!right) return signInPage('错误的验证码(wrong check code)');
    const reader = library.reader(form.get('number') ?? '', form.get('passwd') ?? '');
    if (!reader || form.get('select') !== 'cert_no') return signInPage('对不起，密码错误，请查实！');
    visit.reader = reader;
    return { status: 302, headers: { location: 'redr_info.php' } };
  }

  function singleSignOn({ query }: Asked): Answered {
    const reader = tickets.get(query.get('ticket') ?? '');
    tickets.delete(query.get('ticket') ?? '');
    if (!reader) return { status: 302, headers: { location: 'https://sso.example.edu.cn/login?service=x' } };
    return begin(
      { reader, checks: new Map() },
      { status: 302, headers: { location: '/reader/redr_info.php' } },
    );
  }

  function rules(reader: TestReader): Answered {
    const cell = (label: string, value: string) =>
      `<TD><span class="bluetext">${label}：</span> ${value}</TD>`;
    return page(
      '证件信息',
      `<div id="mylib_info"><table><TR>${cell('姓名', reader.name)}${cell('证件号', reader.number)}` +
        `<TR>${cell('条码号', `T${reader.number}`)}${cell('失效日期', reader.expires)}` +
        `<TR>${cell('读者类型', reader.type)}${cell('系别', reader.department)}${cell('欠款金额', '0.00')}</table></div>`,
    );
  }

  function loans(visit: Visit): Answered {
    visit.checks.clear();
    const list = visit.reader!.loans;
    if (list.length === 0)
      return page('当前借阅', '<div id="mylib_content"><strong>您的该项记录为空！</strong></div>');
    const rows = list.map((loan, i) => {
      const check = randomBytes(4).toString('hex').toUpperCase();
      visit.checks.set(loan.barcode, check);
      return (
        `<tr><td class="whitetext">${loan.barcode}</td><td><a href="../opac/item.php?marc_no=${marcNo(loan.book)}">` +
        `${escapeHtml(loan.book.title)}</a> / ${loan.book.author}</td><td>${loan.loaned}</td><td><font color=>${loan.due} </font></td>` +
        `<td>${loan.renewals}</td><td>${roomOf(loan)}</td><td>无</td><td><div id="${i}"><input type="button" value="续借" ` +
        `onclick="getInLib('${loan.barcode}','${check}','${i}');"/></div></td></tr>`
      );
    });
    const heading = ['条码号', '题名/责任者', '借阅日期', '应还日期', '续借量', '馆藏地', '附件', '续借'];
    return page(
      '当前借阅',
      `<div id="mylib_content"><table>${headings(heading)}${rows.join('')}</table></div>`,
    );
  }

  function history(reader: TestReader): Answered {
    const rows = reader.past.map(
      (loan, i) =>
        `<tr><td>${i + 1}<td>${loan.barcode}<td><a href="#">${escapeHtml(loan.book.title)}</a><td>${loan.book.author}` +
        `<td>${loan.loaned}<td>${loan.returned}<td>${roomOf(loan)}`,
    );
    const heading = ['序号', '条码号', '题名', '责任者', '借阅日期', '归还日期', '馆藏地'];
    if (rows.length === 0) return page('借阅历史', '<strong>您的该项记录为空！</strong>');
    return page('借阅历史', `<table>${headings(heading)}${rows.join('')}</table>`);
  }

  function renew(visit: Visit, { query }: Asked): Answered {
    const barcode = query.get('bar_code') ?? '';
    const loan = visit.reader!.loans.find((one) => one.barcode === barcode);
    const no = (text: string): Answered => html(`<font color=red>${text}</font>`, charset);
    if (renewalCaptcha) return html('错误的验证码(wrong check code)', charset);
    if (!loan || visit.checks.get(barcode) !== query.get('check')) return no('无效的请求');
    const refusal = library.renew(loan);
    return refusal === undefined ? html('<font color=green>续借成功</font>', charset) : no(refusal);
  }

  return Object.assign(server, {
    library,
    /** What stands in the picture that was shown last. */
    captcha: (): string => [...visits.values()].flatMap(({ captcha }) => captcha ?? []).at(-1) ?? '',
    issueTicket(reader: TestReader): string {
      const ticket = `ST-${randomBytes(9).toString('hex')}-cas`;
      tickets.set(ticket, reader);
      return ticket;
    },
    endSessions: () => visits.clear(),
    /** Gives every record another number, as a new version does. */
    renumber: () => void (numbering = 'second'),
  });
}

/** Cells of headings, as the pages have them: in bold, not as `th`. */
const headings = (names: string[]): string =>
  `<tr bgcolor="#F5F8F9">${names.map((name) => `<td class="greytext"><strong> ${name} </strong></td>`).join('')}</tr>`;

const roomOf = ({ book }: Pick<LentBook, 'book'>): string => book.copies[0]?.room ?? '南湖校区—中文借阅室';
