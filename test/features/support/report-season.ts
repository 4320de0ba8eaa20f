import { createHash } from 'node:crypto';
import type { ReportLoan } from '../../../contracts/report/loan';
import { Report } from '../../../contracts/report/report';
import * as v from 'valibot';
import { createLookup } from '../../../cloudfunctions/runtime/lookup';
import { createSealer, parseKeyRing, type Sealer } from '../../../cloudfunctions/runtime/sealed';
import { dataOf, type LocalCloud } from '../../support/local-cloud';
import { addDocuments, readCollection } from './read-database';

export const SEASON = 'calendar-2026';
const MINUTE = 60_000;
/** A run that was killed holds its year so long. */
export const HELD_MS = 71_000;

export interface ImportedReader {
  ref: string;
  readerType?: string;
  loans: ReportLoan[];
}
/** Somebody who has bound a card and opted in. */
export interface OptedIn {
  openid: string;
  ref: string;
  bindingId: string;
  sensitive?: boolean;
}

export type StoredReport = { _id: string; owner: string; report?: string } & Record<string, unknown>;

export const sealerOf = (cloud: LocalCloud): Sealer => createSealer(parseKeyRing(cloud.dataKeys())!);
/** Under what the loans of a reader lie. */
export const patronOf = (cloud: LocalCloud, ref: string): string =>
  createLookup(Buffer.from(cloud.lookupKey(), 'base64'))('onboarding', ref);

/** Binds cards and opts their owners in, as if they had done so one after the other. */
export async function bindAndOptIn(
  cloud: LocalCloud,
  refs: readonly string[],
  readerType = 'undergraduate',
): Promise<OptedIn[]> {
  const sealer = sealerOf(cloud);
  const people = refs.map((ref): OptedIn => ({ openid: `o-${ref}`, ref, bindingId: `binding-${ref}` }));
  const profile = (openid: string): string =>
    sealer.seal(
      { maskedNumber: '****', readerType: { code: readerType, name: readerType }, blocks: [] },
      { owner: openid, purpose: 'bindings.profile' },
    );
  const now = cloud.clock.now();
  const bindings = people.map(({ openid, ref, bindingId }) => ({
    ...{ _id: openid, bindingId, patronRef: ref, consentVersion: 1, boundAt: now },
    ...{ profile: profile(openid), profileAsOf: now },
  }));
  await addDocuments(cloud.url(), 'bindings', bindings);
  await optIn(cloud, people);
  return people;
}

/** What the reader's own call leaves. */
export async function optIn(cloud: LocalCloud, people: readonly OptedIn[]): Promise<void> {
  const now = cloud.clock.now();
  const reports = people.map(({ openid, ref, bindingId, sensitive = false }) => ({
    ...{ _id: `${openid}:${SEASON}`, owner: openid, bindingId, patron: patronOf(cloud, ref), season: SEASON },
    ...{ since: now, sensitive, step: 'gather', due: now, tries: 0, state: 'waiting' },
    ...{ earlier: [], hidden: [], disputes: 0, changedAt: now, expiresAt: now + 3 * 365 * 86_400_000 },
  }));
  await addDocuments(cloud.url(), 'reports', reports);
}

/** Opts in who has bound a card of the demo library. */
export async function optInBound(cloud: LocalCloud, openids: readonly string[]): Promise<void> {
  const bindings = await readCollection<{ _id: string; bindingId: string; patronRef: string }>(
    cloud.url(),
    'bindings',
  );
  const people = openids.map((openid): OptedIn => {
    const { bindingId, patronRef } = bindings.find(({ _id }) => _id === openid)!;
    return { openid, bindingId, ref: patronRef };
  });
  await optIn(cloud, people);
}

export const importIdOf = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);

/** Puts loans in as the import command does. @returns the import's id */
export async function putImport(
  cloud: LocalCloud,
  readers: readonly ImportedReader[],
  size = 100,
): Promise<string> {
  const id = importIdOf(readers);
  const parts = Math.ceil(readers.length / size);
  for (let part = 0; part < parts; part++) {
    const slice = readers.slice(part * size, (part + 1) * size);
    dataOf(await cloud.order('report.putLoans', { season: SEASON, import: id, part, readers: slice }));
  }
  const loans = readers.reduce((sum, one) => sum + one.loans.length, 0);
  const counts = { parts, readers: readers.length, loans };
  dataOf(await cloud.order('report.imported', { season: SEASON, import: id, ...counts }));
  return id;
}

export const statusOf = async (cloud: LocalCloud) =>
  dataOf(await cloud.order('report.status', { season: SEASON }));

export const later = (cloud: LocalCloud, ms: number): void => cloud.clock.set(cloud.clock.now() + ms);

/** One beat, a minute after whatever was before. */
export async function nextBeat(cloud: LocalCloud): Promise<unknown> {
  later(cloud, MINUTE);
  return cloud.beat();
}

/** Beats until a year is so far. @throws when it does not come to that */
export async function beatUntil(cloud: LocalCloud, stage: string, most = 20): Promise<void> {
  for (let i = 0; i < most; i++) {
    if ((await statusOf(cloud)).stage === stage) return;
    await nextBeat(cloud);
  }
  throw new Error(`not ${stage}: ${JSON.stringify(await statusOf(cloud))}`);
}

export const storedReports = (cloud: LocalCloud): Promise<StoredReport[]> =>
  readCollection<StoredReport>(cloud.url(), 'reports');

/** A sealed report, opened and checked. */
export const openStored = (
  cloud: LocalCloud,
  { _id, report }: { _id: string; report?: string },
  collection = 'reports',
): Report => v.parse(Report, sealerOf(cloud).open(report!, { owner: _id, purpose: `${collection}.report` }));

/** Every report that is made, by owner. */
export async function openReports(cloud: LocalCloud): Promise<Map<string, Report>> {
  const made = (await storedReports(cloud)).filter(({ report }) => report !== undefined);
  return new Map(made.map((one) => [one.owner, openStored(cloud, one)]));
}

/** Opens a year, with all readers' clocks in it. @param at now, from then on */
export async function openYear(cloud: LocalCloud, at = '2027-01-03T12:00:00+08:00'): Promise<void> {
  cloud.clock.set(Date.parse(at));
  dataOf(await cloud.order('report.season', { season: SEASON }));
}

export async function startYear(cloud: LocalCloud, asOf?: string): Promise<void> {
  dataOf(await cloud.order('report.start', { season: SEASON, ...(asOf !== undefined && { asOf }) }));
}
