import { staffApi } from '../../contracts/staff';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import {
  ASKED,
  begin,
  configure,
  makeBank,
  makeItem,
  publish,
  rightAnswers,
  sit,
  yearAtHome,
} from './support/onboarding';
import { readDatabase } from './support/read-database';
import { bind, fault } from './support/readers';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const BANK = makeBank();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
}, 120_000);
afterAll(() => cloud.stop());

const stored = async (name: string) => (await readDatabase(cloud.url()))[name]!;
const overview = async (openid: string) => dataOf(await cloud.call('onboarding.overview', {}, openid));
const DRAFT = 'abcdef0123456789';

describe('who may order', () => {
  const event = { action: 'onboarding.settings', input: { by: 'x' } };

  it.each(['staff', 'jobs'])('no client calls %s, with or without an identity', async (name) => {
    for (const openid of ['o-client', '']) {
      await expect(cloud.send(event, openid, name)).rejects.toThrow(`do not let a client call ${name}`);
    }
  });

  it('no client, even where the rules of the environment were put in wrongly', async () => {
    const open = await startLocalCloud({ rules: { '*': { invoke: true } } });
    try {
      for (const action of Object.keys(staffApi)) {
        expect(await open.send({ ...event, action }, 'o-client', 'staff')).toEqual(fault('NOT_FOUND'));
      }
      const timer = { Type: 'Timer', TriggerName: 'beat', Time: new Date().toISOString() };
      expect(await open.send(timer, 'o-client', 'jobs')).toEqual({ done: false });
      expect(await open.beat()).toEqual({ done: true });
    } finally {
      await open.stop();
    }
  });

  it.each(Object.keys(staffApi))('%s is refused without a name of who orders', async (action) => {
    expect(await cloud.callAsPlatform('staff', { action, input: {} })).toEqual(fault('BAD_REQUEST'));
  });

  it('what is served to readers is not served to staff, and the other way round', async () => {
    expect(await cloud.callAsPlatform('staff', { action: 'onboarding.overview' })).toEqual(
      fault('BAD_REQUEST'),
    );
    expect(await cloud.send(event, 'o-client')).toEqual(fault('BAD_REQUEST'));
    expect(await cloud.send(event, 'o-client', 'public')).toEqual(fault('BAD_REQUEST'));
  });
});

describe('a bank', () => {
  const put = (slice: number, items: unknown, draft = DRAFT) =>
    cloud.callAsPlatform('staff', { action: 'onboarding.putSlice', input: { by: 'x', draft, slice, items } });
  const publishing = (slices: number, items: number, draft = DRAFT) =>
    cloud.order('onboarding.publish', { draft, slices, items });

  it('comes in whole or not at all', async () => {
    expect(await publishing(1, 50)).toEqual(fault('BAD_REQUEST'));
    dataOf((await put(0, BANK.slice(0, 50))) as never);
    expect(await publishing(2, 100)).toEqual(fault('BAD_REQUEST'));
    // fifty items of three modules lack topics that every paper asks
    expect(await publishing(1, 50)).toEqual(fault('BAD_REQUEST'));
    expect(await publishing(1, 49)).toEqual(fault('BAD_REQUEST'));
    dataOf((await put(2, BANK.slice(100))) as never);
    expect(await publishing(3, BANK.length)).toEqual(fault('BAD_REQUEST'));
    expect(await stored('onboarding_settings')).toEqual([]);
    dataOf((await put(1, BANK.slice(50, 100))) as never);
    expect(dataOf(await publishing(3, BANK.length))).toEqual({ version: DRAFT, changed: true });
    expect(dataOf(await publishing(3, BANK.length))).toEqual({ version: DRAFT, changed: false });
  });

  it('is never changed once a part lies there', async () => {
    const [first, ...others] = BANK.slice(0, 50);
    const changed = [{ ...first!, answer: first!.type === 'single' ? ['a'] : first!.answer }, ...others];
    expect(await put(0, changed)).toEqual(fault('BAD_REQUEST'));
    // the same content in another order of its fields is the same
    const same = BANK.slice(0, 50).map((item) => Object.fromEntries(Object.entries(item).reverse()));
    expect(await put(0, same)).toEqual({ ok: true, data: {} });
    const [{ items }] = (await stored('onboarding_banks')).filter(({ _id }) => _id === `${DRAFT}:0`) as [
      { items: unknown },
    ];
    expect(items).toEqual(BANK.slice(0, 50));
  });

  it('that was published outlives what was not', async () => {
    dataOf((await put(0, BANK.slice(0, 20), 'ffff0000ffff0000')) as never);
    cloud.clock.set(cloud.clock.now() + 25 * 60 * MINUTE);
    await cloud.beat();
    const drafts = new Set((await stored('onboarding_banks')).map(({ draft }) => draft));
    expect([...drafts]).toEqual([DRAFT]);
  });

  it.each<[string, object]>([
    ['without a right answer', { answer: [] }],
    ['with a right answer that is no option', { answer: ['z'] }],
    ['with an unknown field', { hint: 'c' }],
    ['of an unknown module', { module: 'magic' }],
    ['in one language', { stem: { zh: '只有中文' } }],
  ])('takes no item %s', async (_, wrong) => {
    const item = makeItem('wrong', 'help', 0);
    expect(await put(0, [{ ...item, ...wrong }], '0000111122223333')).toEqual(fault('BAD_REQUEST'));
  });

  it('that names an id twice is not published', async () => {
    const twice = [...BANK.slice(0, 49), BANK[0]!];
    for (const [slice, items] of [twice, BANK.slice(50, 100), BANK.slice(100)].entries()) {
      dataOf((await put(slice, items, '1111222233334444')) as never);
    }
    expect(await publishing(3, BANK.length, '1111222233334444')).toEqual(fault('BAD_REQUEST'));
  });

  it('can be taken out again part by part once it was published, also when another has taken its place', async () => {
    const { version, items, last } = dataOf(await cloud.order('onboarding.bank', { slice: 0 }));
    expect([items, last]).toEqual([BANK.slice(0, 50), false]);
    const other = makeBank('b');
    await publish(cloud, other);
    const parts = [];
    for (const slice of [0, 1, 2])
      parts.push(dataOf(await cloud.order('onboarding.bank', { version, slice })));
    expect(parts.flatMap((part) => part.items)).toEqual(BANK);
    expect(parts.map((part) => part.last)).toEqual([false, false, true]);
    expect(dataOf(await cloud.order('onboarding.bank', { slice: 0 })).items).toEqual(other.slice(0, 50));
    const back = { draft: version, slices: 3, items: BANK.length };
    expect(dataOf(await cloud.order('onboarding.publish', back))).toMatchObject({ changed: true });
    // what was never published is no bank, nor is what is not there
    for (const unknown of [
      { version: '1111222233334444', slice: 0 },
      { version, slice: 3 },
    ])
      expect(await cloud.order('onboarding.bank', unknown)).toEqual(fault('NOT_FOUND'));
  });

  it('can be looked at as a paper with its key; the same seed gives the same', async () => {
    // a library that has still to make its index is slow, and what it adds is then left out
    cloud.library.prepare();
    const preview = async (seed: string) => dataOf(await cloud.order('onboarding.preview', { seed }));
    const one = await preview('a');
    expect(one.items).toHaveLength(20);
    for (const { id, options, right } of one.items) {
      const item = BANK.find((known) => known.id === id);
      if (item)
        expect(right.map((place) => options[place]!.zh)).toEqual(
          item.answer.map((key) => item.options.find((option) => option.id === key)!.zh),
        );
    }
    expect(await preview('a')).toEqual(one);
    expect((await preview('b')).items.map(({ id }) => id)).not.toEqual(one.items.map(({ id }) => id));
  });
});

describe('readers', () => {
  it('get more time, also in a paper that is open; and it is taken back', async () => {
    await configure(cloud, ASKED);
    await bind(cloud, 'freshman', 'o-1');
    const { readerCode } = await overview('o-1');
    const paper = await begin(cloud, 'o-1');
    const ends = async () => Date.parse((await begin(cloud, 'o-1')).endsAt) - Date.parse(paper.endsAt);
    const give = async (minutes: number) =>
      dataOf(
        await cloud.order('onboarding.extraTime', { reader: readerCode, reason: 'reads slowly', minutes }),
      );
    await give(15);
    expect(await ends()).toBe(15 * MINUTE);
    expect((await overview('o-1')).rules.minutes).toBe(45);
    await give(20);
    expect(await ends()).toBe(20 * MINUTE);
    cloud.clock.set(Date.parse(paper.endsAt) + 10 * MINUTE);
    expect(
      dataOf(
        await cloud.call('onboarding.answer', { attemptId: paper.attemptId, answers: { '0': [0] } }, 'o-1'),
      ).saved,
    ).toBe(true);
    await give(0);
    expect(
      dataOf(
        await cloud.call('onboarding.answer', { attemptId: paper.attemptId, answers: { '1': [0] } }, 'o-1'),
      ).saved,
    ).toBe(false);
    expect((await overview('o-1')).rules.minutes).toBe(30);
    cloud.clock.set(cloud.clock.now() + MINUTE);
    await cloud.beat();
  });

  it('who are not known are not found', async () => {
    const reader = 'AAAA-BBBB-CCCC';
    const reason = 'x';
    expect(await cloud.order('onboarding.waive', { reader, reason, on: true })).toEqual(fault('NOT_FOUND'));
    expect(await cloud.order('onboarding.extraTime', { reader, reason, minutes: 5 })).toEqual(
      fault('NOT_FOUND'),
    );
    expect(await stored('onboarding_readers')).toHaveLength(1);
  });

  it('are counted by college and grade, and each question by how it was answered', async () => {
    await bind(cloud, 'secondFreshman', 'o-2');
    await bind(cloud, 'postgraduate', 'o-3');
    await sit(cloud, 'o-2', BANK);
    await sit(cloud, 'o-3', BANK, 'wrong');
    dataOf(
      await cloud.order('onboarding.waive', {
        reader: (await overview('o-3')).readerCode,
        reason: 'guest',
        on: true,
      }),
    );
    const { groups, items } = dataOf(await cloud.order('onboarding.statistics', {}));
    const sum = (what: 'begun' | 'passed' | 'waived') =>
      groups.reduce((total, group) => total + group[what], 0);
    expect([sum('begun'), sum('passed'), sum('waived')]).toEqual([3, 1, 1]);
    expect(groups.every(({ college, grade }) => college !== '' && grade.startsWith('2026'))).toBe(true);
    // three papers were marked, with what is known of each item from the papers themselves
    const attempts = (await stored('onboarding_attempts')) as unknown as {
      items: { id: string }[];
      right: boolean[];
    }[];
    expect(attempts).toHaveLength(3);
    for (const { id, asked, difficulty } of items) {
      const marks = attempts.flatMap((one) =>
        one.items.flatMap((item, place) => (item.id === id ? [one.right[place]!] : [])),
      );
      expect({ id, asked, difficulty }).toEqual({
        id,
        asked: marks.length,
        difficulty: marks.filter(Boolean).length / marks.length,
      });
    }
    expect(items.reduce((total, { asked }) => total + asked, 0)).toBe(60);
  });

  it('who have passed are listed, page by page, without a name or a number', async () => {
    const { rows, next } = dataOf(await cloud.order('onboarding.export', { reason: 'for the card office' }));
    expect(next).toBeUndefined();
    const { readerCode, pass } = await overview('o-2');
    expect(rows).toEqual([
      {
        readerCode,
        readerType: 'UG',
        college: expect.any(String),
        grade: '2026级',
        passedAt: pass!.at,
        mark: pass!.mark,
        unlock: 'unlocked',
      },
    ]);
    expect(dataOf(await cloud.order('onboarding.export', { reason: 'x', after: readerCode })).rows).toEqual(
      [],
    );
  });

  it('and every order about them stands in the audit, with who gave it and why', async () => {
    const audit = (await stored('audit')) as {
      action: string;
      by: string;
      reader?: string;
      details: { reason?: string };
    }[];
    expect(audit.every(({ by }) => by === 'desk-1')).toBe(true);
    const of = (action: string) => audit.filter((one) => one.action === action);
    expect(of('onboarding.extraTime').map(({ details }) => details)).toEqual(
      [15, 20, 0].map((minutes) => ({ minutes, reason: 'reads slowly' })),
    );
    expect(of('onboarding.waive')).toEqual([
      expect.objectContaining({
        reader: (await overview('o-3')).readerCode,
        details: { on: true, reason: 'guest' },
      }),
    ]);
    expect(of('onboarding.publish').length).toBeGreaterThan(0);
    expect(of('onboarding.settings').length).toBeGreaterThan(0);
    expect(of('onboarding.export')).toHaveLength(2);
    // a bank taken out is written once, however many parts it has
    expect(of('onboarding.bank')).toHaveLength(3);
    expect(JSON.stringify(audit)).not.toMatch(/20261100|20262100/);
  });
});

describe('a certificate', () => {
  it('is verified by anybody, however it is typed, and tells the year and nothing else', async () => {
    const certificate = dataOf(await cloud.call('onboarding.certificate', {}, 'o-2'));
    const { code, year, library, maskedName, hasRead } = certificate;
    // this library asks nobody to read
    expect(hasRead).toBe(false);
    expect({ year, library, maskedName }).toEqual({
      year: yearAtHome(cloud),
      library: '书童示范大学图书馆',
      maskedName: '读＊',
    });
    for (const typed of [code, code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', ' ')]) {
      for (const openid of ['', 'o-anybody']) {
        expect(await cloud.ask(typed, openid)).toEqual({
          ok: true,
          data: { valid: true, year: yearAtHome(cloud) },
        });
      }
    }
    expect(await cloud.call('onboarding.certificate', {}, 'o-1')).toEqual(fault('NOT_FOUND'));
  });

  it('is there while the library is away, but for the library’s name', async () => {
    cloud.link.set('offline');
    cloud.clock.set(cloud.clock.now() + 11 * MINUTE);
    const { code, library, maskedName } = dataOf(await cloud.call('onboarding.certificate', {}, 'o-2'));
    expect({ library, maskedName }).toEqual({ maskedName: '读＊' });
    expect(await cloud.ask(code)).toEqual({ ok: true, data: { valid: true, year: yearAtHome(cloud) } });
    cloud.link.set('none');
  });

  it('is not made by guessing', async () => {
    for (const guess of ['0000-0000-0000-0000', 'ZZZZZZZZZZZZZZZZ']) {
      expect(await cloud.ask(guess)).toEqual({ ok: true, data: { valid: false } });
    }
    for (const wrong of [
      '',
      'short',
      'U'.repeat(16),
      'A'.repeat(1_000),
      { $gt: '' },
      ['A'.repeat(16)],
      null,
      1,
    ]) {
      expect(await cloud.ask(wrong)).toEqual(fault('BAD_REQUEST'));
    }
  });

  it('is looked up only so often by one instance', async () => {
    const answers = [];
    for (let i = 0; i < 400; i++) answers.push(await cloud.ask('0000-0000-0000-0000'));
    expect(answers.at(-1)).toEqual(fault('BUSY', true));
    // one who has an identity is neither kept out by those without, nor keeps anybody else out
    const known = [];
    for (let i = 0; i < 40; i++) known.push(await cloud.ask('0000-0000-0000-0000', 'o-curious'));
    expect(known[0]).toEqual({ ok: true, data: { valid: false } });
    expect(known.at(-1)).toEqual(fault('BUSY', true));
    expect(await cloud.ask('0000-0000-0000-0000', 'o-other')).toEqual({ ok: true, data: { valid: false } });
    cloud.clock.set(cloud.clock.now() + MINUTE);
    expect(await cloud.ask('0000-0000-0000-0000')).toEqual({ ok: true, data: { valid: false } });
  });
});

it('gives readers the bank that was published, not one that was only put in', async () => {
  const next = makeBank('next');
  for (let slice = 0; slice < 3; slice++) {
    const items = next.slice(slice * 50, slice * 50 + 50);
    dataOf(await cloud.order('onboarding.putSlice', { draft: '9999888877776666', slice, items }));
  }
  await bind(cloud, 'none', 'o-4');
  cloud.clock.set(cloud.clock.now() + MINUTE);
  const { items } = await begin(cloud, 'o-4');
  expect(items.some(({ stem }) => next.some((item) => item.stem.zh === stem.zh))).toBe(false);
  expect(Object.keys(rightAnswers({ items } as never, BANK)).length).toBeGreaterThanOrEqual(17);
  await publish(cloud, next);
});

it('marks a paper by the mark that was asked when it was given out', async () => {
  await configure(cloud, { ...ASKED, passMark: 95 });
  await bind(cloud, 'twenty', 'o-5');
  const { attemptId } = await begin(cloud, 'o-5');
  await configure(cloud, { ...ASKED, passMark: 50 });
  cloud.clock.set(cloud.clock.now() + MINUTE);
  expect((await overview('o-5')).rules.passMark).toBe(50);
  expect(dataOf(await cloud.call('onboarding.submit', { attemptId }, 'o-5'))).toMatchObject({
    passMark: 95,
    passed: false,
  });
});
