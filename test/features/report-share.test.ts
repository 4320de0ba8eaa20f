import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { CardKind } from '../../contracts/report/cards';
import { posterOf, shareReport } from '../../cloudfunctions/features/report/engine/show-to-others';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { reportOf } from './report-engine/support/setting';
import { readDatabase } from './support/read-database';
import { bind, fault, type ReaderName } from './support/readers';
import { look, LOANS, openReports, SEASON, type Reports } from './support/reports';

jest.setTimeout(120_000);

const REPORT = reportOf(LOANS);
const ALL = REPORT.cards.map(({ kind }) => kind);
const tokens: string[] = [];
let cloud: LocalCloud;
let reports: Reports;

beforeAll(async () => {
  cloud = await startLocalCloud();
  reports = await openReports(cloud);
  await reports.putSeason();
  await reader('o-1', 'twenty');
}, 120_000);
afterAll(() => cloud.stop());

/** A reader with a report. */
async function reader(openid: string, who: ReaderName): Promise<void> {
  await bind(cloud, who, openid);
  dataOf(await cloud.call('report.optIn', {}, openid));
  await reports.make(openid);
}

async function share(cards: CardKind[], openid = 'o-1') {
  const answer = dataOf(await cloud.call('report.share', { season: SEASON, cards }, openid));
  tokens.push(answer.token);
  return answer;
}
const hide = (card: CardKind, hidden = true, openid = 'o-1') =>
  cloud.call('report.hide', { season: SEASON, card, hidden }, openid);
const open = async (openid = 'o-1') => dataOf(await cloud.call('report.open', {}, openid));
const shown = async (token: string) => dataOf(await look(cloud, token)).cards.map(({ kind }) => kind);
const revoke = async (openid = 'o-1') =>
  dataOf(await cloud.call('report.revoke', { season: SEASON }, openid));

describe('a link', () => {
  it('shows to anybody what was chosen, and keeps its token when something else is', async () => {
    const { token, cards } = await share(['persona', 'totals', 'persona']);
    expect(token).toMatch(/^[\w-]{22}$/);
    expect(cards).toEqual(['totals', 'persona']);
    for (const openid of ['', 'o-friend']) {
      expect(dataOf(await look(cloud, token, openid))).toEqual(shareReport(REPORT, cards));
    }
    const { link } = await open();
    expect(link).toEqual({ token, cards, since: expect.any(String) });
    cloud.clock.set(cloud.clock.now() + 60_000);
    expect(await share(['topClass'])).toEqual({ token, cards: ['topClass'] });
    expect(await shown(token)).toEqual(['topClass']);
    expect((await open()).link).toEqual({ token, cards: ['topClass'], since: link!.since });
  });

  it('shows on time and percentile only where they are named, and no card that is not in the report', async () => {
    const others = ALL.filter((kind) => kind !== 'onTime');
    const { token } = await share([...others, 'libraryYear', 'keywords']);
    expect(await shown(token)).toEqual(others);
    await share(['onTime']);
    expect(await shown(token)).toEqual(['onTime']);
    expect(await cloud.call('report.share', { season: SEASON, cards: ['libraryYear'] }, 'o-1')).toEqual(
      fault('BAD_REQUEST'),
    );
    expect(await shown(token)).toEqual(['onTime']);
  });

  it('loses a card that is hidden, as the poster does, and does not get it back by itself', async () => {
    const { token } = await share(['totals', 'persona']);
    expect(dataOf(await hide('totals'))).toEqual({
      ...{ hidden: ['totals'], poster: posterOf(REPORT, ['totals']) },
    });
    expect(await shown(token)).toEqual(['persona']);
    expect(await open()).toMatchObject({ hidden: ['totals'], link: { cards: ['persona'] } });
    expect(await share(['totals', 'persona'])).toEqual({ token, cards: ['persona'] });
    expect(dataOf(await hide('totals', false))).toEqual({ hidden: [], poster: posterOf(REPORT) });
    expect(await shown(token)).toEqual(['persona']);
    expect(await share(['totals'])).toEqual({ token, cards: ['totals'] });
  });

  it('ends when its last card is hidden, and the next has another token', async () => {
    const { token } = await share(['totals']);
    await hide('totals');
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    expect(await open()).not.toHaveProperty('link');
    expect(await cloud.call('report.share', { season: SEASON, cards: ['totals'] }, 'o-1')).toEqual(
      fault('BAD_REQUEST'),
    );
    await hide('totals', false);
    expect((await share(['totals'])).token).not.toBe(token);
  });

  it('shows nothing when it was revoked, for good', async () => {
    const { token } = await share(['totals']);
    expect(await revoke()).toEqual({});
    expect(await revoke()).toEqual({});
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    expect(await open()).not.toHaveProperty('link');
    const next = await share(['totals']);
    expect(next.token).not.toBe(token);
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
  });

  it('shows nothing while its year is withdrawn, can be revoked all the same, and is there again afterwards', async () => {
    await reader('o-2', 'none');
    const { token } = await share(['totals']);
    const other = await share(['totals'], 'o-2');
    await reports.putSeason({ stage: 'ready' });
    expect(await look(cloud, token)).toEqual(fault('NOT_FOUND'));
    expect(await hide('totals')).toEqual(fault('NOT_FOUND'));
    expect(await cloud.call('report.share', { season: SEASON, cards: ['totals'] }, 'o-1')).toEqual(
      fault('NOT_FOUND'),
    );
    await revoke('o-2');
    await reports.putSeason();
    expect(await shown(token)).toEqual(['totals']);
    expect(await look(cloud, other.token)).toEqual(fault('NOT_FOUND'));
  });

  it('is not found by guessing, nor by what stands in the database', async () => {
    const { token } = await share(['totals']);
    const [stored] = (await readDatabase(cloud.url()))['report_shares']!.filter(
      ({ owner }) => owner === 'o-1',
    );
    const guesses = [
      'A'.repeat(22),
      token.slice(0, 21) + (token.endsWith('A') ? 'B' : 'A'),
      token.toLowerCase(),
    ];
    for (const guess of [...guesses, String(stored!['_id']).slice(0, 22)]) {
      expect(await look(cloud, guess)).toEqual(fault('NOT_FOUND'));
    }
    for (const wrong of ['', token.slice(1), `${token}A`, stored!['_id'], { $gt: '' }, [token], null, 7]) {
      expect(await look(cloud, wrong)).toEqual(fault('BAD_REQUEST'));
    }
  });

  it('leaves in the database nothing of what it shows, and not its token', async () => {
    const { token } = await share(ALL);
    const text = JSON.stringify(await readDatabase(cloud.url()));
    expect(text).toContain('report_shares');
    for (const secret of [token, ...LOANS.flatMap(({ title, author }) => [title!, author!])]) {
      expect(text).not.toContain(secret);
    }
  });

  it('is looked at only so often by one, who keeps nobody else from it', async () => {
    const { token } = await share(['persona']);
    const answers = [];
    for (let i = 0; i < 62; i++) answers.push(await look(cloud, token, 'o-eager'));
    expect(answers.at(-1)).toEqual(fault('BUSY', true));
    expect(await shown(token)).toEqual(['persona']);
    cloud.clock.set(cloud.clock.now() + 60_000);
    expect(await look(cloud, token, 'o-eager')).toMatchObject({ ok: true });
  });
});

describe('at once', () => {
  it('two who share get one link', async () => {
    await revoke();
    const links = await Promise.all(
      Array.from({ length: 8 }, (_, i) => share(i % 2 ? ['totals'] : ['persona'])),
    );
    expect(new Set(links.map(({ token }) => token)).size).toBe(1);
    const { link } = await open();
    expect(link!.token).toBe(links[0]!.token);
    expect(await shown(link!.token)).toEqual(link!.cards);
    const stored = (await readDatabase(cloud.url()))['report_shares']!.filter(({ owner }) => owner === 'o-1');
    expect(stored).toHaveLength(1);
  });

  it('no card that is hidden stays in the link, whoever shares it meanwhile', async () => {
    for (let round = 0; round < 4; round++) {
      await hide('totals', false);
      const [{ token }] = await Promise.all([
        share(['totals', 'persona']),
        hide('totals'),
        share(['totals', 'topClass', 'persona']),
        hide('topClass'),
      ]);
      const { hidden, link } = await open();
      expect([...hidden].sort()).toEqual(['topClass', 'totals']);
      expect(link!.cards).toEqual(['persona']);
      expect(await shown(token)).toEqual(['persona']);
      await hide('topClass', false);
    }
    await hide('totals', false);
  });

  it('revoking and sharing leave one link or none, and no other', async () => {
    for (let round = 0; round < 4; round++) {
      await Promise.all([share(['totals']), revoke(), share(['persona']), revoke()]);
      const { link } = await open();
      const stored = (await readDatabase(cloud.url()))['report_shares']!.filter(
        ({ owner }) => owner === 'o-1',
      );
      expect(stored).toHaveLength(link ? 1 : 0);
      if (link) expect(await shown(link.token)).toEqual(link.cards);
    }
  });
});

describe('the code of a link', () => {
  const code = (openid = 'o-1') => cloud.call('report.code', { season: SEASON }, openid);
  const refuse = (errcode: number, times = 1): void =>
    cloud.scriptOpenApi({ api: 'wxacode.getUnlimited', errcode, times });

  it('is a picture that WeChat draws for the shared page with the token', async () => {
    const { token } = await share(['totals']);
    const { mime, base64 } = dataOf(await code());
    expect(mime).toBe('image/png');
    const picture = Buffer.from(base64, 'base64');
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeLessThan(100_000);
    const { api, request } = cloud.outbox().at(-1)!;
    expect({ api, request }).toEqual({
      api: 'wxacode.getUnlimited',
      request: {
        ...{ page: 'packages/report/shared/shared', scene: token, width: 320 },
        ...{ check_path: false, env_version: 'release' },
      },
    });
    dataOf(await cloud.call('report.code', { season: SEASON, envVersion: 'trial' }, 'o-1'));
    expect(cloud.outbox().at(-1)!.request).toMatchObject({ env_version: 'trial' });
  });

  it.each([
    [40129, fault('UNSUPPORTED')],
    [48001, fault('UNSUPPORTED')],
    [45009, fault('BUSY', true)],
    [-1, fault('BUSY', true)],
  ])('is refused with %d: the reader is told whether to try again', async (errcode, answer) => {
    refuse(errcode);
    expect(await code()).toEqual(answer);
    expect(await code()).toMatchObject({ ok: true });
  });

  it('is there only while a link is, and only so often', async () => {
    await revoke();
    expect(await code()).toEqual(fault('NOT_FOUND'));
    const asked = cloud.outbox().length;
    const answers = [];
    for (let i = 0; i < 22; i++) answers.push(await code('o-2'));
    expect(answers.at(-1)).toEqual(fault('BUSY', true));
    expect(cloud.outbox()).toHaveLength(asked);
  });
});

it('logs no token, identity or title', () => {
  const text = cloud.logs.join('\n');
  for (const action of ['report.share', 'report.hide', 'report.shared', 'report.code'])
    expect(text).toContain(action);
  for (const secret of [...tokens, 'o-1', 'o-2', ...LOANS.map(({ title }) => title!)])
    expect(text).not.toContain(secret);
});
