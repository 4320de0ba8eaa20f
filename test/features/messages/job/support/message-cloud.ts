import { expect } from '@jest/globals';
import type { Hold } from '../../../../../contracts/holds';
import type { Loan } from '../../../../../contracts/loans';
import { MessageBody } from '../../../../../contracts/messages/body';
import { MESSAGE_KINDS, type MessageKind } from '../../../../../contracts/messages/kinds';
import type { Holdings } from '../../../../../contracts/catalog';
import type { MessageDocument } from '../../../../../cloudfunctions/stores/messages';
import type { PlanDocument } from '../../../../../cloudfunctions/stores/message-plans';
import { LibraryFault } from '../../../../../library-systems/library-fault';
import type { LibrarySystem } from '../../../../../library-systems/library-system';
import * as v from 'valibot';
import { startLocalCloud, type LocalCloud, type LocalCloudOptions } from '../../../../support/local-cloud';
import { addDocuments, readCollection } from '../../../support/read-database';
import { bind, READERS, type ReaderName } from '../../../support/readers';
import { sealerOf } from '../../../support/report-season';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A moment in the library's time zone. */
export const at = (local: string): number => Date.parse(`${local}:00+08:00`);
/** The night before the day about which the tests are, and a moment of that day. */
export const NIGHT = at('2026-11-24T23:00');
export const MORNING = at('2026-11-25T08:00');

export const templateOf = (kind: MessageKind): string => `template-of-kind-${kind}`;
export const TEMPLATES = MESSAGE_KINDS.map((kind) => ({
  id: templateOf(kind),
  kinds: [kind],
  fields: { thing1: 'title', time2: 'date', thing3: 'state' },
}));

export const loanOf = (loanId: string, dueAt: string, more: Partial<Loan> = {}): Loan => ({
  ...{ loanId, itemBarcode: `B${loanId}`, title: `书${loanId}`, dueAt, overdue: false },
  renewal: { allowed: true, left: 1 },
  ...more,
});
export const holdOf = (holdId: string, status: Hold['status'], more: Partial<Hold> = {}): Hold => ({
  ...{ holdId, title: `约${holdId}`, status, pickup: { code: 'main', name: '总馆服务台' } },
  ...more,
});

/** What the library says of its readers and titles, as a test wants it; the rest is the demo library's. */
export function scriptLibrary() {
  const loans = new Map<string, Loan[]>();
  const holds = new Map<string, Hold[]>();
  const shelves = new Map<string, boolean>();
  const asked = { loans: 0, holds: 0, holdings: 0 };
  let failing: (what: 'loans' | 'holds' | 'holdings', ref: string) => boolean = () => false;
  let before: ((what: string) => Promise<void> | void) | undefined;
  let afterBinding: LibrarySystem['afterBinding'] | undefined;
  let sessionsUntil: number | undefined;

  const ask = async (what: keyof typeof asked, ref: string): Promise<void> => {
    asked[what]++;
    await before?.(what);
    if (failing(what, ref)) throw new LibraryFault('UNREACHABLE', 'away, for a test');
  };
  return {
    loans,
    holds,
    /** Titles by whether a copy is on the shelf. */
    shelves,
    asked,
    /** Which questions are not answered. */
    fail: (when: typeof failing): void => void (failing = when),
    /** Acts when something is asked, before it is answered. */
    onAsk: (act: typeof before): void => void (before = act),
    /** How readers are served after the binding, of a cloud that is started then. */
    serve: (how: LibrarySystem['afterBinding']): void => void (afterBinding = how),
    /** Whoever signs in is given a session until then, or none. */
    giveSessions: (until: number | undefined): void => void (sessionsUntil = until),
    wrap: (library: LibrarySystem): LibrarySystem => ({
      ...library,
      ...(afterBinding && { afterBinding }),
      signIn: {
        ...library.signIn!,
        complete: async (proof) => {
          const proved = await library.signIn!.complete(proof);
          if ('denied' in proved || sessionsUntil === undefined) return proved;
          const expiresAt = new Date(sessionsUntil).toISOString();
          return { ...proved, session: { token: 'a-session', expiresAt } };
        },
      },
      loans: {
        ...library.loans!,
        list: async ({ ref }) => {
          await ask('loans', ref);
          return { loans: loans.get(ref) ?? [] };
        },
      },
      holds: {
        ...library.holds!,
        list: async ({ ref }) => {
          await ask('holds', ref);
          return { holds: holds.get(ref) ?? [] };
        },
      },
      catalog: {
        ...library.catalog!,
        holdings: async (bibId): Promise<Holdings | undefined> => {
          await ask('holdings', bibId);
          const isThere = shelves.get(bibId);
          if (isThere === undefined) return library.catalog!.holdings(bibId);
          return {
            bibId,
            asOf: '2026-11-25T00:00:00Z',
            items: [
              {
                ...{ itemId: `i-${bibId}`, barcode: `b-${bibId}`, callNumber: 'I247.5/1' },
                branch: { code: 'main', name: '总馆' },
                location: { code: 'a', name: '三楼书库' },
                status: isThere ? 'available' : 'onLoan',
              },
            ],
          };
        },
      },
    }),
  };
}

export type ScriptedLibrary = ReturnType<typeof scriptLibrary>;

/** A local cloud with templates for all kinds, in the night before the day of the tests. */
export async function startMessageCloud(options: Omit<LocalCloudOptions, 'wrap'> = {}) {
  const library = scriptLibrary();
  const cloud = await startLocalCloud({ ...options, wrap: library.wrap });
  return { cloud, library };
}

/** Begins a test: the cloud as new, with templates, in the evening before. */
export async function begin(cloud: LocalCloud, library: ScriptedLibrary, now = NIGHT - HOUR): Promise<void> {
  await cloud.reset();
  for (const map of [library.loans, library.holds, library.shelves]) map.clear();
  library.fail(() => false);
  library.onAsk(undefined);
  Object.assign(library.asked, { loans: 0, holds: 0, holdings: 0 });
  cloud.clock.set(now);
  await putTemplates(cloud);
}

export async function putTemplates(cloud: LocalCloud, templates: unknown[] = TEMPLATES): Promise<void> {
  const settings = { _id: 'settings', settings: { templates }, changedAt: cloud.clock.now() };
  await addDocuments(cloud.url(), 'message_settings', [settings]);
}

/** A reader with a card who has allowed messages, as WeChat and the ledger know it. */
export async function enrol(
  cloud: LocalCloud,
  who: ReaderName,
  {
    openid = `o-${who}`,
    credits = {},
  }: { openid?: string; credits?: Partial<Record<MessageKind, number>> } = {},
): Promise<{ openid: string; ref: string }> {
  await bind(cloud, who, openid);
  for (const [kind, count] of Object.entries(credits)) await allow(cloud, openid, kind as MessageKind, count);
  return { openid, ref: READERS[who].ref };
}

export async function allow(cloud: LocalCloud, openid: string, kind: MessageKind, count = 1): Promise<void> {
  const template = templateOf(kind);
  cloud.addCredits(openid, template, count);
  await claimOnly(cloud, openid, kind, count);
}

/** The ledger believes it, WeChat does not. */
export async function claimOnly(
  cloud: LocalCloud,
  openid: string,
  kind: MessageKind,
  count = 1,
): Promise<void> {
  const template = templateOf(kind);
  await addDocuments(cloud.url(), 'message_credits', [
    {
      ...{ _id: `${openid}:${template}`, owner: openid, template, claimed: count, confirmed: 0 },
      ...{ spent: 0, held: 0, taps: [], expiresAt: cloud.clock.now() + 365 * 24 * HOUR },
    },
  ]);
}

export interface Ledger {
  claimed: number;
  confirmed: number;
  spent: number;
  held: number;
}
export async function ledgerOf(
  cloud: LocalCloud,
  openid: string,
  kind: MessageKind,
): Promise<Ledger | undefined> {
  const all = await readCollection<Ledger & { _id: string }>(cloud.url(), 'message_credits');
  const found = all.find(({ _id }) => _id === `${openid}:${templateOf(kind)}`);
  return (
    found && { claimed: found.claimed, confirmed: found.confirmed, spent: found.spent, held: found.held }
  );
}

/** One beat, at a moment or a minute later. */
export async function beatAt(cloud: LocalCloud, now = cloud.clock.now() + MINUTE): Promise<unknown> {
  cloud.clock.set(now);
  return cloud.beat();
}

/** The night before, in which all are looked at, and the morning, in which is told what is due. */
export async function passNight(cloud: LocalCloud, night = NIGHT): Promise<void> {
  expect(await beatAt(cloud, night)).toEqual({ done: true });
}
export async function passMorning(cloud: LocalCloud, morning = MORNING): Promise<void> {
  expect(await beatAt(cloud, morning)).toEqual({ done: true });
}

/** What WeChat was asked to send. */
export const sends = (cloud: LocalCloud) =>
  cloud.outbox().filter(({ api }) => api === 'subscribeMessage.send');
/** What it took. */
export const taken = (cloud: LocalCloud) => sends(cloud).filter(({ errcode }) => errcode === 0);

export const storedMessages = (cloud: LocalCloud): Promise<MessageDocument[]> =>
  readCollection<MessageDocument>(cloud.url(), 'messages');
export const storedPlans = (cloud: LocalCloud): Promise<PlanDocument[]> =>
  readCollection<PlanDocument>(cloud.url(), 'message_plans');

/** What stands in a reader's inbox, opened and checked. */
export async function inboxOf(cloud: LocalCloud, openid: string) {
  const mine = (await storedMessages(cloud)).filter(
    ({ owner, place }) => owner === openid && place !== undefined,
  );
  return mine
    .sort((a, b) => (a.place! < b.place! ? 1 : -1))
    .map(({ _id, body, ...rest }) => ({
      ...rest,
      body: v.parse(MessageBody, sealerOf(cloud).open(body!, { owner: _id, purpose: 'messages.body' })),
    }));
}
