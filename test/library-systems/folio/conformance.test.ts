import { startGateway } from '../../../gateway';
import { connectGateway } from '../../../library-systems/gateway';
import { POINTS, instanceId, startFakeFolio } from '../../support/fake-folio';
import { describeCirculation } from '../describe-circulation';
import type { KnownReaders } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import type { SystemUnderTest } from '../describe-library-system';
import { KEY } from '../support/demo';
import { connectTo } from './support';

const readers: KnownReaders = {
  unknownBib: instanceId(9_999),
  borrower: { cardNumber: '2026000051', pin: 'pin-51' },
  other: { cardNumber: '2026000052', pin: 'pin-52' },
  holdable: async () => ({ bibId: instanceId(40), pickup: POINTS[1]!.id }),
  unsureRenewals: true,
};

async function direct(more: object = {}): Promise<SystemUnderTest> {
  const folio = await startFakeFolio();
  const { system } = await connectTo(folio, more);
  return {
    system,
    close: async () => {
      await system.close();
      await folio.close();
    },
  };
}

async function behindGateway(): Promise<SystemUnderTest> {
  const subject = await direct();
  const gateway = await startGateway({
    library: subject.system,
    keys: [KEY],
    clock: Date,
    log: () => undefined,
  });
  const system = await connectGateway({
    ...{ url: gateway.url, keyId: KEY.id, secret: KEY.secret },
    timeoutMs: 10_000,
  });
  return {
    system,
    close: async () => {
      await gateway.close();
      await subject.close();
    },
  };
}

describeCirculation('FOLIO', direct, readers);
describeCirculation('FOLIO with logins of its own', () => direct({ signIn: 'login' }), {
  ...readers,
  borrower: { cardNumber: 'reader51', pin: 'pin-51' },
  other: { cardNumber: 'reader52', pin: 'pin-52' },
});
describeCirculation('FOLIO behind the gateway', behindGateway, readers);
describeLibrarySystem('FOLIO', direct, { frequentWord: '数据结构' });
describeLibrarySystem('FOLIO behind the gateway', behindGateway, { frequentWord: '数据结构' });
