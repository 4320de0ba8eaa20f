import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CardKind } from '../../contracts/report/cards';
import { forgetReports } from '../../miniprogram/packages/report/kept-report';
import { reportWords, say } from '../../miniprogram/packages/report/words';
import { posterOf } from '../../cloudfunctions/features/report/engine/show-to-others';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until, type Opened } from './support/open-page';
import { emptyReport, fewReport, fullReport, opened, SEASON, TOKEN } from './support/report';

const STORY = 'packages/report/story/story';
const { story: t, cards, how } = reportWords('zh-CN');
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetReports();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

async function openStory(
  answer = opened(),
  query: Record<string, string> = { season: SEASON },
): Promise<Opened> {
  phone.answers['report.open'] = ok(answer);
  const page = openPage(STORY, query);
  await until(() => page.data['state'] === 'ready', page.text);
  return page;
}
const label = (page: Opened) => (page.data['card'] as { label: string }).label;
const kind = (page: Opened) => (page.data['card'] as { kind: string }).kind;
/** Turns to a card. */
function turnTo(page: Opened, wanted: CardKind): void {
  page.instance['onReplay']?.();
  for (let turns = 0; turns < 30 && kind(page) !== wanted; turns++) page.instance['onNext']?.();
  expect(kind(page)).toBe(wanted);
}

describe('the story', () => {
  it('goes from the cover through all cards to its end, back, and begins again', async () => {
    const answer = opened();
    const page = await openStory(answer);
    expect([kind(page), page.data['of']]).toEqual(['cover', answer.report.cards.length + 2]);
    expect(page.text()).toContain('你的 2026 年');
    const seen: string[] = [];
    while (page.data['atEnd'] === false) {
      seen.push(kind(page));
      page.instance['onNext']?.();
    }
    expect(seen).toEqual(['cover', ...answer.report.cards.map((card) => card.kind)]);
    expect(page.text()).toContain(t.about);
    page.instance['onNext']?.();
    expect(page.data['at']).toBe(answer.report.cards.length + 1);
    page.instance['onPrevious']?.();
    expect(kind(page)).toBe('nextThree');
    page.instance['onReplay']?.();
    expect(kind(page)).toBe('cover');
    page.instance['onSkip']?.();
    expect(page.data['atEnd']).toBe(true);
  });

  it('says where one is', async () => {
    const page = await openStory();
    page.instance['onNext']?.();
    expect(page.data['place']).toBe(say(t.place, { n: 2, of: page.data['of'] as number }));
  });

  it('shows a card with its numbers, its books and its drawing in words', async () => {
    const page = await openStory();
    turnTo(page, 'totals');
    expect(page.text()).toContain('24');
    expect(page.text()).toContain(cards.totals.label);
    turnTo(page, 'nextThree');
    expect(page.text()).toContain('白垩纪往事');
    expect(page.text()).toContain(cards.nextThree.reasons.sameAuthor);
    turnTo(page, 'topClass');
    expect(page.html()).toContain('文学');
  });

  it('tells how a card was computed', async () => {
    const page = await openStory();
    turnTo(page, 'percentile');
    page.instance['onHow']?.();
    expect(page.data['showsHow']).toBe(true);
    expect((page.data['how'] as string[]).join()).toContain('640 位');
    expect(page.text()).toContain(how.title);
    page.instance['onCloseHow']?.();
    expect(page.data['showsHow']).toBe(false);
  });

  it('hides a card once that is confirmed, and brings it back from the last page', async () => {
    const answer = opened();
    const page = await openStory(answer);
    const poster = posterOf(answer.report, ['totals']);
    phone.answers['report.hide'] = ok({ hidden: ['totals'], poster });
    turnTo(page, 'totals');
    phone.confirm = false;
    await page.instance['onHide']?.();
    expect(inputs('report.hide')).toEqual([]);
    phone.confirm = true;
    await page.instance['onHide']?.();
    expect(inputs('report.hide')).toEqual([{ season: SEASON, card: 'totals', hidden: true }]);
    expect(kind(page)).toBe('firstBook');
    expect(phone.toasts).toEqual([t.hidden]);
    page.instance['onSkip']?.();
    expect((page.data['about'] as { hidden: { kind: string }[] }).hidden.map((one) => one.kind)).toEqual([
      'totals',
    ]);
    phone.answers['report.hide'] = ok({ hidden: [], poster: answer.poster });
    await page.instance['onUnhide']?.({ currentTarget: { dataset: { kind: 'totals' } } });
    expect(page.data['atEnd']).toBe(true);
    turnTo(page, 'totals');
  });

  it('asks anew what an open link shows once a card of it is hidden', async () => {
    const link = { token: TOKEN, cards: ['totals' as const], since: '2027-01-05T04:00:00Z' };
    const answer = opened(fullReport(), { link });
    const page = await openStory(answer);
    turnTo(page, 'totals');
    phone.answers['report.hide'] = ok({ hidden: ['totals'], poster: answer.poster });
    await page.instance['onHide']?.();
    await openStory(opened(fullReport(), { hidden: ['totals'] }));
    expect(inputs('report.open')).toHaveLength(2);
    await openStory();
    expect(inputs('report.open')).toHaveLength(2);
  });

  it('keeps a card that could not be hidden, and says so', async () => {
    const page = await openStory();
    turnTo(page, 'firstBook');
    phone.answers['report.hide'] = fault('INTERNAL');
    await page.instance['onHide']?.();
    expect(kind(page)).toBe('firstBook');
    expect(phone.toasts).toEqual([zh.faults.INTERNAL.title]);
  });

  it('does not count a hidden card as shown', async () => {
    const page = await openStory(opened(fullReport(), { hidden: ['totals', 'percentile'] }));
    expect(page.data['of']).toBe(16);
    expect(() => turnTo(page, 'percentile')).toThrow();
  });

  it('speaks English as soon as the setting says so, on the card that is shown', async () => {
    const { changeSettings } = await import('../../miniprogram/services/settings');
    const page = await openStory();
    turnTo(page, 'peakMonth');
    changeSettings({ language: 'en' });
    page.show();
    expect([kind(page), label(page)]).toEqual(['peakMonth', reportWords('en').cards.peakMonth.label]);
    changeSettings({ language: 'zh-CN' });
  });

  it('says that the records begin within the year, on the cover and at the end', async () => {
    const page = await openStory(opened(fullReport({ since: '2026-03-05' })));
    expect(page.text()).toContain('3 月 5 日');
    page.instance['onSkip']?.();
    const { lines, withheld } = page.data['about'] as { lines: string[]; withheld: string[] };
    expect(lines.join()).toContain('2026 年 3 月 5 日 起才完整');
    expect(withheld.join()).toContain(t.withheldReasons.incomplete);
  });

  it('says at its end what it was made from, and what was left out', async () => {
    const loans = fullReport();
    const report = {
      ...loans,
      sourceCount: loans.sourceCount + 3,
      leftOut: { duplicate: 2, badDate: 1 },
      unclear: { returns: 1, dueDates: 0 },
    };
    const page = await openStory(opened(report));
    page.instance['onSkip']?.();
    const about = page.data['about'] as { lines: string[]; leftOut: string[] };
    expect(about.lines).toContain('借阅来自图书馆的系统，一共读到 27 条。');
    expect(about.lines).toContain('算在这一年里的有 24 次。');
    expect(about.lines.join()).toContain('1 次的归还日期不能用');
    expect(about.leftOut).toEqual(['2 条是重复的', '1 条的借出日期不能用']);
  });

  it('of a year without loans invites: the library’s year and three books', async () => {
    const page = await openStory(opened(emptyReport()));
    expect(page.text()).toContain(t.coverNone);
    turnTo(page, 'libraryYear');
    expect(page.text()).toContain('4860');
    turnTo(page, 'nextThree');
    expect(page.text()).toContain('自私的基因');
    page.instance['onSkip']?.();
    expect(page.text()).toContain(t.search);
  });

  it('of few loans is short and says so kindly', async () => {
    const page = await openStory(opened(fewReport()));
    expect(page.text()).toContain(t.coverFew);
    expect(page.data['of'] as number).toBeLessThan(11);
  });

  it('shows an earlier version without letting it be changed', async () => {
    const report = fullReport();
    phone.answers['report.version'] = ok({ report, madeAt: report.asOf });
    const page = openPage(STORY, { season: SEASON, version: '1' });
    await until(() => page.data['state'] === 'ready');
    expect(inputs('report.version')).toEqual([{ season: SEASON, version: 1 }]);
    expect(page.text()).toContain(say(t.version, { n: 1 }));
    page.instance['onSkip']?.();
    expect(page.text()).not.toContain(reportWords('zh-CN').overview.share);
  });

  it('that is not there is no error, and what failed is not “not there”', async () => {
    phone.answers['report.open'] = fault('NOT_FOUND');
    const page = openPage(STORY, { season: SEASON });
    await until(() => page.data['state'] === 'none');
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['redirectTo /packages/report/overview/overview']);
    phone.answers['report.open'] = lost;
    const other = openPage(STORY, { season: SEASON });
    await until(() => other.data['state'] === 'error');
    expect(other.text()).toContain(zh.faults.OFFLINE.title);
    phone.answers['report.open'] = ok(opened());
    other.instance['onNotice']?.();
    await until(() => other.data['state'] === 'ready');
  });

  it('sets one card at a time, never the whole report', async () => {
    const page = await openStory();
    expect(JSON.stringify(page.data['card']).length).toBeLessThan(3_000);
    expect(Object.keys(page.data).filter((key) => key.startsWith('_'))).toContain('_slides');
  });

  it('leads on to the books, the link and the poster', async () => {
    const page = await openStory();
    for (const on of ['onBooks', 'onShare', 'onPoster']) page.instance[on]?.();
    expect(phone.visits).toEqual(
      ['books', 'share', 'poster'].map(
        (name) => `navigateTo /packages/report/${name}/${name}?season=${SEASON}`,
      ),
    );
  });
});
