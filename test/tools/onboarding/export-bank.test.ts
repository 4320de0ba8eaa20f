import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BankItem } from '../../../contracts/onboarding/bank';
import { digestBank } from '../../../tools/onboarding/bank/digest-bank';
import { readBank } from '../../../tools/onboarding/bank/read-bank';
import { readBankFile } from '../../../tools/onboarding/bank/read-bank-file';
import { readShippedBank } from '../../../tools/onboarding/bank/shipped-bank';
import { fault, ok, run, startFakeStaff } from './support/staff';
import type { FakeStaff } from './support/staff';

const TODAY = '2026-11-21';
const words = (text: string) => ({ zh: `${text}（中）`, en: text });
const options = (...ids: string[]) => ids.map((id) => ({ id, ...words(`Option ${id}`) }));

/** What the shipped bank has none of. */
const ODD: BankItem[] = [
  {
    ...{ id: 'odd-order', version: 7, module: 'hours', type: 'order', ...{ stem: words('In order?') } },
    ...{ options: options('a', 'b', 'c'), answer: ['c', 'a', 'b'], explanation: words('So') },
    ...{ mustKnow: 'shelf-order', ruleRef: 'rule 3', campus: 'east', validFrom: '2026-09-01' },
    validTo: '2027-07-31',
  },
  {
    ...{ id: 'odd-words', version: 1, module: 'help', type: 'true-false', stem: words('TRUE\n2026') },
    options: [
      { id: 'true', zh: '可以', en: 'You may' },
      { id: 'false', zh: '不可以', en: 'You may not' },
    ],
    ...{ answer: ['false'], explanation: words('“1,5” <b>&amp;</b>') },
  },
  {
    ...{ id: 'odd-gap', version: 1, module: 'help', type: 'single', stem: words('Which?') },
    ...{ options: options('b', 'd'), answer: ['d'], explanation: words('So') },
  },
];

describe('a bank as a spreadsheet', () => {
  let folder: string;
  let file: string;
  let staff: FakeStaff | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'shutong-bank-'));
    file = path.join(folder, 'bank.xlsx');
  });
  afterEach(async () => {
    await staff?.close();
    staff = undefined;
    await rm(folder, { recursive: true });
  });
  /** A cloud whose bank has these parts. */
  const serve = async (version: string, parts: BankItem[][]): Promise<void> => {
    staff = await startFakeStaff({
      'onboarding.bank': ({ slice }: { slice: number }) =>
        ok({ version, items: parts[slice], last: slice === parts.length - 1 }),
    });
  };
  const exported = async (items: BankItem[]) => {
    await serve(digestBank(items), [items]);
    return run(['export-bank', file, '--local', staff!.url]);
  };
  const imported = async (): Promise<BankItem[]> => {
    const { items, problems } = await readBankFile(file);
    expect(problems).toEqual([]);
    return items.map(({ item }) => item);
  };

  it('is the one that comes with Shutong, where no cloud is named; importing it changes nothing', async () => {
    const { code, out } = await run(['export-bank', file]);
    expect(code).toBe(0);
    const shipped = await readShippedBank(TODAY);
    const again = await readBank([file], TODAY);
    expect(again.items).toEqual(shipped.items);
    expect(again.digest).toBe(shipped.digest);
    expect(out).toContain(`${shipped.items.length} questions with their answers, version ${shipped.digest}`);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('has every column of a question', async () => {
    const { code, error } = await exported(ODD);
    expect([code, error]).toEqual([0, '']);
    expect(digestBank(await imported())).toBe(digestBank(ODD));
  });

  it('is of many parts, and of the version that is named', async () => {
    const version = digestBank(ODD);
    await serve(version, [ODD.slice(0, 2), ODD.slice(2)]);
    const { code } = await run([
      'export-bank',
      file,
      '--local',
      staff!.url,
      '--version',
      version,
      '--by',
      '馆员甲',
    ]);
    expect(code).toBe(0);
    expect(staff!.orders.map(({ input }) => input)).toEqual([
      { by: '馆员甲', version, slice: 0 },
      { by: '馆员甲', version, slice: 1 },
    ]);
    expect(await imported()).toHaveLength(3);
  });

  it('gives options the letters of a spreadsheet and says so', async () => {
    const shelves = {
      ...{ id: 'odd-ids', version: 1, module: 'help', type: 'multiple', stem: words('Which?') },
      ...{ options: options('shelf-2', 'shelf-1', 'z'), answer: ['z', 'shelf-2'], explanation: words('So') },
    } as const satisfies BankItem;
    const { code, error } = await exported([shelves]);
    expect(code).toBe(0);
    expect(error).toContain('other letters');
    const [item] = await imported();
    expect(item!.options.map(({ id, en }) => [id, en])).toEqual([
      ['a', 'Option shelf-2'],
      ['b', 'Option shelf-1'],
      ['c', 'Option z'],
    ]);
    expect(item!.answer).toEqual(['a', 'c']);
  });

  it.each([
    ['=1+1', '"stem_en"|F'],
    [' a space before', 'keep it as JSON'],
  ])('is not written with a text that would not come back: %j', async (en, said) => {
    const { code, error } = await exported([{ ...ODD[2]!, stem: { zh: '题', en } }]);
    expect(code).toBe(1);
    expect(error).toMatch(new RegExp(said));
    expect(await readdir(folder)).toEqual([]);
  });

  it('is not half of one', async () => {
    await serve(digestBank(ODD), [ODD.slice(0, 2)]);
    const { code, error } = await run(['export-bank', file, '--local', staff!.url]);
    expect([code, error]).toEqual([3, expect.stringContaining('not what its version says')]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('never takes the place of another file, and needs a name and a bank', async () => {
    await writeFile(file, 'mine');
    const taken = await run(['export-bank', file]);
    expect([taken.code, taken.error]).toEqual([1, expect.stringContaining('is not overwritten')]);
    expect(await readFile(file, 'utf8')).toBe('mine');
    expect(await readdir(folder)).toEqual(['bank.xlsx']);
    for (const argv of [
      [],
      ['bank.csv'],
      ['b.xlsx', '--version', digestBank(ODD)],
      ['b.xlsx', '--version', 'x'],
    ]) {
      expect((await run(['export-bank', ...argv])).code).toBe(2);
    }
    staff = await startFakeStaff({ 'onboarding.bank': () => fault('NOT_FOUND') });
    const none = await run(['export-bank', path.join(folder, 'other.xlsx'), '--local', staff.url]);
    expect([none.code, none.error]).toEqual([1, 'there is no bank yet / 还没有题库']);
    const version = '0123456789abcdef';
    const gone = await run(['export-bank', file, '--local', staff.url, '--version', version]);
    expect(gone.code).toBe(1);
    expect(gone.error).toMatch(/^no bank of version 0123456789abcdef was published here/);
  });
});
