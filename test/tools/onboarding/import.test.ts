import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BankItem } from '../../../contracts/onboarding/bank';
import { KEYS, row, soundRows, toCsvText, toTable } from './support/bank';
import type { Row } from './support/bank';
import { CUT, HANG, ok, run, startFakeStaff } from './support/staff';
import type { FakeStaff } from './support/staff';
import { dated, formula, sheetXml, workbook } from './support/workbook';
import type { Cell } from './support/workbook';

describe('importing a bank', () => {
  let folder: string;
  let staff: FakeStaff;
  let versions: string[];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shutong-bank-'));
    versions = [];
    staff = await startFakeStaff({
      'onboarding.putSlice': () => ok({}),
      'onboarding.publish': ({ draft }: { draft: string }) => {
        const changed = versions.at(-1) !== draft;
        versions.push(draft);
        return ok({ version: draft, changed });
      },
    });
  });
  afterEach(async () => {
    await staff.close();
    await rm(folder, { recursive: true });
  });

  const keep = async (name: string, content: string | Uint8Array): Promise<string> => {
    const file = path.join(folder, name);
    await writeFile(file, content);
    return file;
  };
  const importFile = async (name: string, content: string | Uint8Array, ...options: string[]) =>
    run(['import', await keep(name, content), '--local', staff.url, '--by', '馆员甲', ...options]);
  const check = async (rows: readonly Row[]) => importFile('bank.csv', toCsvText(toTable(rows)));
  const itemsSent = (): BankItem[] =>
    staff.orders
      .filter(({ action }) => action === 'onboarding.putSlice')
      .flatMap(({ input }) => input['items'] as BankItem[]);
  const published = (): boolean => staff.orders.some(({ action }) => action === 'onboarding.publish');

  it('sends a sound CSV in slices and publishes it, in the name of who ordered it', async () => {
    const { code, out, error } = await check(soundRows());
    expect(error).toContain('sent 4 of 4 parts');
    expect(out).toContain('Published: 160 questions');
    expect(code).toBe(0);
    expect(itemsSent()).toHaveLength(160);
    expect(staff.orders.at(-1)).toMatchObject({
      action: 'onboarding.publish',
      input: { by: '馆员甲', slices: 4, items: 160 },
    });
    const items = new Map(itemsSent().map((item) => [item.id, item]));
    expect(items.get('item-1')).toMatchObject({
      type: 'multiple',
      answer: ['a', 'c'],
      mustKnow: 'lost-book',
    });
    expect(items.get('item-2')).toMatchObject({
      type: 'true-false',
      answer: ['true'],
      options: [{ id: 'true', zh: '正确', en: 'True' }, { id: 'false' }],
    });
    expect(items.get('item-3')).toMatchObject({ type: 'order', answer: ['c', 'a', 'b', 'd'] });
  });

  it('takes the same bank from XLSX, CSV in UTF-8, with a mark, or GBK, in any order, for the same', async () => {
    const table = toTable(soundRows());
    const text = toCsvText(table);
    const [header, ...rows] = table;
    const others: [string, string | Uint8Array][] = [
      ['b.csv', `\ufeff${text}`],
      ['c.csv', iconv.encode(text, 'gbk')],
      ['d.csv', iconv.encode(text, 'gb18030')],
      ['e.csv', toCsvText([header!, ...rows.reverse()])],
      ['f.xlsx', workbook(sheetXml(table))],
    ];
    expect((await importFile('a.csv', text)).out).toContain('Published');
    for (const [name, content] of others) {
      const { code, out, error } = await importFile(name, content);
      expect(`${name} ${code} ${error.includes('problem') ? error : ''}`).toBe(`${name} 0 `);
      expect(out).toContain('Unchanged');
    }
    expect(new Set(versions).size).toBe(1);
  });

  it('tells how the file was read, counts by module, and sends nothing with --dry-run', async () => {
    const { code, out } = await importFile(
      'a.csv',
      iconv.encode(toCsvText(toTable(soundRows())), 'gbk'),
      '--dry-run',
    );
    expect(code).toBe(0);
    expect(out).toContain('GBK/GB 18030');
    expect(out).toContain('hours 开放时间与分馆: 20, must-know 1');
    expect(out).toContain('第 0 题，书在哪里？');
    expect(staff.orders).toEqual([]);
  });

  it('needs no cloud to check a file', async () => {
    const file = await keep('a.csv', toCsvText(toTable(soundRows())));
    expect((await run(['import', file, '--dry-run'])).code).toBe(0);
    expect((await run(['import', file])).code).toBe(2);
  });

  it('puts several files together into one bank, also JSON', async () => {
    const rows = soundRows();
    const first = await keep('one.csv', toCsvText(toTable(rows.slice(0, 100))));
    const second = await keep('two.xlsx', workbook(sheetXml(toTable(rows.slice(100)))));
    expect((await run(['import', first, second, '--local', staff.url])).code).toBe(0);
    const json = await keep('bank.json', JSON.stringify(itemsSent()));
    expect((await run(['import', json, '--local', staff.url])).out).toContain('Unchanged');
    const twice = await run(['import', json, first, '--local', staff.url]);
    expect(twice.code).toBe(1);
    expect(twice.error).toContain(
      'one.csv, row 2 第 2 行, column "id" 列: "item-0" is there already (bank.json #1)',
    );
  });

  it('lists every wrong cell with its row and column in both languages, and sends nothing', async () => {
    const rows = soundRows();
    const spoil: [number, Row, string][] = [
      [3, { stem_en: '' }, 'row 5 第 5 行, column F "stem_en" 列: is empty / 不能为空'],
      [4, { answer: '' }, 'row 6 第 6 行, column S "answer" 列: the right answer is missing / 缺少正确答案'],
      [5, { answer: 'g' }, 'row 7 第 7 行, column S "answer" 列: expected letters of options'],
      [
        6,
        { answer: 'a' },
        'row 8 第 8 行, column S "answer" 列: a multiple-choice item has at least two right options / 多选题',
      ],
      [
        7,
        { answer: '也许' },
        'row 9 第 9 行, column S "answer" 列: expected true or false / 应为 true/false 或 对/错',
      ],
      [
        8,
        { answer: 'a>b' },
        'row 10 第 10 行, column S "answer" 列: the answer of an order item names every option once',
      ],
      [
        9,
        { module: 'opening' },
        'row 11 第 11 行, column C "module" 列: expected one of: hours 开放时间与分馆',
      ],
      [10, { type: 'essay' }, 'row 12 第 12 行, column D "type" 列: expected one of: single 单选'],
      [
        11,
        { version: '0' },
        'row 13 第 13 行, column B "version" 列: expected a whole number from 1 to 9999',
      ],
      [13, { a_en: '' }, 'row 15 第 15 行, column H "a_en" 列: is empty'],
      [
        14,
        { stem_zh: '长'.repeat(201) },
        'row 16 第 16 行, column E "stem_zh" 列: is too long: at most 200 characters',
      ],
      [15, { must_know: 'swimming' }, 'row 17 第 17 行, column V "must_know" 列: expected one of: own-card'],
      [16, { valid_from: '2026-02-30' }, 'row 18 第 18 行, column Y "valid_from" 列: expected a date'],
      [
        18,
        { valid_from: '2026-09-02', valid_to: '2026-09-01' },
        'row 20 第 20 行, column Z "valid_to" 列: ends before it begins / 结束日期早于开始日期',
      ],
      [
        19,
        { id: 'Item 19' },
        'row 21 第 21 行, column A "id" 列: lower-case letters, digits and dashes / 只能用小写字母',
      ],
      [
        20,
        { answer: 'e' },
        'row 22 第 22 行, column S "answer" 列: the answer names an option that is not there',
      ],
    ];
    for (const [n, over] of spoil) Object.assign(rows[n]!, over);
    const { code, error } = await check(rows);
    expect(code).toBe(1);
    for (const [, , said] of spoil) expect(error).toContain(`bank.csv, ${said}`);
    expect(error).toContain(`${spoil.length} problems; nothing was imported`);
    expect(staff.orders).toEqual([]);
  });

  it('refuses ids that are there twice, naming both rows', async () => {
    const rows = soundRows();
    rows[50] = { ...rows[50], id: 'item-7' };
    const { code, error } = await check(rows);
    expect(code).toBe(1);
    expect(error).toContain('row 52 第 52 行, column "id" 列: "item-7" is there already (bank.csv 9)');
    expect(published()).toBe(false);
  });

  it('finds an id that is there twice in the first round, also where a row has another fault', async () => {
    const rows = soundRows();
    rows[7] = { ...rows[7], stem_en: '' };
    rows[50] = { ...rows[50], id: 'item-7', answer: '' };
    const { error } = await check(rows);
    expect(error).toContain('row 52 第 52 行, column "id" 列: "item-7" is there already (bank.csv 9)');
    expect(error).toContain('3 problems');
    const items = [{ id: 'a-1', version: 'x' }, { id: 'a-1' }];
    const json = await importFile('bank.json', JSON.stringify(items));
    expect(json.error).toContain('item 2 第 2 题, column "id" 列: "a-1" is there already (bank.json #1)');
  });

  it('refuses a bank that is not whole: too few of a module, a must-know topic missing', async () => {
    const rows = soundRows().filter(({ id }) => id !== 'item-8' && id !== 'item-2');
    const { code, error } = await check(rows);
    expect(code).toBe(1);
    expect(error).toContain('module hours has 19 items that are not over; at least 20 are needed');
    expect(error).toContain('must-know topic shelf-order has no item');
    const over = soundRows();
    over[0] = { ...over[0], campus: 'MED' };
    over[8] = { ...over[8], valid_to: '2026-11-20' };
    const second = await check(over);
    expect(second.error).toContain('module hours has 19');
    expect(second.error).toContain('must-know topic own-card');
    expect(published()).toBe(false);
  });

  it('refuses formulas: cells that begin like one, full-width too, and formula cells of a workbook', async () => {
    for (const begin of ['=1+1', '+a', '-a', '@a', '＝a', ' =a']) {
      const rows = soundRows();
      rows[0] = { ...rows[0], stem_zh: begin };
      const { code, error } = await check(rows);
      expect(code).toBe(1);
      expect(error).toContain('row 2 第 2 行, column E 列: a formula, or text that begins with = + - @');
    }
    const table: Cell[][] = toTable(soundRows());
    table[3]![4] = formula('HYPERLINK("http://x")', '1');
    table[4]![5] = { attributes: ' t="e"', xml: '<v>#N/A</v>' };
    const { code, error } = await importFile('bank.xlsx', workbook(sheetXml(table)));
    expect(code).toBe(1);
    expect(error).toContain('row 4 第 4 行, column E 列: a formula');
    expect(error).toContain('row 5 第 5 行, column F 列: shows an error, e.g. #N/A');
    expect(staff.orders).toEqual([]);
  });

  it('refuses 100,000 rows of either kind without reading them all', async () => {
    const table = toTable(Array.from({ length: 100_000 }, (_, n) => ({ id: `i-${n}`, stem_zh: '题' })));
    const before = process.memoryUsage().rss;
    const csv = await importFile('bank.csv', toCsvText(table));
    const xlsx = await importFile('bank.xlsx', workbook(sheetXml(table)));
    for (const { code, error } of [csv, xlsx]) {
      expect(code).toBe(1);
      expect(error).toContain('has more than 4000 items; a bank has at most 4000 / 题目超过 4000 道');
      expect(error.split('\n')).toHaveLength(2);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
    expect(staff.orders).toEqual([]);
  }, 120_000);

  it('takes 4,000 items', async () => {
    const rows = [...soundRows(), ...Array.from({ length: 3_840 }, (_, n) => row(n + 160))];
    expect((await check(rows)).out).toContain('Published: 4000 questions');
    expect(staff.orders).toHaveLength(81);
    const one = await check([...rows, row(4_000)]);
    expect(one.error).toContain('has more than 4000 items');
  }, 120_000);

  it('lists 200 problems at most and counts the others', async () => {
    const rows = soundRows().map((each) => ({ ...each, stem_en: '', explanation_en: '' }));
    const { error } = await check(rows);
    const lines = error.split('\n');
    expect(lines).toHaveLength(202);
    expect(lines[200]).toBe('… and 120 more / ……还有 120 处');
    expect(lines[201]).toContain('320 problems');
  });

  it('passes over empty rows and counts them', async () => {
    const table = toTable(soundRows());
    table[100]![4] = '';
    const blank = KEYS.map(() => '');
    table.splice(50, 0, blank, blank);
    table.push(blank);
    for (const [name, content] of [
      ['bank.csv', toCsvText(table)],
      ['bank.xlsx', workbook(sheetXml(table))],
    ] as const) {
      const { error } = await importFile(name, content);
      expect(error).toContain(`${name}, row 103 第 103 行, column E "stem_zh" 列: is empty`);
      expect(error).toContain('1 problem;');
    }
  });

  it('refuses merged cells, columns without a header, unknown, double and missing ones', async () => {
    const table: Cell[][] = toTable(soundRows());
    const merged = workbook(sheetXml(table, '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'));
    expect((await importFile('bank.xlsx', merged)).error).toContain('cells A1:B1 are merged: unmerge them');
    const header = table[0]!;
    header[1] = '';
    header[2] = 'modul';
    header[5] = 'stem_zh';
    const { code, error } = await importFile('bank.xlsx', workbook(sheetXml(table)));
    expect(code).toBe(1);
    expect(error).toContain('row 1 第 1 行, column B "" 列: a column without a header / 这一列没有表头');
    expect(error).toContain('column C "modul" 列: an unknown header');
    expect(error).toContain('column F "stem_zh" 列: "stem_zh" is there twice');
    expect(error).toContain('column "module" is missing / 缺少“模块”（module）列');
    expect(error).toContain('column "stem_en" is missing');
  });

  it('says of an empty file that it is empty, in one line', async () => {
    const empty: [string, string | Uint8Array][] = [
      ['empty.csv', ''],
      ['blank.csv', '\r\n,,\r\n'],
      ['empty.xlsx', workbook(sheetXml([]))],
    ];
    for (const [name, content] of empty) {
      const { code, error } = await importFile(name, content);
      expect([code, error.split('\n')]).toEqual([
        1,
        [expect.stringMatching(`^${name}: is empty`), expect.stringMatching(/^1 problem;/)],
      ]);
    }
  });

  it('names the comma as what separates cells, where a file has semicolons or tabs, quoted or not', async () => {
    const table = toTable(soundRows());
    const quoted = toCsvText(table);
    const texts = [
      quoted.replaceAll('","', '";"'),
      quoted.replaceAll('","', '"\t"'),
      `sep=;\r\n${quoted.replaceAll('","', '";"')}`,
      table.map((cells) => cells.join(';')).join('\r\n'),
      table.map((cells) => cells.join('\t')).join('\r\n'),
    ];
    for (const text of texts) {
      const { code, error } = await importFile('bank.csv', text);
      expect(code).toBe(1);
      expect(error).toMatch(/^bank\.csv: cells are separated by (semicolons|tabs); commas are expected/);
      expect(error.split('\n')).toHaveLength(1);
    }
    const rows = soundRows();
    rows[0] = { ...rows[0], stem_zh: '甲；乙;丙;丁\t戊' };
    expect((await importFile('bank.csv', `\r\n${toCsvText(toTable(rows))}`, '--dry-run')).code).toBe(0);
  });

  it('understands Chinese headers, names, full-width answers and dates of every kind', async () => {
    const rows = soundRows();
    const table: Cell[][] = toTable(rows);
    const chinese = ['编号', '版本', '模块', '题型', '题干（中文）', '英文题干'];
    table[0]!.splice(0, chinese.length, ...chinese);
    table[0]!.splice(6, 2, '选项A（中文）', '选项A 英文');
    table[0]![18] = ' 答案 ';
    const [module, type, answer, from, to] = [2, 3, 18, 24, 25];
    table[2]!.splice(module, 2, '借书与还书', '多选题');
    table[2]![answer] = 'Ａ，Ｃ';
    table[3]!.splice(type, 1, '判断');
    table[3]![answer] = '错';
    table[4]![answer] = 'Ｃ＞Ａ＞Ｂ＞Ｄ';
    table[7]!.splice(type, 1, '多选');
    table[7]![answer] = 'CA';
    // Not among the first, which are must-know and asked at all times.
    [table[21]![from], table[21]![to]] = [46_266, dated(46_387)];
    [table[22]![from], table[22]![to]] = ['2026/9/1', '2026年12月31日'];
    const { code, error } = await importFile('bank.xlsx', workbook(sheetXml(table)));
    expect(`${code} ${error}`).toMatch(/^0 /);
    const items = new Map(itemsSent().map((item) => [item.id, item]));
    expect(items.get('item-1')).toMatchObject({ module: 'borrowing', type: 'multiple', answer: ['a', 'c'] });
    expect(items.get('item-2')).toMatchObject({ type: 'true-false', answer: ['false'] });
    expect(items.get('item-3')!.answer).toEqual(['c', 'a', 'b', 'd']);
    expect(items.get('item-6')).toMatchObject({ type: 'multiple', answer: ['a', 'c'] });
    for (const id of ['item-20', 'item-21']) {
      expect(items.get(id)).toMatchObject({ validFrom: '2026-09-01', validTo: '2026-12-31' });
    }
  });

  it('refuses text that is neither UTF-8 nor GBK, damaged CSV, and files of another kind', async () => {
    const text = toCsvText(toTable(soundRows()));
    const cases: [string, string | Uint8Array, string][] = [
      ['utf16.csv', iconv.encode(text, 'utf16le', { addBOM: true }), 'neither UTF-8 nor GBK'],
      ['bytes.csv', Buffer.from([0x69, 0x64, 0xff, 0xff, 0x0a]), 'neither UTF-8 nor GBK'],
      ['quote.csv', `id,stem_zh\n"a,b\nc`, 'no sound CSV from here on'],
      ['bank.xlsx', 'id,stem_zh', 'is damaged, or is no .xlsx workbook'],
      ['old.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'is an old .xls workbook or has a password'],
      ['cut.xlsx', workbook(sheetXml(toTable(soundRows()))).subarray(0, 5_000), 'is damaged'],
      ['bank.json', '{', 'is no sound JSON'],
      ['list.json', '{}', 'expected a list of items'],
      ['bank.xls', '', 'expected .xlsx, .csv or .json'],
    ];
    for (const [name, content, said] of cases) {
      const { code, error } = await importFile(name, content);
      expect(`${name} ${code}: ${error}`).toContain(`${name} 1: ${name}`);
      expect(error).toContain(said);
    }
    expect((await run(['import', path.join(folder, 'none.csv')])).error).toContain(
      'cannot be opened (ENOENT)',
    );
    expect((await importFile('big.csv', Buffer.alloc(17 * 1024 * 1024, 'a'))).error).toContain(
      'more than 16 MB',
    );
    expect(staff.orders).toEqual([]);
  });

  it('gives up what would unpack to gigabytes, cells far away, and entities, in little memory', async () => {
    const sheets: [string, string | Uint8Array, string][] = [
      ['bomb', Buffer.alloc(200 * 1024 * 1024, ' '), 'is too large'],
      [
        'far',
        sheetXml([]).replace('<sheetData>', '<sheetData><row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
        'more than 4000',
      ],
      ['beyond', sheetXml([]).replace('<sheetData>', '<sheetData><row r="999999999"/>'), 'is damaged'],
      [
        'wide',
        sheetXml([]).replace('<sheetData>', '<sheetData><row r="1"><c r="XFD1"><v>1</v></c></row>'),
        'right of column BL',
      ],
      [
        'entity',
        `<!DOCTYPE x [<!ENTITY a "aaaa">]>${sheetXml([['&a;']])
          .replace('&#38;', '&')
          .slice(21)}`,
        'is damaged',
      ],
    ];
    for (const [name, sheet, said] of sheets) {
      const packed = workbook(sheet);
      const before = process.memoryUsage().rss;
      const { code, error } = await importFile(`${name}.xlsx`, packed);
      expect(`${name} ${code}: ${error}`).toMatch(new RegExp(`^${name} 1: .*${said}`));
      expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
    }
  }, 120_000);

  it('publishes nothing when it is killed between slices, and everything when it is begun anew', async () => {
    await staff.close();
    let slices = 0;
    staff = await startFakeStaff({
      'onboarding.putSlice': () => (++slices === 3 ? HANG : ok({})),
      'onboarding.publish': ({ draft }: { draft: string }) => ok({ version: draft, changed: true }),
    });
    const file = await keep('bank.csv', toCsvText(toTable(soundRows())));
    const main = path.join(__dirname, '../../../tools/onboarding/main.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', main, 'import', file, '--local', staff.url], {
      stdio: 'ignore',
    });
    while (slices < 3) await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(published()).toBe(false);
    const { code } = await run(['import', file, '--local', staff.url]);
    expect(code).toBe(0);
    expect(published()).toBe(true);
  }, 60_000);

  it('sends a slice again whose answer was lost, but says of a lost publishing that it is not known', async () => {
    await staff.close();
    let slices = 0;
    staff = await startFakeStaff({
      'onboarding.putSlice': () => (++slices === 2 ? CUT : ok({})),
      'onboarding.publish': () => CUT,
    });
    const { code, error } = await check(soundRows());
    expect(slices).toBe(5);
    expect(code).toBe(3);
    expect(error).toContain('it is not known whether it was done');
    expect(staff.orders.filter(({ action }) => action === 'onboarding.publish')).toHaveLength(1);
  });
});
