import { beforeEach, describe, expect, it } from '@jest/globals';
import type { CardKind } from '../../contracts/report/cards';
import { forgetReports } from '../../miniprogram/packages/report/kept-report';
import { reportWords } from '../../miniprogram/packages/report/words';
import { fakePhone, lost, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until, type Opened } from './support/open-page';
import { fullReport, opened, SEASON, TOKEN } from './support/report';

const SHARE = 'packages/report/share/share';
const { share: t } = reportWords('zh-CN');
const report = fullReport();
const link = { token: TOKEN, cards: ['persona', 'totals'] as CardKind[], since: '2027-01-05T04:00:00Z' };
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetReports();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
async function openShare(change: Parameters<typeof opened>[1] = {}): Promise<Opened> {
  phone.answers['report.open'] = ok(opened(report, change));
  const page = openPage(SHARE, { season: SEASON });
  await until(() => page.data['state'] === 'ready', page.text);
  return page;
}
interface Choice {
  kind: CardKind;
  chosen: boolean;
  gist: string;
}
const choices = (page: Opened) => page.data['choices'] as Choice[];
const chosen = (page: Opened) =>
  choices(page)
    .filter((one) => one.chosen)
    .map(({ kind }) => kind);
function choose(page: Opened, kind: CardKind): void {
  const at = choices(page).findIndex((one) => one.kind === kind);
  page.instance['onChoose']?.({ currentTarget: { dataset: { at } } });
}

describe('choosing what friends see', () => {
  it('offers every card, with comparisons and lateness unchosen and why', async () => {
    const page = await openShare();
    expect(choices(page).map(({ kind }) => kind)).toEqual(report.cards.map(({ kind }) => kind));
    expect(report.cards.map(({ kind }) => kind).filter((kind) => !chosen(page).includes(kind))).toEqual([
      'onTime',
      'percentile',
    ]);
    for (const text of [t.careful, t.carefulOnTime]) expect(page.text()).toContain(text);
    for (const { gist } of choices(page)) expect(gist).not.toBe('');
  });

  it('does not offer what is hidden', async () => {
    const page = await openShare({ hidden: ['persona'] });
    expect(choices(page).map(({ kind }) => kind)).not.toContain('persona');
  });

  it('makes a link of the chosen cards and sends that, not the story', async () => {
    const page = await openShare();
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      path: '/packages/report/overview/overview',
    });
    for (const kind of chosen(page)) if (kind !== 'persona') choose(page, kind);
    phone.answers['report.share'] = ok({ token: TOKEN, cards: ['persona'] });
    await page.instance['onMake']?.();
    expect(inputs('report.share')).toEqual([{ season: SEASON, cards: ['persona'] }]);
    expect(page.data['same']).toBe(true);
    expect(page.find('.send')).toBeDefined();
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      path: `/packages/report/shared/shared?t=${TOKEN}`,
    });
    page.instance['onLook']?.();
    expect(phone.visits).toEqual([`navigateTo /packages/report/shared/shared?t=${TOKEN}`]);
  });

  it('asks for a card at least', async () => {
    const page = await openShare();
    for (const kind of chosen(page)) choose(page, kind);
    await page.instance['onMake']?.();
    expect([inputs('report.share'), phone.toasts]).toEqual([[], [t.none]]);
  });

  it('starts from the link that is open, and says when the choice differs from it', async () => {
    const page = await openShare({ link });
    expect(chosen(page).sort()).toEqual(['persona', 'totals']);
    expect(page.text()).not.toContain(t.changed);
    choose(page, 'firstBook');
    expect(page.text()).toContain(t.changed);
    expect(page.find('.send')).toBeUndefined();
  });

  it('takes the link back once that is confirmed', async () => {
    const page = await openShare({ link });
    phone.answers['report.revoke'] = ok({});
    phone.confirm = false;
    await page.instance['onRevoke']?.();
    expect(inputs('report.revoke')).toEqual([]);
    phone.confirm = true;
    await page.instance['onRevoke']?.();
    expect(inputs('report.revoke')).toEqual([{ season: SEASON }]);
    expect(page.data['token']).toBe('');
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      path: '/packages/report/overview/overview',
    });
  });

  it('keeps a link that could not be taken back', async () => {
    const page = await openShare({ link });
    phone.answers['report.revoke'] = lost;
    await page.instance['onRevoke']?.();
    expect(page.data['token']).toBe(TOKEN);
    expect(phone.toasts).toEqual([zh.faults.OFFLINE.title]);
  });
});
