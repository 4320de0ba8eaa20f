import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startFaultyLink } from '../../../local/faulty-link';
import { startGateway } from '../../../gateway';
import { connectGateway } from '../../../library-systems/gateway';
import { LibraryFault } from '../../../library-systems/library-fault';
import type { LibraryFaultCode } from '../../../library-systems/library-fault';
import type { LibrarySystem } from '../../../library-systems/library-system';
import { describeCirculation } from '../describe-circulation';
import { KEY, openDemoGateway } from '../support/demo';
import { credentials, findHoldable, loansOf } from './support';

const connect = (url: string, timeoutMs = 5_000) =>
  connectGateway({ url, keyId: KEY.id, secret: KEY.secret, timeoutMs });

describeCirculation(
  'demo behind the gateway',
  async () => {
    const gateway = await openDemoGateway();
    return { system: await connect(gateway.url), close: gateway.close };
  },
  { borrower: credentials('p1'), other: credentials('p17'), holdable: findHoldable },
);

describe('writes over a failing link', () => {
  let gateway: Awaited<ReturnType<typeof openDemoGateway>>;
  let link: Awaited<ReturnType<typeof startFaultyLink>>;
  let system: LibrarySystem;
  beforeEach(async () => {
    gateway = await openDemoGateway();
    link = await startFaultyLink(gateway.url, () => undefined);
    system = await connect(link.url, 700);
  });
  afterEach(async () => {
    await link.close();
    await gateway.close();
  });

  const access = { ref: 'p17' };
  const renewable = async (): Promise<string[]> =>
    (await loansOf(gateway.demo, 'p17')).map(({ loanId }) => loanId);

  it('a renewal whose answer is dropped is unknown, and was carried out once', async () => {
    const ids = await renewable();
    // A connection is kept from here on, so that both kinds of connection are cut.
    for (const reused of [false, true]) {
      const before = await loansOf(gateway.demo, 'p17');
      const id = ids[reused ? 1 : 0]!;
      if (reused) await system.loans!.list(access);
      link.set('drop-after-write');
      expect(await system.loans!.renew(access, [id])).toEqual([{ loanId: id, status: 'unknown' }]);
      link.set('none');
      const loan = (await loansOf(system, 'p17')).find(({ loanId }) => loanId === id)!;
      const was = before.find(({ loanId }) => loanId === id)!;
      expect(loan.dueAt > was.dueAt).toBe(true);
      expect(loan.renewal.left).toBe(was.renewal.left! - 1);
    }
    const renewals = gateway.log.filter((line) => line.includes('loans.renew'));
    expect(renewals).toHaveLength(2);
  });

  it('a hold whose answer is dropped is unknown, and was placed once', async () => {
    const { bibId, pickup } = await findHoldable(gateway.demo);
    link.set('drop-after-write');
    expect(await system.holds!.place(access, { bibId }, { pickup })).toEqual({ status: 'unknown' });
    link.set('none');
    const { holds } = (await system.holds!.list(access)) as { holds: { holdId: string; bibId: string }[] };
    expect(holds.filter((hold) => hold.bibId === bibId)).toHaveLength(1);
    link.set('drop-after-write');
    expect(await system.holds!.cancel(access, holds[0]!.holdId, {})).toEqual({ status: 'unknown' });
    link.set('none');
    expect(await system.holds!.list(access)).toEqual({ holds: [] });
  });

  it('a write that times out or is answered by somebody else is unknown', async () => {
    const [id] = await renewable();
    for (const fault of ['slow', 'garbage'] as const) {
      link.set(fault);
      expect(await system.loans!.renew(access, [id!])).toEqual([{ loanId: id, status: 'unknown' }]);
    }
  });

  it('a write that cannot be sent is a fault, on a new connection and on a kept one', async () => {
    const ids = await renewable();
    const before = await loansOf(system, 'p17');
    link.set('offline');
    for (let i = 0; i < 3; i++) {
      await expect(system.loans!.renew(access, ids)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    }
    await expect(system.holds!.cancel(access, 'h1', {})).rejects.toMatchObject({ code: 'UNREACHABLE' });
    link.set('none');
    expect(await loansOf(system, 'p17')).toEqual(before);
    expect(await system.loans!.renew(access, ids)).toHaveLength(ids.length);
  });

  it('a lost sign-in is a fault', async () => {
    link.set('drop-after-write');
    const lost = system.signIn!.complete({ method: 'pin', answers: credentials('p17') });
    await expect(lost).rejects.toMatchObject({ code: 'LOST' });
  });

  it('renews once when asked a hundred times at once', async () => {
    const [id] = await renewable();
    const before = (await loansOf(system, 'p17')).find(({ loanId }) => loanId === id)!;
    const outcomes = (
      await Promise.all(Array.from({ length: 100 }, () => system.loans!.renew(access, [id!])))
    ).flat();
    expect(outcomes.filter(({ status }) => status === 'renewed')).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'refused')).toHaveLength(99);
    const after = (await loansOf(system, 'p17')).find(({ loanId }) => loanId === id)!;
    expect(after.renewal.left).toBe(before.renewal.left! - 1);
  });

  it('writes no number, PIN, name or reference into the log', async () => {
    const { cardNumber, pin } = credentials('p17');
    await system.signIn!.complete({ method: 'pin', answers: { cardNumber, pin } });
    await system.signIn!.complete({ method: 'pin', answers: { cardNumber, pin: '000000' } });
    await system.loans!.renew(access, await renewable());
    expect(gateway.log.length).toBeGreaterThan(3);
    const log = gateway.log.join('\n');
    for (const secret of [cardNumber, pin, '000000', '读者', '"p17"']) expect(log).not.toContain(secret);
  });
});

describe('a gateway that lost its memory of nonces', () => {
  it('takes no write that was signed before it began, and still answers reads', async () => {
    const library: LibrarySystem = {
      name: 'x',
      branches: [],
      timeZone: 'UTC',
      patrons: { patron: async () => undefined },
      holds: {
        list: async () => ({ holds: [] }),
        place: async () => ({ status: 'done' }),
        cancel: async () => ({ status: 'done' }),
        pickupPlaces: async () => [],
      },
    };
    const log: string[] = [];
    const gateway = await startGateway({ library, keys: [KEY], clock: Date, log: (line) => log.push(line) });
    const earlier = await connectGateway({
      url: gateway.url,
      keyId: KEY.id,
      secret: KEY.secret,
      timeoutMs: 5_000,
      now: () => Date.now() - 60_000,
    });
    expect(await earlier.patrons!.patron({ ref: 'p1' })).toBeUndefined();
    const fault: unknown = await earlier
      .holds!.cancel({ ref: 'p1' }, 'h1', {})
      .catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(LibraryFault);
    expect((fault as { code: LibraryFaultCode }).code).toBe('REJECTED');
    expect(log.at(-1)).toContain('before-start');
    expect(await (await connect(gateway.url)).holds!.cancel({ ref: 'p1' }, 'h1', {})).toEqual({
      status: 'done',
    });
    await gateway.close();
  });
});
