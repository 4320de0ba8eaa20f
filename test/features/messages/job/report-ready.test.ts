import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { LocalCloud } from '../../../support/local-cloud';
import { dataOf } from '../../../support/local-cloud';
import { openReports, SEASON } from '../../support/reports';
import {
  at,
  beatAt,
  begin,
  enrol,
  inboxOf,
  MINUTE,
  NIGHT,
  passMorning,
  sends,
  startMessageCloud,
  storedMessages,
  taken,
  templateOf,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let library: ScriptedLibrary;
beforeAll(async () => {
  ({ cloud, library } = await startMessageCloud());
});
afterAll(() => cloud.stop());
beforeEach(() => begin(cloud, library));

/** A reader whose report of the year is made and published in the evening, and announced in the night. */
async function announce() {
  const reports = await openReports(cloud);
  const { openid } = await enrol(cloud, 'twenty', { credits: { reportReady: 2 } });
  await reports.putSeason({ stage: 'open' });
  dataOf(await cloud.call('report.optIn', { season: SEASON }, openid));
  await reports.make(openid);
  await reports.putSeason({ publishedAt: cloud.clock.now() });
  await beatAt(cloud, NIGHT);
  expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'planned', delivery: 'waiting' }]);
  return { openid, reports };
}

it('that a report can be opened is told once', async () => {
  await announce();
  await passMorning(cloud);
  await beatAt(cloud);
  await beatAt(cloud, at('2026-11-25T23:00'));
  await beatAt(cloud, at('2026-11-26T09:00'));
  expect(taken(cloud).map(({ request }) => request['template_id'])).toEqual([templateOf('reportReady')]);
});

it('it is told to nobody who has opted out before it is sent', async () => {
  const { openid } = await announce();
  dataOf(await cloud.call('report.optOut', { confirm: true }, openid));
  await passMorning(cloud);
  expect(sends(cloud)).toEqual([]);
  expect(await storedMessages(cloud)).toEqual([]);
});

it('it is told to nobody while the year is withdrawn, and when it is published again', async () => {
  const { openid, reports } = await announce();
  await reports.putSeason({ stage: 'ready' });
  await passMorning(cloud);
  expect(sends(cloud)).toEqual([]);
  expect(await inboxOf(cloud, openid)).toEqual([]);
  await reports.putSeason({ publishedAt: cloud.clock.now() });
  await beatAt(cloud, NIGHT + 24 * 60 * MINUTE);
  await beatAt(cloud, at('2026-11-26T09:00'));
  expect(taken(cloud)).toHaveLength(1);
});
