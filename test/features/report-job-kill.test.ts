import { expect, it } from '@jest/globals';
import type { Report } from '../../contracts/report/report';
import { generateReaders, makeRandom } from '../support/loan-years';
import { startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { startCountingWire, type Cut } from './support/counting-wire';
import { readCollection } from './support/read-database';
import {
  beatUntil,
  bindAndOptIn,
  HELD_MS,
  later,
  nextBeat,
  openReports,
  openYear,
  putImport,
  startYear,
  statusOf,
  storedReports,
} from './support/report-season';
import { AS_OF } from './report-engine/support/setting';

jest.setTimeout(300_000);

const KILLS = 10;
/** What the job sends when it begins with a year, and how many requests after that it is killed at most. */
const TAKES_YEAR = 'heldUntil';
const REPORT_JOB = 30;
const readers = [...generateReaders({ readers: 130, year: 2026, scale: 3, snapshotAt: AS_OF })].map(
  ({ readerId: ref, ...reader }) => ({ ref, ...reader }),
);
const optedIn = readers.slice(30, 110).map(({ ref }) => ref);

interface Outcome {
  reports: Map<string, Report>;
  figures: Record<string, string>;
}

async function prepare(cloud: LocalCloud): Promise<void> {
  await openYear(cloud, AS_OF);
  await putImport(cloud, readers);
  await bindAndOptIn(cloud, optedIn);
  await startYear(cloud, AS_OF);
}

async function outcomeOf(cloud: LocalCloud): Promise<Outcome> {
  const reports = await openReports(cloud);
  const figures = await readCollection<{ _id: string; packed: string }>(cloud.url(), 'report_figures', 5);
  // a shelf says when it was asked for
  const counted = figures.filter(({ _id }) => !_id.includes(':shelf'));
  return { reports, figures: Object.fromEntries(counted.map(({ _id, packed }) => [_id, packed])) };
}

/** Reports without the moment at which the shelf was looked at. */
const plain = (reports: Map<string, Report>): Record<string, unknown> =>
  Object.fromEntries(
    [...reports].map(([owner, report]) => [
      owner,
      {
        ...report,
        cards: report.cards.map((card) =>
          card.kind === 'nextThree' ? { ...card, how: { ...card.how, asOf: '' } } : card,
        ),
      },
    ]),
  );

async function undisturbed(): Promise<Outcome> {
  const cloud = await startLocalCloud();
  try {
    await prepare(cloud);
    await beatUntil(cloud, 'ready');
    return await outcomeOf(cloud);
  } finally {
    await cloud.stop();
  }
}

it('killed ten times at random, the job ends with the same reports and figures, and one of each', async () => {
  const expected = await undisturbed();
  expect(expected.reports.size).toBe(optedIn.length);

  const cloud = await startLocalCloud();
  const wire = await startCountingWire(() => cloud.url());
  try {
    await cloud.restart({ TCB_CONTEXT_CNFG: JSON.stringify({ URL: wire.url }) });
    await prepare(cloud);
    const random = makeRandom(20_261_127);
    const killedIn = new Set<string>();
    let kills = 0;
    while (kills < KILLS) {
      const cut: Cut = random() < 0.5 ? 'before' : 'after';
      let restarted: Promise<void> | undefined;
      const { stage: before } = await statusOf(cloud);
      const requests = 1 + Math.floor(random() * REPORT_JOB);
      wire.onBody(TAKES_YEAR, 1, () => {
        wire.at(requests, cut, () => {
          restarted = cloud.restart();
        });
        return Promise.resolve();
      });
      const ended = await nextBeat(cloud).then(
        () => 'ended',
        () => 'killed',
      );
      wire.quiet();
      await restarted;
      if (restarted) {
        expect(ended).toBe('killed');
        kills++;
        killedIn.add(before);
      }
      // nothing is visible before publication, and nothing is there twice
      const { stage } = await statusOf(cloud);
      expect(stage).not.toBe('published');
      for (const { earlier, version = 1 } of await storedReports(cloud)) {
        expect([earlier, version]).toEqual([[], 1]);
      }
      later(cloud, HELD_MS);
      if (stage === 'ready') break;
    }
    expect(kills).toBe(KILLS);
    expect(killedIn.size).toBeGreaterThan(2);
    await beatUntil(cloud, 'ready');

    const outcome = await outcomeOf(cloud);
    expect(plain(outcome.reports)).toEqual(plain(expected.reports));
    expect(outcome.figures).toEqual(expected.figures);
    expect((await storedReports(cloud)).length).toBe(optedIn.length);
    expect(await readCollection(cloud.url(), 'report_versions')).toEqual([]);
    expect((await statusOf(cloud)).counted).toBe(readers.length);
    const left = await readCollection<{ _id: string; patron: string }>(cloud.url(), 'report_loans');
    expect(new Set(left.map(({ patron }) => patron)).size).toBe(optedIn.length);
  } finally {
    await wire.close();
    await cloud.stop();
  }
});

it('two beats at once do not collide', async () => {
  const cloud = await startLocalCloud();
  try {
    await prepare(cloud);
    for (let i = 0; i < 20 && (await statusOf(cloud)).stage !== 'ready'; i++) {
      later(cloud, 60_000);
      expect(await Promise.all([cloud.beat(), cloud.beat(), cloud.beat()])).toEqual(
        Array.from({ length: 3 }, () => ({ done: true })),
      );
    }
    expect((await statusOf(cloud)).stage).toBe('ready');
    const reports = await storedReports(cloud);
    expect(reports.length).toBe(optedIn.length);
    for (const { version, earlier } of reports) expect([version, earlier]).toEqual([1, []]);
    expect((await statusOf(cloud)).counted).toBe(readers.length);
    expect(cloud.logs.join('\n')).toContain('"reports.taken":');
  } finally {
    await cloud.stop();
  }
});
