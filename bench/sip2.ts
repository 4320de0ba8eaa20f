/**
 * SIP2 beside the raw protocol in the same run, before the strict server of the
 * tests with a fixed time for each message. Targets: one renewal through the
 * reader function and the gateway at most 1.2 × the same messages on a raw socket
 * plus 8 ms; 120 loans over four connections in at most a third of the time that
 * one connection takes; 1,000 readers at once before a peer that allows eight
 * connections: a ninth is never opened, and nobody starves.
 * Run: tsx bench/sip2.ts
 */
import { once } from 'node:events';
import net from 'node:net';
import * as v from 'valibot';
import { startGateway } from '../gateway';
import { connectGateway } from '../library-systems/gateway';
import type { LibrarySystem } from '../library-systems/library-system';
import { connectSip2, Sip2Config } from '../library-systems/sip2';
import { encodeRequest } from '../library-systems/sip2/wire/encode-request';
import { dataOf, startLocalCloud } from '../test/support/local-cloud';
import { startSip2Server } from '../test/support/sip2-server';
import type { Sip2Server } from '../test/support/sip2-server';
import type { Request } from '../test/support/sip2-server/parse-request';
import { CARDS } from '../test/support/sip2-server/seed';
import { median, ms, percentile, ratio } from './support/statistics';

/** What a message took on a real server, ms. */
const MESSAGE_MS = 12;
const RENEWALS = 60;
const CROWD = 1_000;
const KEY = { id: 'bench', secret: 'a secret of at least thirty-two characters' };

const open = (server: Sip2Server, more: Partial<v.InferInput<typeof Sip2Config>> = {}) =>
  connectSip2(
    v.parse(Sip2Config, {
      kind: 'sip2',
      name: '示范大学图书馆',
      branches: [{ code: 'MAIN', name: '总馆' }],
      host: '127.0.0.1',
      port: server.port,
      institution: 'TEST',
      maxConnections: 4,
      waitMs: 60_000,
      ...more,
    }),
    { secret: () => '', clock: Date },
  );

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const cardOf = (i: number): string => `C${String(i + 1).padStart(5, '0')}`;
const verdict = (kept: boolean): string => (kept ? 'kept' : 'EXCEEDED');

/** One connection on which messages that were sent before are sent again, one after the other. */
async function openRaw(port: number) {
  const socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  return {
    send: async (requests: readonly Request[]): Promise<void> => {
      for (const { code, fixed, fields, sequence = 0 } of requests) {
        const request = {
          code,
          fixed: Object.values(fixed).join(''),
          fields: Object.entries(fields),
          answer: '98',
          kind: 'read',
        } as const;
        socket.write(Buffer.concat([encodeRequest(request, 'utf-8', sequence), Buffer.from('\r')]));
        // An answer of the test server comes in one piece.
        await once(socket, 'data');
      }
    },
    close: () => socket.destroy(),
  };
}

/** A renewal by `renew` beside the messages that it made, sent again for a reader of whom nobody has renewed yet. */
async function measureRenewal(
  what: string,
  server: Sip2Server,
  renew: (card: string) => Promise<void>,
  from: number,
): Promise<void> {
  const raw = await openRaw(server.port);
  const [own, ours]: [number[], number[]] = [[], []];
  for (let i = 0; i < RENEWALS + 5; i++) {
    const card = cardOf(from + 2 * i);
    const other = cardOf(from + 2 * i + 1);
    const begin = server.requests.length;
    ours.push(await time(() => renew(card)));
    const sent = server.requests.slice(begin).map((request) => ({
      ...request,
      fields: Object.fromEntries(
        Object.entries(request.fields).map(([id, value]) => [id, value.replace(card, other)]),
      ),
    }));
    own.push(await time(() => raw.send(sent)));
  }
  raw.close();
  const [middle, reference] = [median(ours.slice(5)), median(own.slice(5))];
  const limit = reference * 1.2 + 8;
  console.log(
    `${what}: median ${ms(middle)}, p95 ${ms(percentile(ours.slice(5), 0.95))}; raw socket ${ms(reference)} ` +
      `(${ratio(middle, reference)}); limit ${ms(limit)}: ${verdict(middle <= limit)}`,
  );
}

async function renewThrough(library: LibrarySystem, card: string): Promise<void> {
  const outcomes = await library.loans!.renew({ ref: card }, [`${card}a`]);
  if (outcomes[0]?.status !== 'renewed') throw new Error(JSON.stringify(outcomes));
}

async function measureRenewals(): Promise<void> {
  const server = await startSip2Server({ delayMs: MESSAGE_MS, crowd: 8 * (RENEWALS + 5) });
  const system = await open(server);
  const gateway = await startGateway({ library: system, keys: [KEY], clock: Date, log: () => undefined });
  const library = await connectGateway({
    url: gateway.url,
    keyId: KEY.id,
    secret: KEY.secret,
    timeoutMs: 10_000,
  });
  await measureRenewal('one renewal through the gateway', server, (card) => renewThrough(library, card), 0);
  await gateway.close();

  const cloud = await startLocalCloud({ wrap: () => system });
  let taps = 0;
  const bound = new Set<string>();
  const bind = async (card: string): Promise<void> => {
    const answers = { cardNumber: card, pin: '0000' };
    const input = { method: 'pin', answers, consentVersion: 1, replace: true } as const;
    dataOf(await cloud.call('cards.bind', input, `o-${card}`));
    bound.add(card);
  };
  const from = 4 * (RENEWALS + 5);
  for (let i = 0; i < RENEWALS + 5; i++) await bind(cardOf(from + 2 * i));
  await measureRenewal(
    'one renewal through the reader function',
    server,
    async (card) => {
      const requestId = `bench-${String(++taps).padStart(8, '0')}`;
      const { outcomes } = dataOf(
        await cloud.call('loans.renew', { loanIds: [`${card}a`], requestId }, `o-${card}`),
      );
      if (outcomes[0]?.status !== 'renewed') throw new Error(JSON.stringify(outcomes));
    },
    from,
  );
  await cloud.stop();
  await system.close();
  await server.close();
}

async function measureLists(): Promise<void> {
  const server = await startSip2Server({ delayMs: MESSAGE_MS, maxConnections: 4 });
  const access = { ref: CARDS.department.cardNumber };
  const list = async (connections: number): Promise<number> => {
    const system = await open(server, { maxConnections: connections, parallel: { items: connections } });
    await system.patrons!.patron(access);
    const took = await time(async () => {
      const answer = await system.loans!.list(access);
      if (!('loans' in answer) || answer.loans.length !== 120) throw new Error('not all loans');
    });
    await system.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return took;
  };
  const [sequential, pooled]: [number[], number[]] = [[], []];
  for (let round = 0; round < 3; round++) {
    sequential.push(await list(1));
    pooled.push(await list(4));
  }
  const [one, four] = [median(sequential), median(pooled)];
  console.log(
    `120 loans at ${MESSAGE_MS} ms a message: one connection ${ms(one)}, four ${ms(four)} (${ratio(four, one)}); ` +
      `limit ${ms(one / 3)}: ${verdict(four <= one / 3)}`,
  );
  await server.close();
}

async function measureCrowd(): Promise<void> {
  const server = await startSip2Server({ delayMs: 2, maxConnections: 8, crowd: CROWD });
  const system = await open(server, { maxConnections: 8, maxWaiting: 10_000 });
  const times: number[] = [];
  const start = performance.now();
  await Promise.all(
    Array.from({ length: CROWD }, async (_, i) => {
      const card = cardOf(i);
      times.push(
        await time(async () => {
          const answer = await system.loans!.list({ ref: card });
          if (!('loans' in answer) || answer.loans.length !== 2) throw new Error('not all loans');
          await renewThrough(system, card);
        }),
      );
    }),
  );
  const { most, refused } = server.counts;
  const messages = server.requests.length;
  const renewed = [...server.library.renewed.values()];
  console.log(
    `${CROWD} readers at once, list and renewal each, 8 connections at 2 ms a message: ${messages} messages in ` +
      `${ms(performance.now() - start)}; median ${ms(median(times))}, p95 ${ms(percentile(times, 0.95))}, slowest ${ms(Math.max(...times))}; ` +
      `most connections ${most}, refused ${refused}; ${renewed.length} renewed, ${renewed.filter((n) => n !== 1).length} of them not once: ` +
      verdict(most <= 8 && refused === 0 && times.length === CROWD && renewed.every((n) => n === 1)),
  );
  await system.close();
  await server.close();
}

async function main(): Promise<void> {
  await measureLists();
  await measureCrowd();
  await measureRenewals();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
