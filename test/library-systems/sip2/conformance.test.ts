import { afterEach, describe, expect, it } from '@jest/globals';
import { connectSip2 } from '../../../library-systems/sip2';
import type { ServerOptions } from '../../support/sip2-server';
import { BIBS, CARDS } from '../../support/sip2-server/seed';
import { describeCirculation } from '../describe-circulation';
import type { SystemUnderTest } from '../describe-library-system';
import { behindGateway } from '../support/behind-gateway';
import { ACCOUNT, closeAll, configFor, LOGIN, NOW, openSip2, secret } from './support';
import type { ConfigInput } from './support';

const readers = {
  borrower: CARDS.borrower,
  other: CARDS.other,
  holdable: async () => ({ bibId: BIBS.holdable, pickup: 'EAST' }),
  unsureRenewals: true,
  bareHolds: true,
} as const;

/** Nothing that the suite makes the adapter send may break the specification. */
const strictly =
  (options: ServerOptions, more: ConfigInput = {}) =>
  async (): Promise<SystemUnderTest> => {
    const { system, server, close } = await openSip2(options, more);
    return {
      system,
      close: async () => {
        await close();
        expect(server.violations).toEqual([]);
        expect(server.requests.length).toBeGreaterThan(20);
      },
    };
  };

describeCirculation('sip2 in UTF-8', strictly({}), readers);
describeCirculation(
  'sip2 in GBK, with a login',
  strictly({ charset: 'gbk', login: ACCOUNT }, { login: LOGIN }),
  readers,
);
describeCirculation(
  'sip2 without checksums, two entries a page',
  strictly(
    { errorDetection: false, charset: 'gb18030', firstPage: 2, lineEnd: '\r\n' },
    { errorDetection: false, lineEnd: 'crlf' },
  ),
  readers,
);
describeCirculation('sip2, signing in by 23', strictly({}, { signIn: '23' }), readers);
describeCirculation('sip2 behind the gateway', async () => behindGateway(await strictly({})()), readers);

describe('sip2', () => {
  afterEach(closeAll);

  it('has the members that are configured, and no others', async () => {
    const { system, server } = await openSip2();
    expect(Object.keys(system)).toEqual(
      expect.arrayContaining(['signIn', 'patrons', 'loans', 'holds', 'fines', 'itemStates']),
    );
    expect(system.afterBinding).toBe('trusted-terminal');
    expect(system.catalog).toBeUndefined();
    // Connecting waits for nobody: a library that sleeps shows at the first call.
    expect(server.counts.accepted).toBe(0);
    const { holds: _holds, fines: _fines, ...bare } = configFor(server.port);
    const few = await connectSip2(
      { ...bare, signIn: 'none', itemStates: false },
      { secret, clock: { now: () => NOW } },
    );
    for (const member of ['signIn', 'holds', 'fines', 'itemStates']) expect(few).not.toHaveProperty(member);
    await few.close();
  });
});
