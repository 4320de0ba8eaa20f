import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Answers, Paper } from '../../contracts/onboarding';
import { fill } from '../../miniprogram/i18n';
import { en, fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { ATTEMPT, chapters, overview, paper, result } from './support/onboarding';
import type { Opened, openPage, until } from './support/open-page';

const PAPER = 'packages/onboarding/paper/paper';
const t = zh.paper;
let phone: Phone;
/** What the server has of the paper that is open */
let saved: Answers;
let open: Opened;
let support: { openPage: typeof openPage; until: typeof until };

beforeEach(async () => {
  // the queue of answers outlives a page: each test begins with an app that was just opened
  jest.resetModules();
  support = await import('./support/open-page');
  phone = fakePhone();
  saved = {};
  serve(paper());
});
afterEach(() => {
  open?.instance['onUnload']?.();
});

const state = () => open.data['state'];
const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

/** As if it had travelled. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** A server with one open paper. */
function serve(given: Paper): void {
  const isOpen = { attemptId: given.attemptId, endsAt: given.endsAt, answered: 0 };
  phone.answers = {
    'onboarding.overview': () => ok(overview({ now: given.now, open: isOpen })),
    'onboarding.begin': () => ok({ paper: copy({ ...given, answers: saved }) }),
    'onboarding.answer': ({ answers }: { answers: Answers }) => {
      Object.assign(saved, answers);
      return ok({ saved: true, now: given.now, answered: Object.keys(saved).length });
    },
    'onboarding.submit': () => ok(result()),
  };
}

async function start(): Promise<Opened> {
  open = support.openPage(PAPER);
  await support.until(
    () => state() === 'open',
    () => open.text(),
  );
  return open;
}
const tapOption = (place: number) => open.instance['onOption']?.({ currentTarget: { dataset: { place } } });
const moveOption = (place: number, by: number) =>
  open.instance['onMove']?.({ currentTarget: { dataset: { place, by } } });
const goTo = (at: number) => open.instance['onCell']?.({ currentTarget: { dataset: { at } } });
const placed = () => (open.data['item'] as { placed: { place: number }[] }).placed.map(({ place }) => place);

describe('beginning', () => {
  it('says the rules first, and begins only when told', async () => {
    phone.answers['onboarding.overview'] = ok(overview());
    open = support.openPage(PAPER);
    await support.until(() => state() === 'intro');
    expect(open.text()).toContain(fill(zh.onboarding.ruleLines.minutes, { n: 30 }));
    expect(inputs('onboarding.begin')).toEqual([]);
    open.tap('.start');
    await support.until(() => state() === 'open');
    expect(open.text()).toContain(fill(t.place, { n: 1, of: 5 }));
  });

  it.each([
    ['PASSED', { refused: 'PASSED' as const }],
    ['CLOSED', { refused: 'CLOSED' as const }],
    ['NO_BANK', { refused: 'NO_BANK' as const }],
  ])('says why not: %s', async (code, answer) => {
    phone.answers['onboarding.overview'] = ok(overview());
    phone.answers['onboarding.begin'] = ok(answer);
    open = support.openPage(PAPER);
    await support.until(() => state() === 'intro');
    open.tap('.start');
    await support.until(() => state() === 'refused');
    expect(open.text()).toContain(t.refused[code as keyof typeof t.refused].title);
  });

  it('lists what is to be read first and leads there', async () => {
    phone.answers['onboarding.overview'] = ok(
      overview({ lastAttemptId: 'x', modules: chapters({ seats: { again: true } }) }),
    );
    open = support.openPage(PAPER);
    await support.until(() => state() === 'refused');
    open.tap('.to-read .entry');
    await support.until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/module/module?module=seats']);
  });

  it('says that no card is bound, that nothing could be read, and tries again', async () => {
    phone.answers['onboarding.overview'] = fault('CARD_NOT_BOUND');
    open = support.openPage(PAPER);
    await support.until(() => state() === 'unbound');
    phone.answers['onboarding.overview'] = fault('INTERNAL');
    open = support.openPage(PAPER);
    await support.until(() => state() === 'error');
    serve(paper());
    open.instance['onNotice']?.();
    await support.until(() => state() === 'open');
  });

  it('goes on where one was, on another phone too', async () => {
    saved = { 0: [2], 1: [0, 3] };
    await start();
    expect(open.data).toMatchObject({ at: 2, answered: 2 });
    goTo(1);
    const { options } = open.data['item'] as { options: { chosen: boolean }[] };
    expect(options.map(({ chosen }) => chosen)).toEqual([true, false, false, true]);
  });
});

describe('answering', () => {
  it('saves each answer as it is given, and says so', async () => {
    await start();
    tapOption(1);
    await support.until(() => open.text().includes(t.saved));
    goTo(1);
    tapOption(3);
    tapOption(0);
    tapOption(3);
    await support.until(() => open.data['save'] === 'saved');
    expect(saved).toEqual({ 0: [1], 1: [0] });
    expect(phone.storage.has('onboarding-answers')).toBe(false);
  });

  it('puts in order by taps in sequence and by moving, and counts it only when complete', async () => {
    await start();
    goTo(3);
    for (const place of [2, 0, 1]) tapOption(place);
    expect(open.data['answered']).toBe(0);
    await support.until(() => open.text().includes(t.saved));
    expect(saved[3]).toEqual([2, 0, 1]);
    tapOption(3);
    expect(open.data['answered']).toBe(1);
    moveOption(3, -1);
    moveOption(2, -1);
    moveOption(1, 1);
    expect(placed()).toEqual([2, 0, 3, 1]);
    moveOption(0, -1);
    expect(placed()).toEqual([0, 2, 3, 1]);
    await support.until(() => open.data['save'] === 'saved');
    expect(saved[3]).toEqual([0, 2, 3, 1]);
    tapOption(2);
    expect(placed()).toEqual([0, 3, 1]);
  });

  it('can be done with a keyboard', async () => {
    await start();
    phone.press('2');
    phone.press('ArrowRight');
    phone.press('1');
    phone.press('3');
    phone.press('9');
    phone.press('ArrowLeft');
    expect(open.data['at']).toBe(0);
    await support.until(() => open.data['save'] === 'saved');
    expect(saved).toEqual({ 0: [1], 1: [0, 2] });
  });

  it('shows on the answer sheet what is missing', async () => {
    await start();
    tapOption(0);
    open.tap('.dock-sheet');
    const marks = open.data['cells'] as { answered: boolean }[];
    expect(marks.map(({ answered }) => answered)).toEqual([true, false, false, false, false]);
    expect(open.data['cells']).toContainEqual(
      expect.objectContaining({ n: 5, label: fill(t.unanswered, { n: 5 }) }),
    );
  });

  it('is shown in English when the app is', async () => {
    phone.storage.set('settings', { language: 'en' });
    await start();
    expect(open.text()).toContain('题干0 (en)');
    expect(open.text()).toContain(en.paper.types.single);
  });
});

describe('without a network', () => {
  it('keeps answers on the phone, says so, and sends them when it is back', async () => {
    await start();
    phone.answers['onboarding.answer'] = lost;
    tapOption(1);
    await support.until(
      () => open.data['save'] === 'unsaved',
      () => open.text(),
    );
    expect(open.text()).toContain(fill(t.unsaved, { n: 1 }));
    expect(phone.storage.get('onboarding-answers')).toEqual({ attemptId: ATTEMPT, answers: { 0: [1] } });
    goTo(2);
    tapOption(1);
    serve(paper());
    phone.reconnect();
    await support.until(() => open.data['save'] === 'saved');
    expect(saved).toEqual({ 0: [1], 2: [1] });
    expect(phone.storage.has('onboarding-answers')).toBe(false);
  });

  it('sends what an app that was closed could not send, over what the server had', async () => {
    saved = { 0: [0], 1: [1] };
    phone.storage.set('onboarding-answers', { attemptId: ATTEMPT, answers: { 0: [3] } });
    await start();
    await support.until(() => open.data['save'] === 'saved');
    expect(saved).toEqual({ 0: [3], 1: [1] });
    expect(open.data['answered']).toBe(2);
    expect(phone.storage.has('onboarding-answers')).toBe(false);
  });

  it('says of an app opened anew that a paper is open, and goes on by itself when it is back', async () => {
    await start();
    tapOption(1);
    await support.until(() => open.data['save'] === 'saved');
    open.instance['onUnload']?.();
    phone.answers['onboarding.overview'] = lost;
    open = support.openPage(PAPER);
    await support.until(() => state() === 'error');
    expect(open.text()).toContain(t.offlineOpen);
    expect(open.text()).toMatch(/还剩 (30:00|29:5\d)/);
    serve(paper());
    phone.reconnect();
    await support.until(() => state() === 'open');
    expect(open.data['answered']).toBe(1);
  });

  it('names no time that nobody has told this app', async () => {
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    phone.storage.set('onboarding-paper', { attemptId: ATTEMPT, endsAt, answered: 3 });
    phone.answers['onboarding.overview'] = lost;
    open = support.openPage(PAPER);
    await support.until(() => state() === 'error');
    expect(open.text()).toContain(t.offlineOpenHint);
  });

  it('sends nothing of another paper', async () => {
    phone.storage.set('onboarding-answers', { attemptId: 'another-attempt', answers: { 0: [3] } });
    await start();
    expect(open.data['answered']).toBe(0);
    expect(inputs('onboarding.answer')).toEqual([]);
  });

  it('goes on sending while the page is closed, and never puts an older answer over a newer one', async () => {
    await start();
    const waiting: (() => void)[] = [];
    phone.answers['onboarding.answer'] = ({ answers }: { answers: Answers }) =>
      new Promise((resolve) => {
        waiting.push(() => {
          Object.assign(saved, answers);
          resolve(ok({ saved: true, now: new Date().toISOString(), answered: 1 }));
        });
      });
    tapOption(1);
    open.instance['onUnload']?.();
    await start();
    goTo(0);
    tapOption(2);
    await support.until(() => waiting.length === 1);
    waiting[0]!();
    await support.until(() => waiting.length === 2);
    waiting[1]!();
    await support.until(() => open.data['save'] === 'saved');
    expect(saved[0]).toEqual([2]);
  });
});

describe('handing in', () => {
  it('asks with the number of unanswered ones, and shows the result', async () => {
    await start();
    tapOption(0);
    phone.confirm = false;
    await open.instance['onHandIn']?.();
    expect(phone.questions.at(-1)).toContain(fill(t.handInAsk, { n: 4 }));
    expect(inputs('onboarding.submit')).toEqual([]);
    phone.confirm = true;
    await open.instance['onHandIn']?.();
    expect(phone.visits).toEqual([`redirectTo /packages/onboarding/result/result?attemptId=${ATTEMPT}`]);
  });

  it('takes along what was not saved, and loses nothing when it fails', async () => {
    await start();
    phone.answers['onboarding.answer'] = lost;
    tapOption(2);
    await support.until(() => open.data['save'] === 'unsaved');
    phone.answers['onboarding.submit'] = fault('INTERNAL');
    await open.instance['onHandIn']?.();
    expect(phone.questions.at(-1)).toContain(t.handInFailed);
    expect(phone.storage.get('onboarding-answers')).toEqual({ attemptId: ATTEMPT, answers: { 0: [2] } });
    expect(state()).toBe('open');
    phone.answers['onboarding.submit'] = ok(result());
    await open.instance['onHandIn']?.();
    expect(inputs('onboarding.submit').at(-1)).toEqual({ attemptId: ATTEMPT, answers: { 0: [2] } });
    expect(phone.storage.has('onboarding-answers')).toBe(false);
  });

  it('keeps what came too late, for the result to tell', async () => {
    await start();
    phone.answers['onboarding.answer'] = lost;
    tapOption(2);
    await support.until(() => open.data['save'] === 'unsaved');
    phone.answers['onboarding.submit'] = ok(result({ late: true }));
    await open.instance['onHandIn']?.();
    expect(phone.storage.has('onboarding-answers')).toBe(true);
  });

  it('shows the result of a paper that was handed in on another phone', async () => {
    await start();
    phone.answers['onboarding.answer'] = ok({ saved: false, now: new Date().toISOString(), answered: 0 });
    tapOption(1);
    await support.until(() => phone.visits.length === 1);
    expect(phone.visits[0]).toContain('result');
  });
});

describe('a paper whose time ended while the app was closed', () => {
  const endsAt = new Date(Date.now() - 60_000).toISOString();
  beforeEach(() => {
    phone.storage.set('onboarding-paper', { attemptId: ATTEMPT, endsAt, answered: 3 });
    phone.answers['onboarding.overview'] = ok(overview());
  });

  it('is handed in and said so once, with the way to its result', async () => {
    phone.answers['onboarding.submit'] = ok(result());
    open = support.openPage(PAPER);
    await support.until(() => state() === 'ended');
    expect(open.text()).toContain(t.over);
    expect(open.text()).toContain(t.overAway);
    expect(inputs('onboarding.submit')).toEqual([{ attemptId: ATTEMPT, answers: {} }]);
    open.instance['onNotice']?.();
    await support.until(() => phone.visits.length === 1);
    expect(phone.visits[0]).toContain(`attemptId=${ATTEMPT}&over=1`);
    open = support.openPage(PAPER);
    await support.until(() => state() === 'intro');
  });

  it('is not called over when it was handed in before', async () => {
    const submittedAt = new Date(Date.parse(endsAt) - 60_000).toISOString();
    phone.answers['onboarding.submit'] = ok(result({ submittedAt }));
    open = support.openPage(PAPER);
    await support.until(() => state() === 'ended');
    expect(open.text()).toContain(t.handedIn);
    expect(open.text()).not.toContain(t.overAway);
  });

  it('is forgotten where this card has no such paper', async () => {
    phone.answers['onboarding.submit'] = fault('NOT_FOUND');
    open = support.openPage(PAPER);
    await support.until(() => state() === 'intro');
    expect(phone.storage.has('onboarding-paper')).toBe(false);
  });
});

describe('the time', () => {
  /** The server's clock is years ahead of the phone's. */
  const at = (seconds: number) => new Date(Date.UTC(2031, 8, 1, 19, 0, seconds)).toISOString();
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1_000) await jest.advanceTimersByTimeAsync(1_000);
  };
  async function startAt(leftSeconds: number): Promise<void> {
    serve(paper({ now: at(0), endsAt: at(leftSeconds) }));
    open = support.openPage(PAPER);
    await pass(1_000);
    expect(state()).toBe('open');
  }

  it('is the server’s, counted down, with a word at five minutes and at one', async () => {
    await startAt(303);
    expect(open.data['time']).toBe('5:02');
    expect(open.text()).not.toContain(fill(t.warn, { n: 5 }));
    await pass(3_000);
    expect(open.text()).toContain(fill(t.warn, { n: 5 }));
    await pass(240_000);
    expect(open.text()).toContain(t.warnOne);
  });

  it('over: hands in by itself once the server agrees, and says so', async () => {
    await startAt(6);
    tapOption(1);
    let submit: (() => void) | undefined;
    phone.answers['onboarding.submit'] = () =>
      new Promise((resolve) => (submit = () => resolve(ok(result()))));
    // by the server's clock three seconds are left
    phone.answers['onboarding.overview'] = ok(
      overview({ now: at(3), open: { attemptId: ATTEMPT, endsAt: at(6), answered: 1 } }),
    );
    await pass(7_000);
    expect(submit).toBeUndefined();
    phone.answers['onboarding.overview'] = ok(overview({ now: at(7) }));
    await pass(4_000);
    expect(open.text()).toContain(t.over);
    expect(inputs('onboarding.submit')).toHaveLength(1);
    tapOption(2);
    expect(saved).toEqual({ 0: [1] });
    submit!();
    await pass(1_000);
    expect(phone.visits.at(-1)).toBe(
      `redirectTo /packages/onboarding/result/result?attemptId=${ATTEMPT}&over=1`,
    );
  });

  it('over without a network: says that what was saved is safe, and hands in when it is back', async () => {
    await startAt(5);
    phone.answers['onboarding.overview'] = lost;
    phone.answers['onboarding.submit'] = lost;
    await pass(8_000);
    expect(open.text()).toContain(t.overOffline);
    phone.answers['onboarding.submit'] = ok(result());
    phone.answers['onboarding.overview'] = ok(overview({ now: at(9) }));
    phone.reconnect();
    await pass(1_000);
    expect(phone.visits.at(-1)).toContain('result');
  });

  it('over without a network, while staff gave more: goes on when it is back', async () => {
    await startAt(5);
    phone.answers['onboarding.overview'] = lost;
    phone.answers['onboarding.submit'] = lost;
    await pass(8_000);
    expect(open.text()).toContain(t.overOffline);
    const before = inputs('onboarding.submit').length;
    phone.answers['onboarding.overview'] = ok(
      overview({ now: at(9), open: { attemptId: ATTEMPT, endsAt: at(309), answered: 0 } }),
    );
    phone.reconnect();
    await pass(1_000);
    expect(state()).toBe('open');
    expect(inputs('onboarding.submit')).toHaveLength(before);
    expect(open.data['time']).toMatch(/^(5:00|4:59)$/);
    tapOption(1);
    await pass(1_000);
    expect(saved).toEqual({ 0: [1] });
  });

  it('is not hurried or stretched by the phone’s clock', async () => {
    await startAt(1_200);
    phone.answers['onboarding.overview'] = ok(
      overview({ now: at(3), open: { attemptId: ATTEMPT, endsAt: at(1_200), answered: 0 } }),
    );
    const asked = inputs('onboarding.overview').length;
    jest.setSystemTime(Date.now() + 3_600_000);
    await pass(2_000);
    expect(state()).toBe('open');
    expect(inputs('onboarding.overview').length).toBe(asked + 1);
    expect(open.data['time']).toMatch(/^19:5\d$/);
    jest.setSystemTime(Date.now() - 7_200_000);
    await pass(2_000);
    expect(open.data['time']).toMatch(/^19:5\d$/);
    expect(inputs('onboarding.submit')).toEqual([]);
  });

  it('takes in that more time was given', async () => {
    await startAt(5);
    phone.answers['onboarding.overview'] = ok(
      overview({ now: at(5), open: { attemptId: ATTEMPT, endsAt: at(605), answered: 0 } }),
    );
    await pass(6_000);
    expect(state()).toBe('open');
    expect(open.data['time']).toMatch(/^9:5\d$/);
  });
});
