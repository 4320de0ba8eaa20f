import { beforeEach, describe, expect, it } from '@jest/globals';
import { deskChanged } from '../../miniprogram/services/desk-changes';
import { forgetReports } from '../../miniprogram/packages/report/kept-report';
import { reportWords, say } from '../../miniprogram/packages/report/words';
import { forgetReport } from '../../miniprogram/services/report-standing';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { open, openPage, turn, until, type Opened } from './support/open-page';
import { fullReport, opened, reportOverview, SEASON } from './support/report';

const OVERVIEW = 'packages/report/overview/overview';
const { overview: t } = reportWords('zh-CN');
const YEAR = '2026 年';
const { season } = reportOverview();
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  deskChanged();
  forgetReports();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
async function openOverview(change: Parameters<typeof reportOverview>[0] = {}): Promise<Opened> {
  phone.answers['report.overview'] = ok(reportOverview(change));
  phone.answers['report.open'] ??= ok(opened());
  const page = openPage(OVERVIEW);
  await until(() => page.data['state'] === 'ready', page.text);
  return page;
}

/** In the text about it, and on the button. */
const offersAnew = (page: Opened): boolean => page.text().split(t.dispute.button).length === 3;

describe('the first page of the report', () => {
  it.each([
    [undefined, t.season.none],
    [{ ...season!, stage: 'collecting' as const }, say(t.season.collecting, { year: YEAR })],
    [{ ...season!, stage: 'making' as const }, say(t.season.making, { year: YEAR })],
    [season, say(t.season.published, { year: YEAR })],
  ])('says how far the year is', async (year, words) => {
    expect((await openOverview({ season: year })).text()).toContain(words);
  });

  it('says when it is to be published', async () => {
    const publishAt = '2031-01-05T04:00:00Z';
    const page = await openOverview({ season: { ...season!, stage: 'making', publishAt } });
    expect(page.text()).toMatch(/预计 (?:2031 年 )?1 月 5 日 .* 发布/);
    expect(page.text()).toContain(t.own.madeEarly);
    expect(page.find('.button-seal')).toBeUndefined();
  });

  it.each(['waiting', 'noSource', 'signIn', 'unreachable', 'denied'] as const)(
    'says that a report is %s',
    async (state) => {
      const page = await openOverview({
        own: { since: '2026-09-01', sensitive: false, state, libraryText: '证已停用' },
      });
      expect(page.text()).toContain(t.own[state]);
      expect(page.text()).toContain('图书馆说：“证已停用”');
      expect(page.text().includes(t.again)).toBe(state !== 'waiting');
      expect(page.text().includes(t.signIn)).toBe(state === 'signIn');
      expect(page.text()).not.toContain(say(t.open, { year: YEAR }));
    },
  );

  it.each(['noSource', 'signIn', 'unreachable', 'denied'] as const)(
    'says that a report was not made anew: %s',
    async (failed) => {
      const own = { since: '2026-09-01', sensitive: false, state: 'made' as const };
      const page = await openOverview({ own: { ...own, failed } });
      expect(page.text()).toContain(t.failed[failed]);
      expect(page.text().includes(t.signIn)).toBe(failed === 'signIn');
    },
  );

  it('has the library asked again where it did not answer', async () => {
    const own = { since: '2026-09-01', sensitive: true, state: 'unreachable' as const };
    const page = await openOverview({ own });
    phone.answers['report.dispute'] = ok({ left: 3 });
    phone.answers['report.overview'] = ok(reportOverview({ own: { ...own, state: 'waiting' } }));
    await page.instance['onAskAgain']?.();
    expect(inputs('report.dispute')).toEqual([{ season: SEASON }]);
    expect(page.text()).toContain(t.own.waiting);
    expect(phone.toasts).toEqual([t.askedAgain]);
  });

  it.each([
    [{ library: true, seen: false }, t.sources.library],
    [{ library: false, seen: true }, t.sources.seen],
    [{ library: false, seen: false }, t.sources.none],
    [{ seen: true }, t.sources.unknown],
  ])('says where loans come from here: %o', async (sources, words) => {
    const own = { since: '2026-09-01', sensitive: false, state: 'waiting' as const };
    const page = await openOverview({ sources, own });
    expect(page.text()).toContain(words);
    expect(page.text().includes(t.history)).toBe('library' in sources && !sources.library);
  });

  it('says from what a report was made once there is one', async () => {
    phone.answers['report.open'] = ok(opened(fullReport({ source: 'import' })));
    const page = await openOverview();
    const { import: words } = reportWords('zh-CN').story.aboutLines.source;
    await until(() => page.text().includes(say(words, { n: fullReport().sourceCount })), page.text);
    expect(page.text()).not.toContain(t.sources.library);
  });

  it('asks for consent, says what it means, and sends the choice about keywords with it', async () => {
    const page = await openOverview({ own: undefined });
    for (const words of Object.values(t.consent)) expect(page.text()).toContain(words);
    await page.instance['onSensitive']?.();
    expect(inputs('report.optIn')).toEqual([]);
    phone.answers['report.optIn'] = ok(
      reportOverview({ own: { since: '2026-11-01', sensitive: true, state: 'waiting' } }),
    );
    await page.instance['onOptIn']?.();
    expect(inputs('report.optIn')).toEqual([{ season: SEASON, sensitive: true }]);
    expect(phone.toasts).toEqual([t.optedIn]);
    expect(page.text()).not.toContain(t.consentTitle);
  });

  it('leaves everything as it was when opting in fails', async () => {
    const page = await openOverview({ own: undefined });
    phone.answers['report.optIn'] = fault('LIBRARY_UNREACHABLE');
    await page.instance['onOptIn']?.();
    expect(phone.toasts).toEqual([zh.faults.LIBRARY_UNREACHABLE.title]);
    expect(page.text()).toContain(t.consentTitle);
  });

  it('changes the choice about keywords at once for who takes part', async () => {
    const page = await openOverview();
    phone.answers['report.optIn'] = ok(
      reportOverview({ own: { since: '2026-09-01', sensitive: true, state: 'made' } }),
    );
    await page.instance['onSensitive']?.();
    expect(inputs('report.optIn')).toEqual([{ season: SEASON, sensitive: true }]);
    expect(phone.toasts).toEqual([t.sensitiveChanged]);
  });

  it('lets go of everything, once that is confirmed', async () => {
    const page = await openOverview();
    phone.answers['report.optOut'] = ok(reportOverview({ own: undefined }));
    phone.confirm = false;
    await page.instance['onOptOut']?.();
    expect(inputs('report.optOut')).toEqual([]);
    phone.confirm = true;
    await page.instance['onOptOut']?.();
    expect(phone.questions.at(-1)).toContain(t.optOutAsk);
    expect(inputs('report.optOut')).toEqual([{ confirm: true }]);
    expect(page.text()).toContain(t.consentTitle);
  });

  it('lets go of the reports of other years, too, when this one was not asked for', async () => {
    const page = await openOverview({ own: undefined, hasReports: true });
    expect(page.text()).toContain(t.optOut);
    expect((await openOverview({ own: undefined, hasReports: false })).text()).not.toContain(t.optOut);
  });

  it('offers the next year beside the one that is out, and takes both away together', async () => {
    const next = { id: 'calendar-2027', window: { ...season!.window, year: 2027 } };
    const page = await openOverview({ next });
    expect(page.text()).toContain(t.dispute.button);
    expect(page.text()).toContain(t.consent.who);
    expect(page.text()).toContain(say(t.next.ask, { year: '2027 年' }));
    phone.answers['report.optIn'] = ok(
      reportOverview({ next: { ...next, own: { since: '2027-01-09T04:00:00Z' } } }),
    );
    await page.instance['onOptInNext']?.();
    expect(inputs('report.optIn')).toEqual([{ season: 'calendar-2027', sensitive: false }]);
    expect(page.text()).toContain('2027 年 1 月 9 日起参加');
    expect(page.text()).not.toContain(say(t.next.optIn, { year: '2027 年' }));
  });

  it('has it computed anew, says how often that is possible, and keeps the versions', async () => {
    const page = await openOverview();
    await until(() => inputs('report.open').length === 1);
    phone.answers['report.dispute'] = ok({ left: 2 });
    phone.answers['report.open'] = ok(
      opened(fullReport(), {
        disputed: true,
        earlier: [{ version: 1, asOf: '2027-01-03T04:00:00Z', madeAt: '2027-01-08T04:00:00Z' }],
      }),
    );
    await page.instance['onDispute']?.();
    expect(phone.questions.at(-1)).toBe(say(t.dispute.left, { n: 2 }));
    expect(page.text()).toContain(t.dispute.running);
    // when it was made: all versions are of one snapshot
    expect(page.text()).toMatch(/第 1 份，(?:2027 年 )?1 月 8 日[^，]*算的/);
    page.instance['onVersion']?.({ currentTarget: { dataset: { version: 1 } } });
    expect(phone.visits).toEqual([`navigateTo /packages/report/story/story?season=${SEASON}&version=1`]);
  });

  it('offers to compute a report anew that cannot be opened any more', async () => {
    phone.answers['report.open'] = fault('NOT_FOUND');
    const page = await openOverview();
    await until(() => offersAnew(page), page.text);
    phone.confirm = true;
    phone.answers['report.dispute'] = ok({ left: 2 });
    await page.instance['onDispute']?.();
    expect(inputs('report.dispute')).toEqual([{ season: SEASON }]);
    expect(page.text()).toContain(t.dispute.running);
    expect(offersAnew(page)).toBe(false);
  });

  it('does not offer that where nobody knows whether it can be opened', async () => {
    phone.answers['report.open'] = fault('BUSY');
    const page = await openOverview();
    await turn();
    expect(inputs('report.open').length).toBeGreaterThan(0);
    expect(offersAnew(page)).toBe(false);
  });

  it('no longer says that the last one failed once another is asked for', async () => {
    const own = { since: '2026-09-01', sensitive: false, state: 'made' as const };
    const page = await openOverview({ own: { ...own, failed: 'noSource' } });
    await until(() => offersAnew(page), page.text);
    phone.confirm = true;
    phone.answers['report.dispute'] = ok({ left: 2 });
    phone.answers['report.overview'] = ok(reportOverview({ own }));
    await page.instance['onDispute']?.();
    expect(page.text()).not.toContain(t.failed.noSource);
  });

  it('says that it was computed anew often enough, and offers it no more', async () => {
    const page = await openOverview();
    await until(() => page.data['disputes'] === 3);
    expect(page.text()).toContain(say(t.dispute.canAsk, { n: 3 }));
    phone.answers['report.dispute'] = ok({ left: 0, refused: 'TOO_MANY' });
    phone.answers['report.open'] = ok(opened(fullReport(), { disputesLeft: 0 }));
    await page.instance['onDispute']?.();
    expect(phone.questions.at(-1)).toBe(t.dispute.noMore);
    expect(page.text()).toContain(t.dispute.noMore);
    // said in the text, and no button any more
    expect(page.text().split(t.dispute.button)).toHaveLength(2);
  });

  it('asks for no consent while no year can be asked for', async () => {
    const page = await openOverview({ season: undefined, own: undefined });
    expect(page.text()).not.toContain(t.optIn);
    expect(page.text()).not.toContain(t.sensitive);
  });

  it('opens the report and those of earlier years', async () => {
    const past = [
      { season: 'calendar-2025', window: { ...season!.window, year: 2025 }, madeAt: '2026-01-04T00:00:00Z' },
    ];
    const page = await openOverview({ past });
    expect(page.text()).toContain('2025 年');
    page.tap('.button-seal');
    await until(() => phone.visits.length === 1);
    page.instance['onPast']?.({ currentTarget: { dataset: { season: 'calendar-2025' } } });
    expect(phone.visits).toEqual([
      `navigateTo /packages/report/story/story?season=${SEASON}`,
      'navigateTo /packages/report/story/story?season=calendar-2025',
    ]);
  });

  it('without a card, or when it cannot be read, says which', async () => {
    phone.answers['report.overview'] = fault('CARD_NOT_BOUND');
    const page = openPage(OVERVIEW);
    await until(() => page.data['state'] === 'unbound');
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
    phone.answers['report.overview'] = lost;
    const other = openPage(OVERVIEW);
    await until(() => other.data['state'] === 'error');
    expect(other.text()).toContain(zh.faults.OFFLINE.title);
  });

  it('keeps the wish for less motion', async () => {
    const page = await openOverview();
    page.instance['onCalm']?.();
    expect(phone.storage.get('settings')).toMatchObject({ lessMotion: true });
    page.instance['onCalm']?.();
  });
});

describe('the ways there', () => {
  const BLOCK = 'pages/home/report-block/report-block';
  const title = (block: Opened) => block.data['title'] as string;

  it('on the home page: a report that is ready, until it was opened', async () => {
    phone.answers['report.overview'] = ok(reportOverview());
    const block = open(BLOCK, {});
    await until(() => title(block) !== '');
    expect(title(block)).toContain('2026 年');
    block.instance['onTap']?.();
    expect(phone.visits).toEqual([`navigateTo /packages/report/story/story?season=${SEASON}`]);
    phone.answers['report.open'] = ok(opened());
    const story = openPage('packages/report/story/story', { season: SEASON });
    await until(() => story.data['state'] === 'ready');
    const later = open(BLOCK, {});
    await turn();
    expect(title(later)).toBe('');
    forgetReport();
  });

  it('on the home page: an invitation once, to who has not decided', async () => {
    phone.answers['report.overview'] = ok(reportOverview({ own: undefined }));
    const block = open(BLOCK, {});
    await until(() => title(block) !== '');
    block.instance['onTap']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/report/overview/overview']);
    await openOverview({ own: undefined });
    const later = open(BLOCK, {});
    await turn();
    expect(title(later)).toBe('');
  });

  it.each([
    ['not published', reportOverview({ season: { ...season!, stage: 'making' } })],
    [
      'without a report',
      reportOverview({ own: { since: '2026-09-01', sensitive: false, state: 'noSource' } }),
    ],
    ['unreadable', undefined],
  ])('on the home page: nothing of a year that is %s', async (_, answer) => {
    phone.answers['report.overview'] = answer === undefined ? fault('INTERNAL') : ok(answer);
    const block = open(BLOCK, {});
    await until(() => phone.calls.length === 1);
    await turn();
    expect(title(block)).toBe('');
  });

  it('on the page “me”', async () => {
    await openOverview();
    const page = openPage('pages/me/me');
    expect(page.text()).toContain(zh.report.rowNew);
    page.instance['onReport']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/report/overview/overview']);
  });
});
