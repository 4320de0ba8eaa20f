import { beforeEach, describe, expect, it } from '@jest/globals';
import type { OverviewOutput } from '../../contracts/onboarding';
import { fill } from '../../miniprogram/i18n';
import { findModule } from '../../miniprogram/packages/onboarding/words';
import { cardView, valuesOf } from '../../miniprogram/packages/onboarding/module/fill-card';
import { swipeOf } from '../../miniprogram/lib/swipe';
import { deskChanged } from '../../miniprogram/services/desk-changes';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { chapters, overview } from './support/onboarding';
import { openPage, until, type Opened } from './support/open-page';

const MODULE = 'packages/onboarding/module/module';
const t = zh.learning;
let phone: Phone;
/** What the server keeps */
let progress: OverviewOutput['modules'];

beforeEach(() => {
  phone = fakePhone();
  deskChanged();
  progress = chapters({}, false);
  phone.answers = {
    'onboarding.overview': () => ok(overview({ modules: progress })),
    'onboarding.read': ({ module, cards, of }: { module: string; cards: number; of: number }) => {
      progress = progress.map((one) =>
        one.module === module ? { ...one, cards, read: cards === of, again: false } : one,
      );
      return ok({ modules: progress });
    },
  };
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
const seats = findModule('seats')!;
const of = seats.cards.length;
const title = (at: number) => seats.cards[at]!.title.zh;
async function openModule(module: string, asked = 1): Promise<Opened> {
  const page = openPage(MODULE, { module });
  await until(() => inputs('onboarding.overview').length >= asked);
  return page;
}
const turn = (page: Opened, times: number): void => {
  for (let n = 0; n < times; n++) page.instance['onNext']?.();
};
const swipe = (page: Opened, from: number, to: number): void => {
  page.instance['onTouchStart']?.({ touches: [{ clientX: from, clientY: 300 }] });
  page.instance['onTouchEnd']?.({ changedTouches: [{ clientX: to, clientY: 310 }] });
};

describe('a chapter', () => {
  it('is turned with a button, a finger or a key', async () => {
    const page = await openModule('seats');
    expect(page.text()).toContain(title(0));
    page.tap('.dock-main');
    await until(() => page.text().includes(title(1)));
    swipe(page, 300, 100);
    expect(page.text()).toContain(title(2));
    swipe(page, 100, 300);
    phone.press('ArrowLeft');
    expect(page.text()).toContain(title(0));
    phone.press('ArrowRight');
    expect(page.text()).toContain(fill(t.place, { n: 2, of }));
    page.instance['onUnload']?.();
  });

  it('tells the server where one was when it is left, and begins there the next time', async () => {
    const page = await openModule('seats');
    turn(page, 2);
    expect(inputs('onboarding.read')).toEqual([]);
    page.instance['onHide']?.();
    await until(() => progress.some(({ cards }) => cards === 3));
    expect(inputs('onboarding.read')).toEqual([{ module: 'seats', cards: 3, of }]);
    deskChanged();
    const again = await openModule('seats', 2);
    await until(() => again.text().includes(title(2)));
    again.instance['onUnload']?.();
    expect(inputs('onboarding.read')).toHaveLength(1);
  });

  it('marks it read at its last card, and leads to the next', async () => {
    const page = await openModule('seats');
    turn(page, of - 1);
    await until(() => page.data['keeping'] === 'kept');
    expect(inputs('onboarding.read')).toEqual([{ module: 'seats', cards: of, of }]);
    turn(page, 1);
    expect(page.text()).toContain(fill(t.doneNext, { module: '文明与安全' }));
    page.tap('.end-button');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/module/module?module=conduct']);
  });

  it('leads to what is to be read again before anything else, and to the paper when nothing is left', async () => {
    progress = chapters({ hours: { again: true }, seats: { again: true } });
    const page = await openModule('seats');
    turn(page, of);
    await until(() => page.text().includes(fill(t.doneNext, { module: '开放时间与分馆' })));
    progress = chapters({ seats: { read: false } });
    deskChanged();
    const last = await openModule('seats', 2);
    turn(last, of);
    await until(() => last.text().includes(t.doneAll));
    last.tap('.end-button');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/paper/paper']);
  });

  it('says when that it was read could not be noted, and tries again', async () => {
    const page = await openModule('seats');
    phone.answers['onboarding.read'] = lost;
    turn(page, of);
    await until(() => page.text().includes(t.notKept));
    phone.answers['onboarding.read'] = ok({ modules: chapters() });
    page.tap('.not-kept .button');
    await until(() => page.data['keeping'] === 'kept');
    expect(page.text()).not.toContain(t.notKept);
  });

  it('can be read without a card, which it asks for at the end', async () => {
    phone.answers['onboarding.overview'] = fault('CARD_NOT_BOUND');
    phone.answers['onboarding.read'] = fault('CARD_NOT_BOUND');
    const page = await openModule('seats');
    turn(page, of);
    await until(() => page.data['keeping'] === 'unbound');
    page.tap('.not-kept .button');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('that was read before does not tell the server anything', async () => {
    progress = chapters();
    const page = await openModule('seats');
    await until(() => page.data['keeping'] === 'kept');
    turn(page, of);
    page.instance['onUnload']?.();
    expect(inputs('onboarding.read')).toEqual([]);
  });

  it('says the library’s own numbers, and another text where it does not tell them', async () => {
    phone.answers['onboarding.facts'] = ok({
      asOf: '2026-09-01T00:00:00Z',
      readerType: { code: 'UG', name: '本科生' },
      policy: {
        rules: [],
        limits: [{ readerType: { code: 'UG', name: '本科生' }, maxLoans: 17, maxHolds: 3 }],
      },
    });
    const page = openPage(MODULE, { module: 'borrowing' });
    turn(page, 1);
    await until(() => page.text().includes('17 本'), page.text);
    phone.answers['onboarding.facts'] = fault('LIBRARY_UNREACHABLE');
    const other = openPage(MODULE, { module: 'borrowing' });
    turn(other, 1);
    expect(other.text()).toContain('要看读者类型');
    expect(other.text()).not.toMatch(/\{\w+\}/);
  });

  it('that does not exist says so', () => {
    const page = openPage(MODULE, { module: 'no-such' });
    expect(page.text()).toContain(t.noModule);
    page.instance['onOverview']?.();
    expect(phone.visits).toEqual(['redirectTo /packages/onboarding/overview/overview']);
  });

  it('about call numbers ends with the exercise', async () => {
    phone.answers['onboarding.exercise'] = ok({ books: [] });
    const page = await openModule('call-numbers');
    turn(page, findModule('call-numbers')!.cards.length);
    expect(page.data['state']).toBe('exercise');
    turn(page, 1);
    expect(page.data['state']).toBe('end');
    page.instance['onPrevious']?.();
    expect(page.data['state']).toBe('exercise');
  });
});

describe('the library’s values', () => {
  const UG = { code: 'UG', name: '本科生' };
  const rules = [
    { itemType: { code: 'NEW', name: '新书' }, days: 14, renewals: 0, renewalDays: 0 },
    { readerType: { code: 'PG', name: '研究生' }, days: 60, renewals: 2, renewalDays: 60 },
    { readerType: UG, branch: { code: 'MED', name: '医学分馆' }, days: 21, renewals: 2, renewalDays: 15 },
    { readerType: UG, days: 30, renewals: 1, renewalDays: 30 },
    { days: 45, renewals: 1, renewalDays: 45 },
  ];

  it('are those of a standard book for this kind of reader', () => {
    const facts = { asOf: '', readerType: UG, policy: { rules, limits: [], overdueCentsPerOpenDay: 10 } };
    expect(valuesOf({ facts }, 'zh-CN')).toEqual({
      loanDays: '30',
      renewals: '1',
      renewalDays: '30',
      finePerDay: '¥0.10',
    });
  });

  it('are not guessed for a reader whose kind is not known', () => {
    expect(valuesOf({ facts: { asOf: '', policy: { rules, limits: [] } } }, 'en')).toEqual({});
    expect(valuesOf({}, 'en')).toEqual({});
  });

  it('name the branches and today’s hours of the first', () => {
    const branch = { code: 'main', name: '主馆' };
    const days = [
      {
        date: '2026-09-01',
        intervals: [
          { from: '08:00', to: '12:00' },
          { from: '14:00', to: '22:00' },
        ],
      },
    ];
    const told = {
      branches: [branch, { code: 'east', name: '东馆' }],
      hours: { asOf: '', branches: [{ branch, openNow: true, days }] },
    };
    expect(valuesOf(told, 'zh-CN')).toEqual({
      branches: '主馆、东馆',
      openToday: '8:00–12:00 / 14:00–22:00',
    });
  });

  it('stand in a paragraph only when all that it needs are known', () => {
    const card = {
      ...seats.cards[0]!,
      paragraphs: [
        {
          zh: '{loanDays} 天，续 {renewals} 次',
          en: '',
          needs: ['loanDays', 'renewals'] as const,
          otherwise: { zh: '见书架', en: '' },
        },
      ],
    };
    expect(cardView(card, { loanDays: '30' }, 'zh-CN').paragraphs).toEqual(['见书架']);
    expect(cardView(card, { loanDays: '30', renewals: '1' }, 'zh-CN').paragraphs).toEqual(['30 天，续 1 次']);
  });
});

describe('a finger', () => {
  it('turns only when it went sideways, and far enough', () => {
    const from = { clientX: 200, clientY: 200 };
    expect(swipeOf(from, { clientX: 100, clientY: 220 })).toBe('next');
    expect(swipeOf(from, { clientX: 300, clientY: 180 })).toBe('previous');
    expect(swipeOf(from, { clientX: 150, clientY: 200 })).toBeUndefined();
    expect(swipeOf(from, { clientX: 100, clientY: 320 })).toBeUndefined();
    expect(swipeOf(null, from)).toBeUndefined();
  });
});
