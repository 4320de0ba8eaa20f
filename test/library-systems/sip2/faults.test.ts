import { afterEach, describe, expect, it } from '@jest/globals';
import net from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connectSip2 } from '../../../library-systems/sip2';
import { BARCODES, CARDS } from '../../support/sip2-server/seed';
import type { AnswerFault } from '../../support/sip2-server';
import { closeAll, configFor, faultOf, NOW, openSip2, secret } from './support';
import type { ConfigInput } from './support';

const access = { ref: CARDS.borrower.cardNumber };
const [first, second, third] = BARCODES.renewable;
/** An end to the waiting for a server that does not answer; with all others there is time, however busy the machine. */
const patienceWith = (fault: AnswerFault): ConfigInput => (fault === 'no-answer' ? { timeoutMs: 1_500 } : {});

describe('a server that misbehaves', () => {
  afterEach(closeAll);

  it.each<AnswerFault>([
    'garbage-fields',
    'no-pipe-before-trailer',
    'two-in-one-packet',
    'slow-bytes',
    'bad-checksum',
    'ask-again',
    'drop',
    'half-message',
  ])('is read all the same: %s', async (fault) => {
    const { system, server } = await openSip2();
    const calm = await system.loans!.list(access);
    server.plan(fault, 1, ['63']);
    server.plan(fault, 2, ['17']);
    expect(await system.loans!.list(access)).toEqual(calm);
    expect(server.violations).toEqual([]);
  });

  it.each<[AnswerFault, string]>([
    ['wrong-sequence', 'GARBLED'],
    ['garbage-bytes', 'GARBLED'],
    ['endless', 'GARBLED'],
    ['no-answer', 'TIMEOUT'],
  ])('is a fault of a read, and the next call is served: %s', async (fault, code) => {
    const { system, server } = await openSip2({}, patienceWith(fault));
    server.plan(fault, 1, ['63']);
    expect(await faultOf(system.loans!.list(access))).toMatchObject({ code });
    expect(await system.loans!.list(access)).toHaveProperty('loans');
  });

  it.each<AnswerFault>([
    'drop',
    'half-message',
    'no-answer',
    'garbage-bytes',
    'wrong-sequence',
    'endless',
    'ask-again',
  ])('leaves a renewal unknown, and is not asked for it again: %s', async (fault) => {
    const { system, server } = await openSip2({}, { ...patienceWith(fault), parallel: { renewals: 1 } });
    server.plan(fault, 1, ['29']);
    const outcomes = await system.loans!.renew(access, [first, second]);
    expect(outcomes).toMatchObject([{ status: 'unknown' }, { status: 'renewed' }]);
    expect(
      server.requests.filter(({ code, fields }) => code === '29' && fields['AB'] === first),
    ).toHaveLength(1);
  });

  it('tells its last answer again after one that was damaged on the way, and renews nothing twice', async () => {
    const { system, server } = await openSip2();
    server.plan('bad-checksum', 1, ['29']);
    expect(await system.loans!.renew(access, [first])).toMatchObject([{ status: 'renewed' }]);
    expect(server.library.renewed.get(first)).toBe(1);
    expect(server.requests.filter(({ code }) => code === '97')).toHaveLength(1);
    expect(server.violations).toEqual([]);
  });

  it('that repeats its answer without a trailer is believed when the answer names what was asked', async () => {
    const { system, server } = await openSip2();
    server.plan('bad-checksum', 1, ['29']);
    server.plan('no-trailer', 1, ['97']);
    expect(await system.loans!.renew(access, [first])).toMatchObject([{ status: 'renewed' }]);
    expect(server.library.renewed.get(first)).toBe(1);
  });

  it('that never sends checksums is refused until it is configured so', async () => {
    const { system, server } = await openSip2({}, patienceWith('no-answer'));
    server.plan('no-trailer', Infinity, ['63', '99']);
    server.plan('no-answer', Infinity, ['97']);
    expect(await faultOf(system.patrons!.patron(access))).toMatchObject({
      code: 'GARBLED',
      message: expect.stringContaining('no checksum'),
    });
  });

  it('leaves a hold unknown when its answer is lost', async () => {
    const { system, server } = await openSip2();
    server.plan('drop', 1, ['15']);
    const target = { itemId: BARCODES.holdable };
    expect(await faultOf(system.holds!.place(access, target, { pickup: 'EAST' }))).toMatchObject({
      code: 'LOST',
    });
    expect(server.requests.filter(({ code }) => code === '15')).toHaveLength(1);
  });

  it.each<AnswerFault>(['no-answer', 'garbage-bytes'])(
    'is known to have changed nothing when it fails before it was told to: %s',
    async (fault) => {
      const { system, server } = await openSip2({}, patienceWith(fault));
      const untouched = { code: 'UNREACHABLE', mayHaveHappened: false };
      const target = { itemId: BARCODES.holdable };
      server.plan(fault, 1, ['63']);
      expect(await faultOf(system.loans!.renew(access, [first]))).toMatchObject(untouched);
      server.plan(fault, 1, ['63']);
      expect(await faultOf(system.holds!.place(access, target, { pickup: 'EAST' }))).toMatchObject(untouched);
      server.plan(fault, 1, ['63']);
      expect(await faultOf(system.holds!.cancel(access, BARCODES.holdable, {}))).toMatchObject(untouched);
      expect(server.requests.filter(({ code }) => code === '29' || code === '15')).toEqual([]);
    },
  );

  it('refuses renewals as offline only beside others that were carried out', async () => {
    const { system, server } = await openSip2({}, { parallel: { renewals: 1 }, maxConnections: 1 });
    server.library.renew = new Proxy(server.library.renew, {
      apply(renew, library, args: [string, string]) {
        const outcome = Reflect.apply(renew, library, args);
        if (args[1] === first) setImmediate(() => void server.close().catch(() => undefined));
        return outcome;
      },
    });
    const outcomes = await system.loans!.renew(access, [first, second, third]);
    expect(outcomes[0]).toMatchObject({ loanId: first });
    expect(outcomes.slice(1).every(({ status }) => status === 'refused' || status === 'unknown')).toBe(true);
    expect(await faultOf(system.loans!.renew(access, [second]))).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('that has gone silent is found out before a PIN is sent, while the reader still waits', async () => {
    const { system, server } = await openSip2({}, { timeoutMs: 20_000 });
    await system.patrons!.patron(access);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    server.plan('no-answer', 1, ['99']);
    const answers = { cardNumber: CARDS.borrower.cardNumber, pin: CARDS.borrower.pin };
    const started = performance.now();
    expect(await system.signIn!.complete({ method: 'pin', answers })).toHaveProperty('patron');
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('closes what is idle, which no reader notices', async () => {
    const { system, server } = await openSip2();
    await system.loans!.list(access);
    server.cut();
    expect(await system.loans!.list(access)).toHaveProperty('loans');
    server.cut();
    expect(await system.loans!.renew(access, [first])).toMatchObject([{ status: 'renewed' }]);
  });
});

describe('connections', () => {
  afterEach(closeAll);

  it('are never more than the library allows, and nobody starves', async () => {
    const { system, server } = await openSip2(
      { maxConnections: 8, delayMs: 1, crowd: 60 },
      { maxConnections: 8 },
    );
    const crowd = Array.from({ length: 60 }, (_, i) => ({ ref: `C${String(i + 1).padStart(5, '0')}` }));
    const lists = await Promise.all(crowd.map((one) => system.loans!.list(one)));
    expect(lists.every((answer) => 'loans' in answer && answer.loans.length === 2)).toBe(true);
    expect(server.counts).toMatchObject({ most: 8, refused: 0 });
  });

  it('make do with fewer when the server refuses one', async () => {
    const { system, server } = await openSip2(
      { maxConnections: 3, delayMs: 1 },
      { maxConnections: 8, parallel: { items: 8 } },
    );
    const answer = await system.loans!.list({ ref: CARDS.department.cardNumber });
    expect('loans' in answer && answer.loans).toHaveLength(120);
    expect(server.counts.most).toBe(3);
    // Found out once, not with every call.
    expect(server.counts.refused).toBeLessThan(8);
  });

  it('that the server turns away fail nobody while others are still being opened', async () => {
    // Two of four are turned away at once, long before the first has answered anything.
    const { system, server } = await openSip2({ maxConnections: 2, delayMs: 20 }, { maxConnections: 4 });
    const patrons = await Promise.all([1, 2, 3, 4].map(() => system.patrons!.patron(access)));
    expect(patrons).toEqual(Array(4).fill(expect.objectContaining({ cardNumber: access.ref })));
    expect(server.counts).toMatchObject({ most: 2 });
    expect(server.counts.refused).toBeLessThanOrEqual(2);
  });

  it('have ended when the system has been closed, so that another may open as many', async () => {
    const { system, server } = await openSip2({ maxConnections: 2, delayMs: 1 }, { maxConnections: 2 });
    for (let round = 0; round < 5; round++) {
      const next = await connectSip2(configFor(server.port, { maxConnections: 2 }), {
        secret,
        clock: { now: () => NOW },
      });
      await Promise.all([1, 2].map(() => next.patrons!.patron(access)));
      await next.close();
      expect(server.connected()).toBe(0);
    }
    expect(server.counts.refused).toBe(0);
    await system.close();
  });

  it('are not exceeded right after a close look', async () => {
    const { system, server } = await openSip2({ maxConnections: 1 }, { maxConnections: 1 });
    for (let round = 0; round < 5; round++) {
      await system.diagnose();
      expect(await system.patrons!.patron(access)).toMatchObject({ cardNumber: access.ref });
    }
    expect(server.counts).toMatchObject({ most: 1, refused: 0 });
  });

  it('are waited for in a queue with an end', async () => {
    const { system, server } = await openSip2({ delayMs: 20 }, { maxConnections: 1, maxWaiting: 2 });
    const calls = [1, 2, 3, 4].map(() =>
      system.patrons!.patron(access).then(
        () => 'served',
        (error: unknown) => (error as { code: string }).code,
      ),
    );
    expect((await Promise.all(calls)).sort()).toEqual(['UNREACHABLE', 'UNREACHABLE', 'served', 'served']);
    expect(server.counts.most).toBe(1);
  });

  it('are not waited for longer than is allowed', async () => {
    const { system, server } = await openSip2(
      {},
      { ...patienceWith('no-answer'), maxConnections: 1, waitMs: 150 },
    );
    // The connection is there before anybody waits for it.
    await system.patrons!.patron(access);
    server.plan('no-answer', 1, ['63']);
    const slow = faultOf(system.patrons!.patron(access));
    expect(await faultOf(system.patrons!.patron(access))).toMatchObject({ code: 'UNREACHABLE' });
    expect(await slow).toMatchObject({ code: 'TIMEOUT' });
  });

  it('fail at once when nobody listens', async () => {
    const { port } = await freePort();
    const system = await connectSip2(configFor(port), { secret, clock: { now: () => NOW } });
    expect(await faultOf(system.patrons!.patron(access))).toMatchObject({
      code: 'UNREACHABLE',
      reason: 'refused',
    });
    expect(await faultOf(system.loans!.renew(access, [first]))).toMatchObject({ code: 'UNREACHABLE' });
    await system.close();
    expect(await faultOf(system.patrons!.patron(access))).toMatchObject({ code: 'UNREACHABLE' });
  });
});

async function freePort(): Promise<{ port: number }> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { port };
}
