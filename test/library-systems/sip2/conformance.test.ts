import { describe, expect, it } from '@jest/globals';
import type { ServerOptions } from '../../support/sip2-server';
import { BIBS, CARDS } from '../../support/sip2-server/seed';
import { describeCirculation } from '../describe-circulation';
import type { SystemUnderTest } from '../describe-library-system';
import { behindGateway } from '../support/behind-gateway';
import { ACCOUNT, LOGIN, openSip2 } from './support';
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
  it('has the members that are configured, and no others', async () => {
    const all = await openSip2();
    expect(Object.keys(all.system)).toEqual(
      expect.arrayContaining(['signIn', 'patrons', 'loans', 'holds', 'fines', 'itemStates']),
    );
    expect(all.system.afterBinding).toBe('trusted-terminal');
    expect(all.system.catalog).toBeUndefined();
    expect(all.server.counts.accepted).toBe(0);
    await all.close();
    const few = await openSip2({}, { holds: undefined, fines: undefined, signIn: 'none', itemStates: false });
    expect(Object.keys(few.system)).not.toEqual(expect.arrayContaining(['holds']));
    expect(few.system).not.toHaveProperty('signIn');
    expect(few.system).not.toHaveProperty('fines');
    expect(few.system).not.toHaveProperty('itemStates');
    await few.close();
  });
});
