import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { fault, ok } from '../../support/fake-staff';
import { makeFolder, run, startFakeCloud, status } from './support';
import type { FakeCloud } from './support';

const FIXTURE = path.join(__dirname, '../../fixtures/loans/renewals-as-rows.csv');
const TEMPLATE = path.join(__dirname, '../../../docs/report/loans-template.csv');

describe('history:import', () => {
  let cloud: FakeCloud;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  beforeEach(async () => {
    folder = await makeFolder();
    cloud = await startFakeCloud();
  });
  afterEach(async () => {
    await cloud.close();
    await folder.remove();
  });
  const load = (file: string, ...more: string[]) =>
    run(['import', file, '--season', 'academic-2025', '--local', cloud.url, '--by', '馆员甲', ...more]);
  const loadText = async (text: string | Uint8Array, ...more: string[]) =>
    load(await folder.write('loans.csv', text), ...more);
  const orders = (action: string) => cloud.orders.filter((order) => order.action === action);

  it('takes the template as it is', async () => {
    const { code, out, error } = await load(TEMPLATE);
    expect([code, error]).toEqual([0, expect.stringContaining('sent 1 of 1 parts')]);
    expect(out).toContain('reader ← A "读者证号"');
    expect(out).toContain('3 rows: 3 loans, 0 renewals left out, 0 bad rows');
    expect(out).toContain('2 readers, 3 loans, 1 part');
    expect(out).toContain('In academic-2025: 3 loans');
    expect(cloud.loans()).toEqual(
      expect.arrayContaining([
        {
          ref: '2026000001',
          loan: {
            loanId: '90001',
            bibId: '1000234',
            title: '平凡的例子, 上册',
            author: '示例作者',
            clc: 'I247.57',
            subjects: ['长篇小说', '中国文学'],
            loanedAt: '2026-03-02T10:15:00',
            dueAt: '2026-04-01',
            returnedAt: '2026-03-20T16:40:00',
            renewals: 0,
            branch: '主馆',
          },
        },
        { ref: '2026000002', loan: expect.objectContaining({ loanId: '90003', returnedAt: '2026-04-28' }) },
      ]),
    );
    expect(cloud.loans()).toHaveLength(3);
    // how it is read goes with it, or the import before would be read so
    expect(orders('report.season')).toEqual([]);
    expect(orders('report.imported')[0]!.input).toMatchObject({
      ...{ by: '馆员甲', season: 'academic-2025', parts: 1, readers: 2, loans: 3 },
      ...{ returnsKnown: true, importSince: null },
    });
    const readers = orders('report.putLoans')[0]!.input['readers'] as { ref: string; readerType: string }[];
    expect(readers.map(({ ref, readerType }) => [ref, readerType])).toEqual([
      ['2026000001', '本科生'],
      ['2026000002', '研究生'],
    ]);
  });

  it('doubts a file without a loan before the year, unless it is said from when it is complete', async () => {
    const doubt = 'give --since FIRST-DAY unless your records really begin there';
    const rows = (day: string) => `reader,loanedAt,title\nr1,${day},A\nr1,2026-01-02,B\n`;
    expect((await loadText(rows('2025-09-01'))).error).toContain(doubt);
    expect((await loadText(rows('2025-09-01'), '--since', '2025-09-01')).error).not.toContain(doubt);
    expect((await loadText(rows('2025-08-31'))).error).not.toContain(doubt);
  });

  it('leaves renewals out of a log that has them as rows, and knows of no returns there', async () => {
    const { code, out } = await load(
      FIXTURE,
      ...['--map', 'bibId=item', '--renewal-column', 'renewal_inferred', '--since', '2026-01-10'],
    );
    expect(code).toBe(0);
    expect(out).toContain('12 rows: 8 loans, 4 renewals left out, 0 bad rows');
    expect(out).toContain('not read / 未读取: school');
    expect(out).toContain('8 loans have no id of their own');
    expect(out).toContain('No returns');
    expect(orders('report.imported')[0]!.input).toMatchObject({
      returnsKnown: false,
      importSince: '2026-01-10',
    });
    const ids = cloud.loans().map(({ loan }) => loan.loanId);
    expect(new Set(ids).size).toBe(8);
  });

  it('reads the same loans from every encoding, packed or not, and from JSON lines', async () => {
    const text =
      '读者证号,借出时间,题名,主题词\r\nr-1,2026-03-01,"书里的“引号”, 和\r\n换行",甲；乙\r\nr-2,20260302,百年,|\r\n';
    const json = [
      { reader: 'r-1', loanedAt: '2026-03-01', title: '书里的“引号”, 和\r\n换行', subjects: ['甲', '乙'] },
      { reader: 'r-2', loanedAt: '20260302', title: '百年', school: { any: 'thing' } },
    ];
    const files: [name: string, content: string | Uint8Array][] = [
      ['a.csv', text],
      ['b.csv', `\ufeff${text}`],
      ['c.csv', iconv.encode(text, 'gbk')],
      ['d.csv', iconv.encode(text, 'utf-16le', { addBOM: true })],
      ['e.csv', iconv.encode(text, 'utf-16be', { addBOM: true })],
      ['f.csv', iconv.encode(text, 'utf-16le')],
      ['g.csv.gz', gzipSync(text)],
      ['h.tsv', text.replaceAll(/,(?! )/g, '\t')],
      ['i.txt', text.replaceAll(/,(?! )/g, ';')],
      ['j.csv', text.replaceAll('\r\n', '\n')],
      ['k.jsonl', json.map((row) => JSON.stringify(row)).join('\n')],
      ['l.ndjson.gz', gzipSync(`\ufeff${json.map((row) => JSON.stringify(row)).join('\r\n')}\r\n`)],
    ];
    const found = [];
    for (const [name, content] of files) {
      const { code, error } = await load(await folder.write(name, content));
      expect([name, code, error.includes('error')]).toEqual([name, 0, false]);
      found.push(
        cloud.loans().map(({ ref, loan: { loanedAt, title, subjects } }) => ({
          ...{ ref, loanedAt, subjects },
          title: title?.replace('\r\n', '\n'),
        })),
      );
      cloud.parts.clear();
    }
    expect(found).toEqual(
      files.map(() => [
        { ref: 'r-1', loanedAt: '2026-03-01', title: '书里的“引号”, 和\n换行', subjects: ['甲', '乙'] },
        { ref: 'r-2', loanedAt: '2026-03-02', title: '百年', subjects: undefined },
      ]),
    );
  });

  it('tells each bad row with its place and sends nothing at all', async () => {
    const long = 'x'.repeat(2_001);
    const rows = [
      'reader,title,loanedAt,renewal',
      'r-1,one,2026-03-01,0',
      ',two,2026-03-01,0',
      'r-1,"three\nin two lines",03/04/2026,0',
      'r-1,four,2026-03-01',
      'r-1,fi"ve,2026-03-01,0',
      `r-1,${long},2026-03-01,0`,
      '2.02E+11,seven,2026-03-01,0',
      'r-1,eight,2026-03-01,perhaps',
      '',
      'r-1,=HYPERLINK(1),2026-03-01,0',
    ];
    const argv = ['--renewal-column', 'renewal'];
    const { code, error } = await loadText(rows.join('\n'), ...argv);
    expect(code).toBe(1);
    for (const line of [
      'row 3 第 3 行: A "reader": names no reader',
      'row 4 第 4 行: C "loanedAt": the year is last',
      'row 5 (line 6) 第 5 行: has 3 cells; the header has 4',
      'row 6 (line 7) 第 6 行: a quotation mark within a cell',
      'row 7 (line 8) 第 7 行: B "title": too long: at most 2000 characters',
      'row 8 (line 9) 第 8 行: A "reader": a spreadsheet has rounded this number',
      'row 9 (line 10) 第 9 行: D "renewal": neither true nor false',
    ]) {
      expect(error).toContain(line);
    }
    expect(error).toContain('7 errors in 7 rows');
    expect(error).not.toContain(long);
    expect(error).toContain('Nothing was sent: 7 rows cannot be taken');
    expect(cloud.orders.map(({ action }) => action)).toEqual(['report.status']);

    const skipped = await loadText(rows.join('\n'), ...argv, '--skip-bad-rows', '--dates', 'dmy');
    expect([skipped.code, skipped.error]).toEqual([0, expect.stringContaining('6 errors in 6 rows')]);
    expect(cloud.loans().map(({ loan }) => [loan.title, loan.loanedAt])).toEqual([
      ['one', '2026-03-01'],
      ['three\nin two lines', '2026-04-03'],
      ['=HYPERLINK(1)', '2026-03-01'],
    ]);
  });

  it('shows the first fifty errors and counts all of them', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => (i % 2 ? `,${i},2026-03-01` : `r-1,${i}`));
    const { error } = await loadText(['reader,title,loanedAt', ...rows].join('\n'));
    expect(error.match(/^ {2}row /gm)).toHaveLength(50);
    expect(error).toContain('… and 70 more');
    expect(error).toContain('60 × A "reader": names no reader');
    expect(error).toContain('60 × has 2 cells; the header has 3');
  });

  it('loses one row and no other to a quotation mark that is never closed', async () => {
    const rows = Array.from({ length: 3_000 }, (_, i) =>
      i === 7 ? 'r-1,"seven,2026-03-01' : `r-${i % 50},title ${i},2026-03-01`,
    );
    const { code, error, out } = await loadText(
      ['reader,title,loanedAt', ...rows].join('\n'),
      '--skip-bad-rows',
    );
    expect(code).toBe(0);
    expect(error).toContain('1 errors in 1 rows');
    expect(error).toContain('row 9 第 9 行: a quotation mark is not closed');
    expect(out).toContain('3,000 rows: 2,999 loans');
    expect(cloud.loans()).toHaveLength(2_999);
  });

  it('reads quotation marks as letters where the file uses none around cells', async () => {
    const text = 'reader\ttitle\tloanedAt\nr-1\t"A" is for\t2026-03-01\nr-1\t5" disks\t2026-03-01\n';
    expect((await loadText(text)).code).toBe(1);
    expect((await loadText(text, '--no-quotes')).code).toBe(0);
    expect(cloud.loans().map(({ loan }) => loan.title)).toEqual(['"A" is for', '5" disks']);
  });

  it('tells bytes that are no text, row by row', async () => {
    const sound = Buffer.from('reader,title,loanedAt\nr-1,书,2026-03-01\nr-2,', 'utf8');
    const broken = Buffer.concat([
      sound,
      Buffer.from([0xe4, 0xb9]),
      Buffer.from(',2026-03-01\nr-3,本,2026-03-01\n'),
    ]);
    const { code, error } = await loadText(broken);
    expect(code).toBe(1);
    expect(error).toContain('row 3 第 3 行: B "title": has bytes that are no text in this encoding');
    expect(error).toContain('1 errors in 1 rows');
    const forced = await loadText(
      iconv.encode('reader,title,loanedAt\nr-1,书,2026-03-01\n', 'gbk'),
      '--encoding',
      'utf-8',
    );
    expect(forced.error).toContain('row 2 第 2 行: B "title": has bytes');
  });

  it('lets dates that cannot be read through, as they are, and says so', async () => {
    const text =
      'reader,title,loanedAt,due,returned\nr-1,a,1 Mar 26,2026-02-30,soon\nr-1,b,2026-03-01,,\nr-1,c,,,\n';
    const { code, error } = await loadText(text);
    expect(code).toBe(0);
    expect(error).toContain('row 2 第 2 行: C "loanedAt": no date that can be read: the loan will not count');
    expect(error).toContain('row 2 第 2 行: D "due": no date');
    expect(error).toContain('row 4 第 4 行: C "loanedAt": is empty');
    expect(cloud.loans()[0]!.loan).toMatchObject({
      loanedAt: '1 Mar 26',
      dueAt: '2026-02-30',
      returnedAt: 'soon',
    });
    const none = await loadText('reader,title,loanedAt\nr-1,a,yesterday\n');
    expect([none.code, none.error]).toEqual([1, expect.stringContaining('no loan has a date')]);
  });

  it('passes on whatever letters a title has', async () => {
    const titles = ['👩‍🎓📚 书', 'كتاب الحيوان', 'a\u0000b', '\u202eabc', 'ก็', '  edge  ', 'O\'Neil, "x"'];
    const text = titles.map((title, i) => `r-${i},"${title.replaceAll('"', '""')}",2026-03-01`).join('\n');
    const { code, out } = await loadText(`reader,title,loanedAt\n${text}\n`);
    expect(code).toBe(0);
    expect(out).not.toMatch(/[\u0000\u202e]/u);
    expect(new Set(cloud.loans().map(({ loan }) => loan.title))).toEqual(
      new Set(titles.map((title) => title.trim())),
    );
  });

  it('asks which column is meant, and refuses a file that tells of no reader, day or book', async () => {
    const refused = async (header: string, ...argv: string[]) => {
      const { code, error } = await loadText(
        `${header}\n${header.replaceAll(/[^,]+/g, '2026-03-01')}\n`,
        ...argv,
      );
      expect(code).toBe(1);
      return error;
    };
    expect(await refused('学号,证号,题名,借出时间')).toContain(
      'which column is reader? 证号, 学号: say --map reader=COLUMN',
    );
    expect(await refused('学号,题名')).toContain('no column for loanedAt; there are: 学号, 题名');
    expect(await refused('学号,借出时间')).toContain('no column for bibId or title');
    expect(await refused('学号,题名,借出时间', '--map', 'author=作者')).toContain(
      'there is no column "作者"',
    );
    expect(await refused('学号,题名,题名,借出时间')).toContain('which column is title?');
    expect(orders('report.putLoans')).toEqual([]);
    const named = await loadText('学号,证号,题名,借出时间\na,b,c,2026-03-01\n', '--map', 'reader=学号');
    expect(named.code).toBe(0);
    expect(cloud.loans()[0]!.ref).toBe('a');
  });

  it('makes ids that tell loans apart, the same for the same row, however often it is there', async () => {
    const row = (barcode: string, day: string, back = '') => `r-1,书,${barcode},${day},${back}`;
    const text = [
      'reader,title,barcode,loanedAt,returned',
      row('b-1', '2026-03-01', '2026-03-01'),
      row('b-1', '2026-03-01', '2026-03-01'),
      row('b-1', '2026-03-01'),
      row('b-1', '2026-03-01', '2026-03-05'),
      row('b-2', '2026-03-01'),
      row('b-1', '2026-03-02'),
    ].join('\n');
    const { out } = await loadText(text);
    const ids = cloud.loans().map(({ loan }) => loan.loanId);
    // One copy, one time: a row without a return tells of nothing else.
    expect([ids[1], ids[2]]).toEqual([ids[0], ids[0]]);
    expect(new Set(ids).size).toBe(4);
    expect(out).toContain('2 rows repeat a loan of the same reader: each counts once');
    cloud.parts.clear();
    // Of a title there are several copies.
    await loadText(
      ['reader,title,loanedAt,due', ...[1, 1, 2].map((day) => `r-1,书,2026-03-01,2026-04-0${day}`)].join(
        '\n',
      ),
    );
    expect(new Set(cloud.loans().map(({ loan }) => loan.loanId)).size).toBe(2);
  });

  it('refuses what is no file of loans, with its name', async () => {
    const refused = async (name: string, content: string | Uint8Array) => {
      const { code, error } = await load(await folder.write(name, content));
      expect(code).toBe(1);
      return error;
    };
    expect(await refused('loans.xlsx', 'PK')).toContain('save a workbook as "CSV UTF-8"');
    expect(await refused('loans.csv', 'PK\u0003\u0004')).toContain('is a workbook or a .zip');
    expect(await refused('empty.csv', '')).toContain('there are no rows');
    expect(await refused('header.csv', 'reader,title,loanedAt\n')).toContain('there are no rows');
    const packed = gzipSync('reader,title,loanedAt\nr-1,a,2026-03-01\n'.repeat(50));
    expect(await refused('cut.csv.gz', packed.subarray(0, 40))).toContain('damaged or cut off');
    expect((await load(path.join(folder.path, 'none.csv'))).error).toContain('cannot be read (ENOENT)');
    expect((await load(folder.path + '/')).code).toBe(1);
  });

  it('only checks with --dry-run, without any cloud', async () => {
    const { code, out } = await run(['import', FIXTURE, '--dry-run', '--map', 'bibId=item']);
    expect([code, out]).toEqual([0, expect.stringContaining('Nothing was sent')]);
    expect((await run(['import', FIXTURE])).code).toBe(2);
    expect((await run(['import', '--season', 'academic-2025', '--dry-run'])).code).toBe(2);
    expect((await run(['import', FIXTURE, '--season', '2025'])).code).toBe(2);
    expect((await run(['import', FIXTURE, '--dry-run', '--map', 'book=x'])).code).toBe(2);
    expect((await run(['import', FIXTURE, '--dry-run', '--dates', 'ymd'])).code).toBe(2);
    expect((await run(['import', FIXTURE, '--dry-run', '--since', '2026-13-01'])).code).toBe(2);
    expect((await run(['import', FIXTURE, '--dry-run', '--encoding', 'latin1'])).code).toBe(2);
  });

  it('brings loans of late readers to a year that has been counted, read as those before', async () => {
    await cloud.close();
    let returnsKnown = true;
    cloud = await startFakeCloud({ 'report.status': () => ok(status({ stage: 'ready', returnsKnown })) });
    // without returns among those with them, every book would look as if it were still out
    const open = await load(FIXTURE, '--map', 'bibId=item');
    expect([open.code, open.error]).toEqual([1, expect.stringContaining('as if they were still out')]);
    returnsKnown = false;
    const { code, error } = await load(FIXTURE, '--map', 'bibId=item');
    expect([code, error]).toEqual([0, expect.stringContaining('only readers who have opted in are kept')]);
    expect(orders('report.imported')).toHaveLength(1);
    expect(orders('report.imported')[0]!.input).not.toHaveProperty('returnsKnown');
    const changed = await load(FIXTURE, '--no-returns');
    expect([changed.code, changed.error]).toEqual([1, expect.stringContaining('stay as they were')]);
    await cloud.close();
    cloud = await startFakeCloud({ 'report.putLoans': () => fault('BUSY') });
    const busy = await load(TEMPLATE);
    expect([busy.code, busy.error]).toEqual([1, expect.stringContaining('again in some minutes')]);
  });

  it('says before it reads anything that a year has not been opened', async () => {
    await cloud.close();
    cloud = await startFakeCloud({ 'report.status': undefined as never });
    const { code, error } = await load(path.join(folder.path, 'none.csv'));
    expect([code, error]).toEqual([1, expect.stringContaining('cannot be read')]);
    const closed = await load(TEMPLATE);
    expect([closed.code, closed.error]).toEqual([1, expect.stringContaining('report:season opens it')]);
  });
});
