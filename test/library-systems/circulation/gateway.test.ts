import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import http from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
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
  {
    borrower: credentials('p1'),
    other: credentials('p17'),
    holdable: findHoldable,
    freshman: credentials('p20'),
  },
);

describe('writes over a failing link', () => {
  let gateway: Awaited<ReturnType<typeof openDemoGateway>>;
  let link: Awaited<ReturnType<typeof startFaultyLink>>;
  let system: LibrarySystem;
  beforeEach(async () => {
    gateway = await openDemoGateway();
    link = await startFaultyLink(gateway.url, () => undefined);
    system = await connect(link.url, 10_000);
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

  it('an opening of borrowing whose answer is dropped is a fault, was carried out, and may be asked again', async () => {
    const freshman = { ref: 'p20' };
    link.set('drop-after-write');
    await expect(system.patrons!.openBorrowing!(freshman, 'a-1')).rejects.toMatchObject({ code: 'LOST' });
    link.set('none');
    expect(await gateway.demo.patrons!.patron(freshman)).toMatchObject({ blocks: [] });
    expect(await system.patrons!.openBorrowing!(freshman, 'a-1')).toEqual({ done: true });
  });

  it('a write that times out or is answered by somebody else is unknown', async () => {
    const [id] = await renewable();
    // It describes itself within this time, too.
    const impatient = await connect(link.url, 2_000);
    for (const [fault, asking] of [
      ['slow', impatient],
      ['garbage', system],
    ] as const) {
      link.set(fault);
      expect(await asking.loans!.renew(access, [id!])).toEqual([{ loanId: id, status: 'unknown' }]);
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
    // On a busy machine the last of a hundred waits for longer than the other tests let anybody wait.
    const patient = await connect(link.url, 20_000);
    const [id] = await renewable();
    const before = (await loansOf(system, 'p17')).find(({ loanId }) => loanId === id)!;
    const outcomes = (
      await Promise.all(Array.from({ length: 100 }, () => patient.loans!.renew(access, [id!])))
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

describe('a write to somebody else than the gateway', () => {
  let server: http.Server;
  let system: LibrarySystem;
  /** What the other side does when it is asked whether to go on. */
  let onAsked: (request: http.IncomingMessage, response: http.ServerResponse) => void;
  let onBody: http.RequestListener;
  beforeEach(async () => {
    onAsked = (request, response) => {
      response.writeContinue();
      server.emit('request', request, response);
    };
    server = http.createServer((request, response) => {
      if (!request.url?.endsWith('system.describe')) return onBody(request, response);
      const operations = ['loans.list', 'loans.renew', 'holds.list', 'holds.place'];
      response.end(JSON.stringify({ data: { name: 'x', branches: [], timeZone: 'UTC', operations } }));
    });
    server.on('checkContinue', (request, response) => onAsked(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    system = await connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 3_000);
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
  });

  const renew = (...ids: string[]) => system.loans!.renew({ ref: 'p1' }, ids);
  const answer =
    (status: number, body: string): http.RequestListener =>
    (request, response) => {
      request.resume();
      request.on('end', () => response.writeHead(status).end(body));
    };
  const renewed = (loanId: string) => ({ loanId, status: 'renewed', dueAt: '2026-12-24' });

  it('is a fault when it was cut before its body was sent', async () => {
    let asked = 0;
    onAsked = (request) => (asked++, request.socket.destroy());
    onBody = () => {
      throw new Error('the body was sent');
    };
    await expect(renew('l1')).rejects.toMatchObject({ code: 'UNREACHABLE' });
    // The connection kept from before might have been a dead one, so it was asked again on a new one.
    expect(asked).toBe(2);
  });

  it('is a fault when it was refused before its body was sent', async () => {
    onAsked = (_, response) => void response.writeHead(401).end();
    await expect(renew('l1')).rejects.toMatchObject({ code: 'REJECTED' });
    onAsked = (_, response) => void response.writeHead(413).end();
    await expect(renew('l1')).rejects.toMatchObject({ code: 'REJECTED' });
  });

  it('is sent all the same to who does not say that it may go on', async () => {
    onAsked = (request, response) => server.emit('request', request, response);
    onBody = answer(200, JSON.stringify({ data: [renewed('l1')] }));
    expect(await renew('l1')).toEqual([renewed('l1')]);
  });

  it.each<[string, number, string]>([
    ['a proxy that lost the gateway', 502, '<html>Bad gateway</html>'],
    ['a proxy that waited too long', 504, '<html>Gateway timeout</html>'],
    ['a library system that was cut in the middle', 502, '{"fault":{"code":"LOST"}}'],
    ['a defect', 500, '{"fault":{"code":"INTERNAL"}}'],
    ['a page', 200, '<html>Sign in</html>'],
    ['another operation’s answer', 200, '{"data":{"loans":[]}}'],
  ])('is unknown after %s', async (_, status, body) => {
    onBody = answer(status, body);
    expect(await renew('l1', 'l2')).toEqual([
      { loanId: 'l1', status: 'unknown' },
      { loanId: 'l2', status: 'unknown' },
    ]);
    expect(await system.holds!.place({ ref: 'p1' }, { bibId: 'b1' }, {})).toEqual({ status: 'unknown' });
  });

  it.each(['UNREACHABLE', 'REJECTED'] as const)('is a fault when the library system was %s', async (code) => {
    onBody = answer(502, JSON.stringify({ fault: { code } }));
    await expect(renew('l1')).rejects.toMatchObject({ code });
  });

  it('takes a loan that the answer leaves out for lost', async () => {
    onBody = answer(200, JSON.stringify({ data: [renewed('l1'), renewed('l3')] }));
    expect(await renew('l1', 'l2')).toEqual([renewed('l1'), { loanId: 'l2', status: 'unknown' }]);
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
