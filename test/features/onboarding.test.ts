import type { Answers, BeginOutput } from '../../contracts/onboarding';
import { readerApi, type ReaderAction } from '../../contracts';
import { MODULES, TOPICS } from '../../contracts/onboarding/words';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import {
  ASKED,
  begin,
  configure,
  ID_MARK,
  makeBank,
  otherChoice,
  publish,
  read,
  rightAnswers,
  rightChoice,
  sit,
} from './support/onboarding';
import { readDatabase } from './support/read-database';
import { bind, fault, proofOf } from './support/readers';

jest.setTimeout(120_000);

const MINUTE = 60_000;
const BANK = makeBank();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud();
  await publish(cloud, BANK);
  await configure(cloud, ASKED);
}, 120_000);
afterAll(() => cloud.stop());

const overview = async (openid: string) => dataOf(await cloud.call('onboarding.overview', {}, openid));
const answer = (openid: string, attemptId: string, answers: unknown) =>
  cloud.send({ action: 'onboarding.answer', input: { attemptId, answers } }, openid);
const later = (minutes: number): void => cloud.clock.set(cloud.clock.now() + minutes * MINUTE);
const twenty = <T>(call: (i: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 20 }, (_, i) => call(i)));
const stored = async (name: string) => (await readDatabase(cloud.url()))[name]!;

describe('every action', () => {
  const actions = Object.keys(readerApi).filter((action) => action.startsWith('onboarding.'));
  const fits: Record<string, object> = {
    'onboarding.read': { module: 'hours', cards: 1, of: 4 },
    'onboarding.campus': { campus: 'MAIN' },
    'onboarding.answer': { attemptId: 'a'.repeat(22), answers: {} },
    'onboarding.submit': { attemptId: 'a'.repeat(22) },
    'onboarding.result': { attemptId: 'a'.repeat(22) },
  };

  it.each(actions)('%s asks for a card, and for an identity', async (action) => {
    const input = fits[action] ?? {};
    expect(await cloud.send({ action, input }, 'o-without-card')).toEqual(fault('CARD_NOT_BOUND'));
    expect(await cloud.callAsPlatform('reader', { action, input })).toEqual(fault('NO_IDENTITY'));
  });

  it.each<[ReaderAction, unknown]>([
    ['onboarding.read', { module: 'nonsense', cards: 1, of: 2 }],
    ['onboarding.read', { module: 'hours', cards: -1, of: 2 }],
    ['onboarding.read', { module: 'hours', cards: 1, of: 51 }],
    ['onboarding.read', { module: 'hours', cards: 1, of: 0 }],
    ['onboarding.campus', { campus: 'x'.repeat(33) }],
    ['onboarding.campus', {}],
    ['onboarding.answer', { attemptId: 'short', answers: {} }],
    ['onboarding.answer', { attemptId: { $gt: '' }, answers: {} }],
    ['onboarding.submit', { attemptId: ['a'.repeat(22)] }],
    ['onboarding.result', { attemptId: 'a.b.c.d.e.f' }],
  ])('%s refuses %j', async (action, input) => {
    expect(await cloud.send({ action, input }, 'o-without-card')).toEqual(fault('BAD_REQUEST'));
  });
});

describe('reading', () => {
  it('is kept as far as it has come, whatever comes late', async () => {
    await bind(cloud, 'promoted', 'o-reader');
    const progress = async (cards: number) =>
      dataOf(await cloud.call('onboarding.read', { module: 'seats', cards, of: 6 }, 'o-reader')).modules.find(
        ({ module }) => module === 'seats',
      );
    expect(await progress(3)).toEqual({ module: 'seats', cards: 3, read: false, again: false });
    expect(await progress(2)).toMatchObject({ cards: 3, read: false });
    expect(await progress(6)).toMatchObject({ cards: 6, read: true });
    expect(await progress(1)).toMatchObject({ cards: 6, read: true });
    expect((await overview('o-reader')).modules.filter((one) => one.read)).toHaveLength(1);
  });

  it('shows the rules and the books of the library, and a branch only when there is one', async () => {
    const { policy, readerType } = dataOf(await cloud.call('onboarding.facts', {}, 'o-reader'));
    expect(policy).toEqual(await cloud.library.policy!.loanRules!());
    expect(readerType?.code).toBe('PG');
    const { books, shelves } = dataOf(await cloud.call('onboarding.exercise', {}, 'o-reader'));
    expect(books).toHaveLength(5);
    expect(shelves?.ranges).toHaveLength(4);
    expect(await cloud.call('onboarding.campus', { campus: 'MOON' }, 'o-reader')).toEqual(
      fault('BAD_REQUEST'),
    );
    dataOf(await cloud.call('onboarding.campus', { campus: 'EAST' }, 'o-reader'));
    expect((await overview('o-reader')).campus).toBe('EAST');
  });

  it('says of no library that is away what its rules are, and lets the paper begin all the same', async () => {
    cloud.link.set('offline');
    later(11);
    expect(await cloud.call('onboarding.facts', {}, 'o-reader')).toEqual(fault('LIBRARY_UNREACHABLE', true));
    const { standing, campuses } = await overview('o-reader');
    expect({ standing, campuses }).toEqual({ standing: 'exempt' });
    expect((await begin(cloud, 'o-reader')).items).toHaveLength(20);
    cloud.link.set('none');
  });
});

describe('a paper', () => {
  it('is one, however many calls begin it at once', async () => {
    await bind(cloud, 'twenty', 'o-many');
    const papers = (await twenty(() => cloud.call('onboarding.begin', {}, 'o-many'))).map(dataOf);
    expect(new Set(papers.map((one) => ('paper' in one ? one.paper.attemptId : one.refused))).size).toBe(1);
    const texts = papers.map((one) => JSON.stringify('paper' in one && one.paper.items));
    expect(new Set(texts).size).toBe(1);
    const owner = (await stored('onboarding_attempts')).filter(
      ({ _id }) => texts[0] && _id === (papers[0] as { paper: { attemptId: string } }).paper.attemptId,
    );
    expect(owner).toHaveLength(1);
    const of = (await stored('onboarding_attempts')).filter((one) => one['owner'] === owner[0]!['owner']);
    expect(of).toHaveLength(1);
  });

  it('asks each must-know topic and each module, and other questions the next time', async () => {
    await bind(cloud, 'debtor', 'o-seen');
    const first = await begin(cloud, 'o-seen');
    const named = (paper: typeof first) =>
      paper.items.flatMap(({ stem }) => BANK.find((item) => item.stem.zh === stem.zh) ?? []);
    expect(new Set(named(first).flatMap(({ mustKnow }) => mustKnow ?? []))).toEqual(new Set(TOPICS));
    expect(new Set(first.items.map(({ module }) => module))).toEqual(new Set(MODULES));
    await cloud.call('onboarding.submit', { attemptId: first.attemptId }, 'o-seen');
    const second = await begin(cloud, 'o-seen');
    expect(second.attemptId).not.toBe(first.attemptId);
    const again = named(second).filter(({ id }) => named(first).some((one) => one.id === id));
    expect(again).toEqual([]);
  });

  it('is there on another phone with what was saved, and with the time that is left by the server', async () => {
    await bind(cloud, 'hard', 'o-phone-1');
    const paper = await begin(cloud, 'o-phone-1');
    const saved = dataOf(
      await cloud.call(
        'onboarding.answer',
        { attemptId: paper.attemptId, answers: { '0': [1] } },
        'o-phone-1',
      ),
    );
    expect(saved).toMatchObject({ saved: true, answered: 1 });
    later(10);
    const answerOfBind = await cloud.call('cards.bind', { ...proofOf('hard'), replace: true }, 'o-phone-2');
    dataOf(answerOfBind);
    const there = await begin(cloud, 'o-phone-2');
    expect(there).toMatchObject({
      attemptId: paper.attemptId,
      endsAt: paper.endsAt,
      items: paper.items,
      answers: { '0': [1] },
    });
    expect(Date.parse(there.now) - Date.parse(paper.now)).toBeGreaterThanOrEqual(10 * MINUTE);
    // whoever had the card before has it no more
    expect(await answer('o-phone-1', paper.attemptId, { '1': [0] })).toEqual(fault('CARD_NOT_BOUND'));
  });
});

describe('answers', () => {
  let paper: Extract<BeginOutput, { paper: unknown }>['paper'];
  const OWN = 'o-answers';
  const single = () => paper.items.findIndex(({ type }) => type === 'single');

  beforeAll(async () => {
    await bind(cloud, 'none', OWN);
    paper = await begin(cloud, OWN);
  });

  it('are all kept, when twenty come at once', async () => {
    const answers = rightAnswers(paper, BANK);
    const full = paper.items.map((item, place) => answers[place] ?? otherChoice(item, undefined));
    const results = await twenty((place) => answer(OWN, paper.attemptId, { [place]: full[place] }));
    expect(results).toEqual(
      results.map(() => expect.objectContaining({ data: expect.objectContaining({ saved: true }) })),
    );
    expect(Object.values((await begin(cloud, OWN)).answers)).toEqual(full);
    expect((await overview(OWN)).open).toMatchObject({ attemptId: paper.attemptId, answered: 20 });
    // the same once more is saved, too
    expect(await answer(OWN, paper.attemptId, { '3': full[3] })).toMatchObject({
      data: { saved: true, answered: 20 },
    });
    expect(await answer(OWN, paper.attemptId, { '3': [] })).toMatchObject({
      data: { saved: true, answered: 19 },
    });
  });

  it.each<[string, unknown]>([
    ['a place beyond the paper', { '20': [0] }],
    ['a place of two spellings', { '00': [0] }],
    ['a negative place', { '-1': [0] }],
    ['a path into the document', { 'x.right': [0] }],
    ['an option beyond the item', { '0': [5] }],
    ['an option that is a text', { '0': ['0'] }],
    ['an option that is a half', { '0': [0.5] }],
    ['an option twice', { '0': [1, 1] }],
    ['a command of the database', { '0': { $set: [0] } }],
    ['no choice', { '0': null }],
    ['a text', 'all right'],
    ['too many', Object.fromEntries(Array.from({ length: 30 }, (_, i) => [i, [0]]))],
  ])('that are %s are refused and change nothing', async (_, answers) => {
    const before = (await begin(cloud, OWN)).answers;
    expect(await answer(OWN, paper.attemptId, answers)).toEqual(fault('BAD_REQUEST'));
    const input = { attemptId: paper.attemptId, answers };
    expect(await cloud.send({ action: 'onboarding.submit', input }, OWN)).toEqual(fault('BAD_REQUEST'));
    expect((await begin(cloud, OWN)).answers).toEqual(before);
  });

  it.each([{}, JSON.parse('{"__proto__": [0], "constructor": [0]}') as object])(
    'that are none change nothing',
    async (answers) => {
      const before = (await begin(cloud, OWN)).answers;
      expect(await answer(OWN, paper.attemptId, answers)).toMatchObject({ data: { saved: true } });
      expect((await begin(cloud, OWN)).answers).toEqual(before);
    },
  );

  it('that choose two where one is right are refused', async () => {
    expect(await answer(OWN, paper.attemptId, { [single()]: [0, 1] })).toEqual(fault('BAD_REQUEST'));
  });

  it('to a paper of somebody else, and to one that does not exist, are refused alike', async () => {
    await bind(cloud, 'waiting', 'o-foreign');
    await begin(cloud, 'o-foreign');
    for (const attemptId of [paper.attemptId, 'A'.repeat(22) + '-1', paper.attemptId.replace(/1$/, '2')]) {
      expect(await answer('o-foreign', attemptId, { '0': [0] })).toEqual(fault('NOT_FOUND'));
      for (const action of ['onboarding.submit', 'onboarding.result'] as const) {
        expect(await cloud.call(action, { attemptId }, 'o-foreign')).toEqual(fault('NOT_FOUND'));
      }
    }
    expect((await overview(OWN)).open?.attemptId).toBe(paper.attemptId);
  });

  it('that come with handing in count, and what was there keeps counting', async () => {
    const right = rightAnswers(paper, BANK);
    const [place, choice] = Object.entries(right)[0]!;
    dataOf(await cloud.call('onboarding.answer', { attemptId: paper.attemptId, answers: right }, OWN));
    const wrong = { [place]: otherChoice(paper.items[Number(place)]!, choice) };
    const result = dataOf(
      await cloud.call('onboarding.submit', { attemptId: paper.attemptId, answers: wrong }, OWN),
    );
    const generated = paper.items.filter((item) => rightChoice(item, BANK) === undefined);
    expect(result.wrong.map((one) => one.place)).toContain(Number(place));
    expect(result.right).toBeGreaterThanOrEqual(20 - 1 - generated.length);
    expect(result.late).toBe(false);
  });
});

describe('handing in', () => {
  it('says of no answers that they came late for being written in another order', async () => {
    await bind(cloud, 'department', 'o-order');
    const { attemptId, items } = await begin(cloud, 'o-order');
    const answers = Object.fromEntries(
      items.map(({ type }, place) => [place, type === 'multiple' ? [2, 0] : [0]]),
    );
    const submit = async (sent: typeof answers) =>
      dataOf(await cloud.call('onboarding.submit', { attemptId, answers: sent }, 'o-order')).late;
    expect(await submit(answers)).toBe(false);
    expect(await submit(answers)).toBe(false);
    expect(await submit({ ...answers, 7: [1] })).toBe(true);
  });

  it('happens once, however many hand in at once and whatever they bring', async () => {
    await bind(cloud, 'expiring', 'o-twice');
    const paper = await begin(cloud, 'o-twice');
    const right = rightAnswers(paper, BANK);
    const results = (
      await twenty((i) =>
        cloud.call(
          'onboarding.submit',
          { attemptId: paper.attemptId, answers: i % 2 === 0 ? right : {} },
          'o-twice',
        ),
      )
    ).map(dataOf);
    const same = results.map(({ late: _, ...result }) => JSON.stringify(result));
    expect(new Set(same).size).toBe(1);
    const again = dataOf(await cloud.call('onboarding.submit', { attemptId: paper.attemptId }, 'o-twice'));
    expect(again).toMatchObject({
      mark: results[0]!.mark,
      submittedAt: results[0]!.submittedAt,
      late: false,
    });
    expect(
      dataOf(await cloud.call('onboarding.result', { attemptId: paper.attemptId }, 'o-twice')).mark,
    ).toBe(again.mark);
    const { failures, open } = await overview('o-twice');
    expect(open).toBeUndefined();
    expect(failures).toBe(again.passed ? 0 : 1);
    expect(await stored('onboarding_certificates')).toHaveLength(
      (await stored('onboarding_readers')).filter(({ pass }) => pass !== undefined).length,
    );
    // an answer that comes after it is not kept
    expect(await answer('o-twice', paper.attemptId, { '0': [0] })).toMatchObject({ data: { saved: false } });
  });

  it('takes several options in whatever order, and calls none of them late', async () => {
    await bind(cloud, 'staff', 'o-order');
    const paper = await begin(cloud, 'o-order');
    const right = Object.entries(rightAnswers(paper, BANK));
    const answers = Object.fromEntries(
      right.map(([place, choice]) =>
        paper.items[Number(place)]!.type === 'multiple' ? [place, [...choice].reverse()] : [place, choice],
      ),
    );
    expect(Object.fromEntries(right)).not.toEqual(answers);
    const input = { attemptId: paper.attemptId, answers };
    const first = dataOf(await cloud.call('onboarding.submit', input, 'o-order'));
    expect(first).toMatchObject({ right: right.length, late: false });
    expect(dataOf(await cloud.call('onboarding.submit', input, 'o-order'))).toEqual(first);
    await cloud.call('privacy.erase', { confirm: true }, 'o-order');
  });

  it('too late leaves what was saved, by the time of the server and not of the phone', async () => {
    await bind(cloud, 'staff', 'o-late');
    const paper = await begin(cloud, 'o-late');
    const right = rightAnswers(paper, BANK);
    const places = Object.keys(right).slice(0, 5);
    const some = Object.fromEntries(places.map((place) => [place, right[place]])) as Answers;
    dataOf(await cloud.call('onboarding.answer', { attemptId: paper.attemptId, answers: some }, 'o-late'));
    later(30);
    expect(await answer('o-late', paper.attemptId, { '19': [0] })).toMatchObject({
      data: { saved: false, answered: 5 },
    });
    const event = {
      action: 'onboarding.submit',
      // a phone says what it likes
      input: { attemptId: paper.attemptId, answers: right, now: paper.now, submittedAt: paper.now },
      now: paper.now,
    };
    const result = (await cloud.send(event, 'o-late')) as {
      data: { right: number; late: boolean; passed: boolean };
    };
    expect(result.data).toMatchObject({ right: 5, late: true, passed: false });
    expect(
      dataOf(await cloud.call('onboarding.submit', { attemptId: paper.attemptId, answers: some }, 'o-late')),
    ).toMatchObject({ right: 5 });
  });

  it('is done by the job when nobody does it, with what was saved', async () => {
    await bind(cloud, 'substitute', 'o-gone');
    const paper = await begin(cloud, 'o-gone');
    const right = rightAnswers(paper, BANK);
    dataOf(await cloud.call('onboarding.answer', { attemptId: paper.attemptId, answers: right }, 'o-gone'));
    expect(await cloud.beat()).toEqual({ done: true });
    expect((await overview('o-gone')).open).toBeDefined();
    expect(await cloud.call('onboarding.result', { attemptId: paper.attemptId }, 'o-gone')).toEqual(
      fault('NOT_FOUND'),
    );
    later(31);
    expect(await cloud.beat()).toEqual({ done: true });
    const attempt = (await stored('onboarding_attempts')).find(({ _id }) => _id === paper.attemptId);
    expect(attempt).toMatchObject({ state: 'submitted', mark: expect.any(Number) });
    expect(attempt).not.toHaveProperty('ref');
    const { mark, late } = dataOf(
      await cloud.call('onboarding.result', { attemptId: paper.attemptId }, 'o-gone'),
    );
    expect(mark).toBeGreaterThanOrEqual(85);
    expect(late).toBe(false);
    expect((await overview('o-gone')).lastAttemptId).toBe(paper.attemptId);
  });
});

describe('nothing that travels reveals a key', () => {
  const OPTION_KEYS = ['en', 'zh'];

  it('before a paper is handed in, and of other questions after it', async () => {
    await bind(cloud, 'blocked', 'o-spy-1');
    await bind(cloud, 'freshman', 'o-spy-2');
    const wire: string[] = [];
    const spy = async (action: string, input: object, openid: string): Promise<unknown> => {
      const said = await cloud.send({ action, input }, openid);
      wire.push(JSON.stringify(said));
      return said;
    };
    const papers = [];
    for (const openid of ['o-spy-1', 'o-spy-2']) {
      await spy('onboarding.overview', {}, openid);
      const { data } = (await spy('onboarding.begin', {}, openid)) as {
        data: { paper: Awaited<ReturnType<typeof begin>> };
      };
      const { paper } = data;
      papers.push(paper);
      expect(Object.keys(paper).sort()).toEqual(['answers', 'attemptId', 'endsAt', 'items', 'now']);
      for (const item of paper.items) {
        expect(Object.keys(item).sort()).toEqual(['module', 'options', 'stem', 'type']);
        expect(Object.keys(item.stem).sort()).toEqual(OPTION_KEYS);
        for (const option of item.options) expect(Object.keys(option).sort()).toEqual(OPTION_KEYS);
      }
    }
    // answers right and wrong are answered alike
    const [paper] = papers as [Awaited<ReturnType<typeof begin>>];
    const right = rightAnswers(paper, BANK);
    const said = new Set<string>();
    for (const [place, choice] of Object.entries(right)) {
      for (const one of [choice, otherChoice(paper.items[Number(place)]!, choice)]) {
        const { data } = (await spy(
          'onboarding.answer',
          { attemptId: paper.attemptId, answers: { [place]: one } },
          'o-spy-1',
        )) as { data: object };
        said.add(JSON.stringify({ ...data, now: '', answered: 0 }));
      }
    }
    expect(said.size).toBe(1);
    // an export names the paper and what was answered, not what it is made of
    expect(JSON.stringify(await spy('privacy.export', {}, 'o-spy-1'))).toContain(paper.attemptId);
    expect(await spy('onboarding.result', { attemptId: paper.attemptId }, 'o-spy-1')).toEqual(
      fault('NOT_FOUND'),
    );
    await spy('onboarding.submit', { attemptId: paper.attemptId }, 'o-spy-1');
    await spy('privacy.export', {}, 'o-spy-1');
    await spy('onboarding.result', { attemptId: paper.attemptId }, 'o-spy-1');
    const all = wire.join('\n');
    expect(all).not.toContain(ID_MARK);
    expect(all).not.toMatch(/"(answer|key|correct|version|ruleRef|order)":/);
    // all were answered wrongly: not one right option stands in what came after
    const after = wire.slice(-3).join('\n');
    for (const [place, choice] of Object.entries(right)) {
      const item = paper.items[Number(place)]!;
      if (item.type === 'order') continue;
      const wrongly = otherChoice(item, choice);
      for (const option of choice.filter((one) => !wrongly.includes(one))) {
        expect(after).not.toContain(item.options[option]!.zh);
      }
    }
  });

  it('not by where the right option stands either', async () => {
    const places = new Map<number, number>();
    for (const openid of ['o-spy-1', 'o-spy-2', 'o-many', 'o-seen', 'o-foreign']) {
      const answer = dataOf(await cloud.call('onboarding.begin', {}, openid));
      if (!('paper' in answer)) continue;
      for (const item of answer.paper.items.filter(({ type }) => type === 'single')) {
        const [place] = rightChoice(item, BANK) ?? [];
        if (place !== undefined) places.set(place, (places.get(place) ?? 0) + 1);
      }
    }
    // one of the four may be missing by chance
    expect(places.size).toBeGreaterThanOrEqual(3);
  });
});

describe('what the library changes', () => {
  it('a new bank changes no open paper, and is asked from the next on', async () => {
    await bind(cloud, 'secondFreshman', 'o-change');
    const paper = await begin(cloud, 'o-change');
    const next = makeBank('b');
    await publish(cloud, next);
    later(1);
    expect((await begin(cloud, 'o-change')).items).toEqual(paper.items);
    const right = rightAnswers(paper, BANK);
    // a new instance has never seen the old bank
    await cloud.restart();
    const result = dataOf(
      await cloud.call('onboarding.submit', { attemptId: paper.attemptId, answers: right }, 'o-change'),
    );
    expect(result.right).toBeGreaterThanOrEqual(Object.keys(right).length);
    expect(
      dataOf(await cloud.call('onboarding.result', { attemptId: paper.attemptId }, 'o-change')).mark,
    ).toBe(result.mark);
    await bind(cloud, 'postgraduate', 'o-next');
    const fresh = await begin(cloud, 'o-next');
    expect(fresh.items.filter((item) => rightChoice(item, next)).length).toBeGreaterThanOrEqual(17);
    await publish(cloud, BANK);
    later(1);
    // back at the bank of before: the paper that was begun stays what it was
    expect((await begin(cloud, 'o-next')).items).toEqual(fresh.items);
  });

  it('an empty window, and one that is over, close it; the answers of a paper that was begun still count', async () => {
    const today = new Date(cloud.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await bind(cloud, 'lost', 'o-window').catch(() => undefined);
    await configure(cloud, { ...ASKED, window: { from: '2020-01-01', to: '2020-12-31' } });
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-late'))).toEqual({ refused: 'CLOSED' });
    await configure(cloud, { ...ASKED, window: { from: today, to: today } });
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-late'))).toHaveProperty('paper');
    await configure(cloud, { ...ASKED, window: { from: '2020-01-01', to: '2020-12-31' } });
    const { open } = await overview('o-late');
    expect(await answer('o-late', open!.attemptId, { '0': [0] })).toMatchObject({ data: { saved: true } });
    await cloud.call('onboarding.submit', { attemptId: open!.attemptId }, 'o-late');
    await configure(cloud, ASKED);
  });
});

describe('failing', () => {
  it('asks to read again what was wrong, and pauses after three in a row, for twenty at once too', async () => {
    await configure(cloud, { ...ASKED, mustRead: true });
    await cloud.call('cards.unbind', {}, 'o-next');
    await bind(cloud, 'postgraduate', 'o-fails');
    later(31);
    await cloud.beat();
    const { failures: already } = await overview('o-fails');
    expect(already).toBe(1);
    const refused = dataOf(await cloud.call('onboarding.begin', {}, 'o-fails'));
    expect(refused).toMatchObject({ refused: 'READ_FIRST', modules: [...MODULES] });
    await read(cloud, 'o-fails', MODULES.slice(0, 7));
    expect(dataOf(await cloud.call('onboarding.begin', {}, 'o-fails'))).toEqual({
      refused: 'READ_FIRST',
      modules: ['help'],
    });
    await read(cloud, 'o-fails', ['help']);
    const second = await sit(cloud, 'o-fails', BANK, 'wrong');
    expect(second).toMatchObject({ passed: false, mark: 0, mustKnowMissed: true, failures: 2 });
    expect(second.modules.every(({ again }) => again)).toBe(true);
    expect(
      (await overview('o-fails')).modules.every((one) => one.again && !one.read && one.cards === 0),
    ).toBe(true);
    await read(cloud, 'o-fails');
    const third = await sit(cloud, 'o-fails', BANK, 'wrong');
    expect(third).toMatchObject({ failures: 3, pausedUntil: expect.any(String) });
    await read(cloud, 'o-fails');
    for (const one of await twenty(() => cloud.call('onboarding.begin', {}, 'o-fails'))) {
      expect(dataOf(one)).toEqual({ refused: 'PAUSED', until: third.pausedUntil });
    }
    expect(Date.parse(third.pausedUntil!) - Date.parse(third.submittedAt)).toBe(10 * MINUTE);
    later(10);
    // the run begins anew
    expect((await overview('o-fails')).failures).toBe(0);
    expect(await sit(cloud, 'o-fails', BANK, 'wrong')).toMatchObject({ failures: 1 });
    await configure(cloud, ASKED);
  });

  it('by one must-know item alone fails a paper of whatever mark', async () => {
    const paper = await begin(cloud, 'o-fails');
    const answers = { ...rightAnswers(paper, BANK) };
    const place = paper.items.findIndex(({ stem }) =>
      BANK.some((item) => item.mustKnow && item.stem.zh === stem.zh),
    );
    answers[place] = otherChoice(paper.items[place]!, answers[place]);
    const result = dataOf(
      await cloud.call('onboarding.submit', { attemptId: paper.attemptId, answers }, 'o-fails'),
    );
    expect(result.mark).toBeGreaterThanOrEqual(80);
    expect(result).toMatchObject({ passed: false, mustKnowMissed: true });
    expect(result.wrong.find((one) => one.place === place)).toMatchObject({ mustKnow: true });
  });

  it('is over with a pass, after which nobody begins again', async () => {
    expect(await sit(cloud, 'o-fails', BANK)).toMatchObject({ passed: true, failures: 0 });
    for (const one of await twenty(() => cloud.call('onboarding.begin', {}, 'o-fails'))) {
      expect(dataOf(one)).toEqual({ refused: 'PASSED' });
    }
  });
});

it('asks nothing where no bank was put in', async () => {
  const empty = await startLocalCloud();
  try {
    await bind(empty, 'freshman', 'o-1');
    expect(await empty.call('onboarding.begin', {}, 'o-1')).toMatchObject({
      data: { refused: 'READ_FIRST' },
    });
    await read(empty, 'o-1');
    expect(await empty.call('onboarding.begin', {}, 'o-1')).toMatchObject({ data: { refused: 'NO_BANK' } });
  } finally {
    await empty.stop();
  }
});

it('counts what one identity asks, far above what anybody needs', async () => {
  await bind(cloud, 'twenty', 'o-many').catch(() => undefined);
  let busy = 0;
  for (let i = 0; i < 40 && busy === 0; i++) {
    const answers = await twenty(() =>
      cloud.call('onboarding.read', { module: 'help', cards: 1, of: 4 }, 'o-many'),
    );
    busy += answers.filter((one) => !one.ok && one.error.code === 'BUSY').length;
  }
  expect(busy).toBeGreaterThan(0);
  // who saved too much can still sit
  expect(await cloud.call('onboarding.begin', {}, 'o-many')).toMatchObject({ ok: true });
});
