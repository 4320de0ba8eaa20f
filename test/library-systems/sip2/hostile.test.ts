import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { LibraryFault } from '../../../library-systems/library-fault';
import { mapLimited } from '../../../library-systems/map-limited';
import { connectSip2 } from '../../../library-systems/sip2';
import { InputMaker, randomFrom } from '../../fuzz/generate';
import { readConversation } from '../../support/replay-sip2';
import { configFor, NOW, secret } from './support';

const CASES = 300;

describe('a peer that answers with anything', () => {
  it('makes every call end in time, in an answer or a fault', async () => {
    const corpus = readConversation('koha').map(({ answer }) => Buffer.from(`${answer}\r`));
    const maker = new InputMaker(randomFrom(2), corpus, 600);
    const status = corpus[1]!;
    const sockets = new Set<Socket>();
    let asked = 0;
    const server = net.createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
      // The first message of each connection gets a good answer, else nothing else would ever be asked.
      socket.once('data', () => {
        socket.write(status);
        socket.on('data', () => {
          asked++;
          socket.write(Buffer.concat([maker.next(), Buffer.from('\r')]));
        });
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const config = configFor(port, {
      timeoutMs: 250,
      errorDetection: false,
      waitMs: 20_000,
      maxConnections: 16,
    });
    const system = await connectSip2(config, { secret, clock: { now: () => NOW } });
    const ref = { ref: '20230001' };
    const calls = [
      () => system.signIn!.complete({ method: 'pin', answers: { cardNumber: '20230001', pin: 'x' } }),
      () => system.patrons!.patron(ref),
      () => system.loans!.list(ref),
      () => system.loans!.renew(ref, ['6692930001']),
      () => system.holds!.list(ref),
      () => system.fines!.list(ref),
      () => system.itemStates!(['6692930001']),
      () => system.diagnose(),
    ];
    await mapLimited(Array.from({ length: CASES }), 8, async (_, i) => {
      try {
        await calls[i % calls.length]!();
      } catch (error) {
        expect(error).toBeInstanceOf(LibraryFault);
      }
    });
    expect(asked).toBeGreaterThan(CASES / 2);
    await system.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  }, 120_000);
});
