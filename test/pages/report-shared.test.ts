import { beforeEach, describe, expect, it } from '@jest/globals';
import { Card, type CardKind } from '../../contracts/report/cards';
import { shareReport } from '../../cloudfunctions/features/report/engine/show-to-others';
import { reportWords } from '../../miniprogram/packages/report/words';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until, type Opened } from './support/open-page';
import { fullReport, TOKEN } from './support/report';

const SHARED = 'packages/report/shared/shared';
const { shared: s } = reportWords('zh-CN');
const report = fullReport();
const KINDS: CardKind[] = Card.options.map(({ entries }) => entries.kind.literal);
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

describe('what a friend opens', () => {
  const shared = (cards: readonly CardKind[] = KINDS) => ok(shareReport(report, cards));
  async function openShared(query: Record<string, string> = { t: TOKEN }): Promise<Opened> {
    const page = openPage(SHARED, query);
    await until(() => page.data['state'] !== 'loading', page.text);
    return page;
  }

  it('asks the function that knows nobody, and plays the chosen cards only', async () => {
    phone.answers['report.shared'] = shared(['persona', 'totals']);
    const page = await openShared();
    expect(phone.calls).toEqual([{ name: 'public', action: 'report.shared', input: { token: TOKEN } }]);
    const seen: string[] = [];
    while (page.data['atEnd'] === false) {
      seen.push((page.data['card'] as { kind: string }).kind);
      page.instance['onNext']?.();
    }
    expect(seen).toEqual(['cover', 'totals', 'persona']);
    expect(page.text()).toContain(s.endText);
    page.tap('.button-seal');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['switchTab /pages/home/home']);
  });

  it('opens from a mini-program code, too', async () => {
    phone.answers['report.shared'] = shared();
    const page = await openShared({ scene: encodeURIComponent(TOKEN) });
    expect(page.data['state']).toBe('ready');
    expect(inputs('report.shared')).toEqual([{ token: TOKEN }]);
  });

  it('works from the timeline: the same page with its query, and nothing that leads away', async () => {
    phone.scene = 1154;
    phone.answers['report.shared'] = shared();
    const page = await openShared();
    page.instance['onSkip']?.();
    expect(page.text()).toContain(s.openSingle);
    expect(page.find('.button-seal')).toBeUndefined();
    expect(page.instance['onShareTimeline']?.()).toMatchObject({ query: `t=${TOKEN}` });
  });

  it('can be passed on', async () => {
    phone.answers['report.shared'] = shared();
    const page = await openShared();
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      path: `/packages/report/shared/shared?t=${TOKEN}`,
    });
  });

  it.each([{}, { t: '' }, { t: 'guess' }, { t: `${TOKEN}x` }, { scene: '%E4' }])(
    'does not even ask with %o',
    async (query) => {
      const page = await openShared(query);
      expect(page.text()).toContain(s.gone);
      expect(phone.calls).toEqual([]);
    },
  );

  it('says kindly that a link was taken back, and does not pass it on', async () => {
    phone.answers['report.shared'] = fault('NOT_FOUND');
    const page = await openShared();
    expect(page.text()).toContain(s.gone);
    expect(page.text()).toContain(s.goneHint);
    expect(page.instance['onShareAppMessage']?.()).toMatchObject({
      path: '/packages/report/overview/overview',
    });
  });

  it.each([
    ['INTERNAL', fault('INTERNAL'), zh.faults.INTERNAL.title],
    ['no network', lost, zh.faults.OFFLINE.title],
  ])('does not take %s for a link that was taken back', async (_, answer, title) => {
    phone.answers['report.shared'] = answer;
    const page = await openShared();
    expect(page.text()).toContain(title);
    expect(page.text()).not.toContain(s.gone);
    phone.answers['report.shared'] = shared();
    page.instance['onNotice']?.();
    await until(() => page.data['state'] === 'ready');
  });

  it('has nothing to show when its owner hid all of it', async () => {
    phone.answers['report.shared'] = shared([]);
    expect((await openShared()).text()).toContain(s.empty);
  });

  it('leaves out what is newer than this app, and says so', async () => {
    const { window, cards } = shareReport(report, ['totals']);
    phone.answers['report.shared'] = ok({ window, cards: [...cards, { kind: 'ofTomorrow' } as never] });
    const page = await openShared();
    expect(page.data['of']).toBe(3);
    page.instance['onSkip']?.();
    expect(page.text()).toContain(s.newer);
  });
});
