import { beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { certificateWords } from '../../miniprogram/packages/onboarding/certificate/certificate-words';
import { nextStep } from '../../miniprogram/packages/onboarding/overview/next-step';
import { deskChanged } from '../../miniprogram/services/desk-changes';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { ATTEMPT, chapters, overview, result } from './support/onboarding';
import { open, openPage, until, type Opened } from './support/open-page';

const OVERVIEW = 'packages/onboarding/overview/overview';
const t = zh.onboarding;
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  // whatever another test has remembered of a card is of no use
  deskChanged();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
async function openOverview(change: Parameters<typeof overview>[0] = {}): Promise<Opened> {
  phone.answers['onboarding.overview'] = ok(overview(change));
  const page = openPage(OVERVIEW);
  await until(() => page.data['state'] === 'ready', page.text);
  return page;
}
const button = (page: Opened) => (page.data['step'] as { button: string; hint: string }).button;
const hint = (page: Opened) => (page.data['step'] as { hint: string }).hint;

describe('the overview', () => {
  it('says what waits, how far one has come, and begins with the first chapter', async () => {
    const page = await openOverview({ modules: chapters({}, false) });
    expect(page.text()).toContain(fill(t.requiredText, { services: '预约和借书' }));
    expect(page.text()).toContain('0/8');
    expect(button(page)).toBe(t.begin);
    expect(hint(page)).toBe(fill(t.toPaperFirst, { n: 8 }));
    expect(page.text()).toContain(fill(t.ruleLines.pass, { n: 80 }));
    page.tap('.step .button');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/onboarding/module/module?module=hours']);
  });

  it('goes on where one stopped reading', async () => {
    const page = await openOverview({ modules: chapters({ seats: { read: false, cards: 2 } }) });
    expect(page.text()).toContain(fill(t.states.begun, { n: 2 }));
    expect(button(page)).toBe(fill(t.goOn, { module: '座位与研讨间' }));
    expect(hint(page)).toBe(t.toPaperFirstOne);
  });

  it('leads to the paper when all is read, and back to one that is open, with the time left', async () => {
    expect(button(await openOverview())).toBe(t.toPaper);
    const now = new Date().toISOString();
    const endsAt = new Date(Date.now() + 754_000).toISOString();
    const page = await openOverview({ now, open: { attemptId: ATTEMPT, endsAt, answered: 7 } });
    expect(button(page)).toBe(t.continuePaper);
    expect(hint(page)).toMatch(/还剩 12:3\d，已答 7 题/);
    page.tap('.step .button');
    await until(() => phone.visits.length === 1);
    expect(phone.visits[0]).toBe('navigateTo /packages/onboarding/paper/paper');
    page.instance['onUnload']?.();
  });

  it('after a failure names what is to be read again, and the pause', async () => {
    const modules = chapters({ help: { again: true } });
    const page = await openOverview({ modules, lastAttemptId: ATTEMPT, failures: 1 });
    expect(button(page)).toBe(fill(t.readAgain, { module: '有事找谁' }));
    expect(hint(page)).toBe(t.toPaperAgain);
    const pausedUntil = new Date(Date.now() + 600_000).toISOString();
    const paused = await openOverview({ modules, lastAttemptId: ATTEMPT, failures: 3, pausedUntil });
    expect(paused.text()).toContain(fill(t.pausedText, { n: 3 }));
    expect(hint(paused)).toMatch(/歇一歇，(10:00|9:5\d) 后再考/);
    paused.instance['onUnload']?.();
  });

  it('says when papers can be taken', async () => {
    const rules = { ...overview().rules, window: { from: '2031-09-01', to: '2031-09-30' } };
    const page = await openOverview({ rules });
    expect(hint(page)).toBe(fill(t.closed, { from: '2031 年 9 月 1 日', to: '2031 年 9 月 30 日' }));
    expect(button(page)).toBe('');
  });

  it('goes by the days at the library, wherever the phone is', async () => {
    // already the first of September there
    const now = '2031-08-31T17:00:00Z';
    const rules = { ...overview().rules, window: { from: '2031-09-01', to: '2031-09-30' } };
    expect(nextStep(overview({ rules }), Date.parse(now)).kind).toBe('paper');
    expect(nextStep(overview({ rules }), Date.parse('2031-09-30T16:00:00Z')).kind).toBe('closed');
    const page = await openOverview({
      standing: 'passed',
      locked: [],
      pass: { at: now, mark: 95, unlock: 'unlocked', libraryOpens: true },
    });
    expect(page.text()).toContain(fill(t.passedText, { day: '2031 年 9 月 1 日', mark: 95 }));
  });

  it('says nothing of reading again where the library does not insist', async () => {
    expect((await openOverview()).text()).toContain(t.ruleLines.retry);
    const free = await openOverview({ rules: { ...overview().rules, mustRead: false } });
    expect(free.text()).not.toContain(t.ruleLines.retry);
    expect(free.text()).toContain(t.ruleLines.retryFreely);
  });

  it.each([
    ['unlocking', t.unlocking, t.waivedText],
    ['unlocked', t.unlocked, t.waivedText],
    ['failed', t.unlockFailed, ''],
  ] as const)('of a waiver says how far it has been opened: %s', async (unlock, words, text) => {
    const waiver = { unlock, libraryOpens: true, libraryText: '请到服务台' };
    const page = await openOverview({ standing: 'waived', locked: [], waiver });
    expect(page.text()).toContain(words);
    expect(page.text()).toContain('图书馆说：“请到服务台”');
    expect((page.data['hero'] as { text: string }).text).toBe(text);
  });

  it.each([
    ['exempt', t.exempt],
    ['waived', t.waived],
  ] as const)('asks nothing of who is %s', async (standing, title) => {
    const page = await openOverview({ standing, locked: [] });
    expect(page.text()).toContain(title);
    expect(page.html()).not.toMatch(/button-(seal|solid)/);
  });

  it.each([
    ['unlocking', true, t.unlocking],
    ['unlocked', true, t.unlocked],
    ['unlocked', false, t.unlockedHere],
    ['failed', true, t.unlockFailed],
  ] as const)('of a pass says how far it has been opened: %s', async (unlock, libraryOpens, words) => {
    const pass = { at: '2026-09-03T08:00:00Z', mark: 95, unlock, libraryOpens, libraryText: '请到服务台' };
    const page = await openOverview({ standing: 'passed', locked: [], pass });
    expect(page.text()).toContain(words);
    expect(page.text()).toContain('图书馆说：“请到服务台”');
    expect(button(page)).toBe(t.certificate);
  });

  it('keeps where one mostly goes, and offers it only where there is a choice', async () => {
    const campuses = [
      { code: 'main', name: '主馆' },
      { code: 'med', name: '医学分馆' },
    ];
    phone.answers['onboarding.campus'] = ok({});
    const page = await openOverview({ campuses, campus: 'main' });
    page.instance['onCampus']?.({ currentTarget: { dataset: { code: 'med' } } });
    await until(() => page.data['campus'] === 'med');
    expect(inputs('onboarding.campus')).toEqual([{ campus: 'med' }]);
    expect((await openOverview({ campuses: campuses.slice(0, 1) })).text()).not.toContain(t.campus);
  });

  it('shows the reader code, says what it is for, and copies it', async () => {
    const page = await openOverview();
    expect(page.text()).toContain('0123-4567-89AB');
    expect(page.text()).toContain(t.codeHint);
    page.instance['onCopyCode']?.();
    await until(() => phone.clipboard.length === 1);
    expect(phone.clipboard).toEqual(['0123-4567-89AB']);
  });

  it('without a card or a network still lists the chapters', async () => {
    phone.answers['onboarding.overview'] = fault('CARD_NOT_BOUND');
    const page = openPage(OVERVIEW);
    await until(() => page.text().includes(t.unbound));
    expect(page.text()).toContain('座位与研讨间');
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
    phone.answers['onboarding.overview'] = lost;
    const other = openPage(OVERVIEW);
    await until(() => other.text().includes(zh.faults.OFFLINE.title));
    expect(other.text()).toContain('座位与研讨间');
    phone.answers['onboarding.overview'] = ok(overview());
    other.instance['onNotice']?.();
    await until(() => other.data['state'] === 'ready');
  });

  it('sends what an earlier visit to the paper could not send', async () => {
    phone.storage.set('onboarding-answers', { attemptId: 'left-open-1', answers: { 4: [1] } });
    phone.answers['onboarding.answer'] = ok({ saved: true, now: new Date().toISOString(), answered: 1 });
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    const page = await openOverview({ open: { attemptId: 'left-open-1', endsAt, answered: 0 } });
    await until(() => !phone.storage.has('onboarding-answers'));
    expect(inputs('onboarding.answer')).toEqual([{ attemptId: 'left-open-1', answers: { 4: [1] } }]);
    page.instance['onUnload']?.();
  });

  it('counts anew once they have arrived', async () => {
    phone.storage.set('onboarding-answers', { attemptId: 'left-open-2', answers: { 4: [1] } });
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    let answered = 0;
    phone.answers['onboarding.answer'] = () => {
      answered = 1;
      return ok({ saved: true, now: new Date().toISOString(), answered });
    };
    phone.answers['onboarding.overview'] = () =>
      ok(overview({ open: { attemptId: 'left-open-2', endsAt, answered } }));
    const page = openPage(OVERVIEW);
    await until(() => hint(page).includes('已答 1 题'), page.text);
    expect(inputs('onboarding.overview')).toHaveLength(2);
    page.instance['onUnload']?.();
  });

  it('without a network leads back to the paper that was begun since it was read', async () => {
    const page = await openOverview();
    expect(button(page)).toBe(t.toPaper);
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    phone.storage.set('onboarding-paper', { attemptId: ATTEMPT, endsAt, answered: 3 });
    phone.answers['onboarding.overview'] = lost;
    page.instance['onShow']?.();
    expect(button(page)).toBe(t.continuePaper);
    expect(hint(page)).toMatch(/还剩 (10:0\d|9:5\d)，这部手机记得答了 3 题/);
    await until(() => phone.toasts.length > 0);
    expect(button(page)).toBe(t.continuePaper);
    page.instance['onUnload']?.();
  });
});

describe('the result', () => {
  const RESULT = 'packages/onboarding/result/result';
  const r = zh.result;
  async function openResult(change: Parameters<typeof result>[0]): Promise<Opened> {
    phone.answers['onboarding.result'] = ok(result(change));
    const page = openPage(RESULT, { attemptId: ATTEMPT });
    await until(() => page.data['state'] === 'ready', page.text);
    return page;
  }
  const words = (text: string) => ({ zh: text, en: text });

  it.each([
    [true, r.retryAfter],
    [false, r.retryBetter],
  ])('says what is to be read again, and whether it must be: %s', async (mustRead, words) => {
    const modules = result().modules.map((one, i) => ({ ...one, again: i === 0 }));
    const page = await openResult({ modules, mustRead });
    expect(page.text()).toContain(words);
  });

  it.each(['BAD_REQUEST', 'NOT_FOUND'])('of a link that leads to none says so: %s', async (code) => {
    phone.answers['onboarding.result'] = fault(code);
    const page = openPage(RESULT, { attemptId: '%%' });
    await until(() => page.data['state'] === 'error');
    expect(page.data['fault']).toMatchObject({ title: r.notFound, hint: r.notFoundHint, action: r.overview });
    page.instance['onNotice']?.();
    await until(() => phone.visits.length === 1);
    expect(phone.visits[0]).toContain('/packages/onboarding/overview/overview');
  });

  it.each([
    ['the mark', { mark: 70, right: 14 }, fill(r.needMark, { n: 80, m: 2 })],
    ['what must be known', { mark: 90, right: 18, mustKnowMissed: true }, r.needMustKnow],
    ['both', { mark: 75, right: 15, mustKnowMissed: true }, fill(r.needBoth, { n: 80, m: 1 })],
  ])('says what is missing: %s', async (_, change, text) => {
    expect((await openResult(change)).text()).toContain(text);
  });

  it('does not call far from it near', async () => {
    expect((await openResult({ mark: 65, right: 13 })).text()).toContain(r.nearly);
    expect((await openResult({ mark: 5, right: 1 })).text()).toContain(r.failed);
  });

  it('explains what was wrong, and leads to the chapters to be read again', async () => {
    const page = await openResult({
      modules: [
        { module: 'seats', right: 1, total: 2, again: true },
        { module: 'help', right: 2, total: 2, again: false },
      ],
      wrong: [
        {
          place: 3,
          module: 'seats',
          mustKnow: true,
          stem: words('暂离以后'),
          chosen: [words('不用管')],
          explanation: words('座位会被放开'),
        },
        {
          place: 7,
          module: 'seats',
          mustKnow: false,
          stem: words('研讨间'),
          chosen: [],
          explanation: words('要预约'),
        },
      ],
    });
    for (const part of ['暂离以后', '不用管', '座位会被放开', r.mustKnow, r.noChoice, r.again])
      expect(page.text()).toContain(part);
    page.tap('.module');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/onboarding/module/module?module=seats']);
  });

  it('says when one may sit again', async () => {
    const page = await openResult({ failures: 3, pausedUntil: '2031-09-01T20:00:00Z' });
    expect(page.text()).toContain('连着 3 次没有通过');
  });

  it('offers the certificate to who has passed', async () => {
    const page = await openResult({ passed: true, mark: 100, right: 20 });
    expect(page.text()).toContain(r.perfect);
    page.tap('.button-seal');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/certificate/certificate']);
  });

  it('says that a paper whose time was over was handed in by itself', async () => {
    phone.answers['onboarding.result'] = ok(result());
    const page = openPage(RESULT, { attemptId: ATTEMPT, over: '1' });
    await until(() => page.text().includes(r.over));
    expect((await openResult({})).text()).not.toContain(r.over);
  });

  it('tells once of answers that were sent too late', async () => {
    phone.storage.set('onboarding-answers', { attemptId: ATTEMPT, answers: { 1: [0], 2: [1] } });
    expect((await openResult({})).text()).toContain(fill(r.lost, { n: 2 }));
    expect(phone.storage.has('onboarding-answers')).toBe(false);
    expect((await openResult({})).text()).not.toContain(fill(r.lost, { n: 2 }));
  });

  it('leads back to the overview that lies below it, or to a new one', async () => {
    const page = await openResult({});
    page.instance['onOverview']?.();
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/overview/overview']);
    const route = 'packages/onboarding/overview/overview';
    Object.assign(globalThis, { getCurrentPages: () => [{ route: 'pages/me/me' }, { route }, {}, {}] });
    page.instance['onOverview']?.();
    expect(phone.visits.at(-1)).toBe('navigateBack 2');
  });

  it('says that it could not be read, and reads again', async () => {
    phone.answers['onboarding.result'] = fault('INTERNAL');
    const page = openPage(RESULT, { attemptId: ATTEMPT });
    await until(() => page.data['state'] === 'error');
    expect((page.data['fault'] as { title: string }).title).toBe(zh.faults.INTERNAL.title);
    phone.answers['onboarding.result'] = ok(result());
    page.instance['onNotice']?.();
    await until(() => page.data['state'] === 'ready');
  });
});

describe('the certificate', () => {
  const CERTIFICATE = 'packages/onboarding/certificate/certificate';
  const c = zh.certificate;
  const data = {
    code: '0123456789ABCDEF',
    library: '示范图书馆',
    maskedName: '读＊',
    passedAt: '2026-09-03T08:00:00Z',
    year: 2026,
    mark: 95,
    hasRead: true,
  };
  /** A picture as if it had been drawn: jsdom has no canvas. */
  function openDrawn(): Opened {
    phone.answers['onboarding.certificate'] = ok(data);
    const page = openPage(CERTIFICATE);
    return page;
  }
  async function saveWith(page: Opened): Promise<void> {
    await until(() => page.data['state'] === 'ready');
    (page.instance as unknown as { setData: (data: object) => void }).setData({ picture: 'wxfile://c.png' });
    await page.instance['onSave']?.();
  }

  it('says what was done, and the day at the library', () => {
    const words = (change: Partial<typeof data>) => certificateWords({ ...data, ...change }, zh, 'zh-CN');
    expect(words({}).statement).toBe(c.statement.read);
    expect(words({ hasRead: false }).statement).toBe(c.statement.passed);
    expect(words({ hasRead: false, maskedName: '' }).statement).toBe(c.statementPlain.passed);
    expect(words({ passedAt: '2026-12-31T16:30:00Z' }).date.value).toBe('2027 年 1 月 1 日');
  });

  it('goes into the album', async () => {
    const page = openDrawn();
    await saveWith(page);
    expect([phone.album, phone.toasts]).toEqual([['wxfile://c.png'], [zh.album.saved]]);
  });

  it('asks for the permission that was refused, and saves once it is given', async () => {
    phone.albumRefusal = 'saveImageToPhotosAlbum:fail auth deny';
    phone.allowsAlbum = true;
    await saveWith(openDrawn());
    expect(phone.questions).toEqual([zh.album.deniedAsk]);
    expect(phone.album).toEqual(['wxfile://c.png']);
  });

  it('says nothing to who has said no, and that it failed where it failed', async () => {
    phone.albumRefusal = 'saveImageToPhotosAlbum:fail cancel';
    await saveWith(openDrawn());
    expect([phone.questions, phone.toasts]).toEqual([[], []]);
    phone.albumRefusal = 'saveImageToPhotosAlbum:fail no space';
    await saveWith(openDrawn());
    expect(phone.toasts).toEqual([zh.album.failed]);
  });

  it('that could not be drawn still shows its code', async () => {
    const page = openDrawn();
    await until(() => page.data['notDrawn'] === true);
    expect(page.text()).toContain('0123-4567-89AB-CDEF');
    page.instance['onDrawAgain']?.();
    expect(page.data['notDrawn']).toBe(false);
  });

  it('is shared as a page that checks it', async () => {
    const page = openDrawn();
    await until(() => page.data['state'] === 'ready');
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      title: fill(c.shareTitle, { library: '示范图书馆' }),
      path: '/packages/onboarding/verify/verify?code=0123456789ABCDEF',
    });
  });

  it('is not there yet, or not readable', async () => {
    phone.answers['onboarding.certificate'] = fault('NOT_FOUND');
    const page = openPage(CERTIFICATE);
    await until(() => page.data['state'] === 'none');
    phone.answers['onboarding.certificate'] = fault('CARD_NOT_BOUND');
    const other = openPage(CERTIFICATE);
    await until(() => other.data['state'] === 'unbound');
    phone.answers['onboarding.certificate'] = fault('INTERNAL');
    const third = openPage(CERTIFICATE);
    await until(() => third.data['state'] === 'error');
  });
});

describe('checking a certificate', () => {
  const VERIFY = 'packages/onboarding/verify/verify';
  const v = zh.verify;
  const type = (page: Opened, value: string) => page.instance['onInput']?.({ detail: { value } });

  it('asks the public function, by the address', async () => {
    phone.answers['onboarding.verify'] = ok({ valid: true, year: 2026 });
    const page = openPage(VERIFY, { code: '0123456789abcdef' });
    await until(() => page.text().includes(v.valid));
    expect(page.text()).toContain(fill(v.validText, { year: 2026 }));
    expect(phone.calls).toEqual([
      { name: 'public', action: 'onboarding.verify', input: { code: '0123456789ABCDEF' } },
    ]);
  });

  it('takes a code as it is copied, and says that there is none', async () => {
    phone.answers['onboarding.verify'] = ok({ valid: false });
    const page = openPage(VERIFY);
    type(page, ' ol23-4567 89ab–cdef ');
    page.tap('.button');
    await until(() => page.text().includes(v.invalid));
    expect(phone.calls[0]?.input).toEqual({ code: '0123456789ABCDEF' });
    type(page, '012');
    expect(page.text()).not.toContain(v.invalid);
  });

  it('asks nobody about what cannot be a code', () => {
    const page = openPage(VERIFY, { code: 'U123' });
    expect(page.text()).toContain(v.malformed);
    expect(phone.calls).toEqual([]);
  });

  it('says that it could not be asked, which is no “not valid”', async () => {
    phone.answers['onboarding.verify'] = lost;
    const page = openPage(VERIFY, { code: '0123456789ABCDEF' });
    await until(() => page.data['state'] === 'error');
    expect((page.data['fault'] as { title: string }).title).toBe(zh.faults.OFFLINE.title);
    expect(page.text()).not.toContain(v.invalid);
  });
});

describe('the ways there', () => {
  it('on the home page: an invitation to who has it still to do', async () => {
    phone.answers['onboarding.overview'] = ok(overview());
    const block = open('pages/home/onboarding-block/onboarding-block', {});
    await until(() => block.text().includes(t.blockTitle));
    expect(block.text()).toContain('预约和借书');
    block.instance['onTap']?.();
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/onboarding/overview/overview']);
  });

  it.each([
    ['unlocking', t.blockWaived.unlocking],
    ['failed', t.blockWaived.failed],
  ] as const)('on the home page: what became of a waiver at the library: %s', async (unlock, words) => {
    const waiver = { unlock, libraryOpens: true };
    phone.answers['onboarding.overview'] = ok(overview({ standing: 'waived', locked: [], waiver }));
    const block = open('pages/home/onboarding-block/onboarding-block', {});
    await until(() => block.text().includes(words));
  });

  it.each([
    ['exempt', overview({ standing: 'exempt', locked: [] })],
    ['unreadable', undefined],
  ])('on the home page: nothing to who is %s', async (_, answer) => {
    phone.answers['onboarding.overview'] = answer === undefined ? fault('INTERNAL') : ok(answer);
    const block = open('pages/home/onboarding-block/onboarding-block', {});
    await until(() => phone.calls.length === 1);
    await until(() => block.text() === '');
  });

  it('asks once for all pages, and again when the card has changed', async () => {
    phone.answers['onboarding.overview'] = ok(overview({ standing: 'exempt', locked: [] }));
    for (const _ of [1, 2]) open('pages/home/onboarding-block/onboarding-block', {});
    await until(() => phone.calls.length > 0);
    open('pages/home/onboarding-block/onboarding-block', {});
    const before = phone.calls.length;
    deskChanged();
    open('pages/home/onboarding-block/onboarding-block', {});
    await until(() => phone.calls.length === before + 1);
  });

  it('on the page “me”, with how it stands once that is known', async () => {
    await openOverview();
    const page = openPage('pages/me/me');
    expect(page.text()).toContain(t.rowRequired);
    page.instance['onOnboarding']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/onboarding/overview/overview']);
  });

  it('from a hold that was refused', async () => {
    phone.answers['holds.place'] = ok({ status: 'refused', code: 'ONBOARDING_REQUIRED' });
    const sheet = open('pages/book/hold-sheet/hold-sheet', { visible: true, bibId: 'b1', itemId: '' });
    await until(() => sheet.data['state'] === 'refused');
    expect(sheet.data['learnFirst']).toBe(true);
    sheet.instance['onLearn']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/onboarding/overview/overview']);
  });
});
