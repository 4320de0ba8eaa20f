import { startGateway } from '../../../gateway';
import { connectGateway } from '../../../library-systems/gateway';
import { startFakeKoha } from '../../support/fake-koha';
import { describeCirculation } from '../describe-circulation';
import type { KnownReaders } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import type { SystemUnderTest } from '../describe-library-system';
import { KEY } from '../support/demo';
import { BASIC, OAUTH2, connectTo } from './support';

const readers: KnownReaders = {
  borrower: { cardNumber: '2026000051', pin: 'pin-51' },
  other: { cardNumber: '2026000052', pin: 'pin-52' },
  holdable: async () => ({ bibId: '40', pickup: 'EAST' }),
};
const rest = (auth: object) => ({ rest: { auth, history: true } });

async function direct(more: object): Promise<SystemUnderTest> {
  const koha = await startFakeKoha();
  const { system } = await connectTo(koha.url, more);
  return {
    system,
    close: async () => {
      await system.close();
      await koha.close();
    },
  };
}

async function behindGateway(more: object): Promise<SystemUnderTest> {
  const subject = await direct(more);
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

describeCirculation('Koha by ILS-DI alone', () => direct({}), { ...readers, unsureRenewals: true });
describeCirculation('Koha by ILS-DI alone behind the gateway', () => behindGateway({}), {
  ...readers,
  unsureRenewals: true,
});
describeCirculation('Koha by ILS-DI and REST', () => direct(rest(BASIC)), readers);
describeCirculation('Koha by ILS-DI and REST behind the gateway', () => behindGateway(rest(OAUTH2)), readers);
describeLibrarySystem('Koha by REST', () => direct(rest(OAUTH2)), { frequentWord: '数据结构' });
describeLibrarySystem('Koha by REST behind the gateway', () => behindGateway(rest(BASIC)), {
  frequentWord: '数据结构',
});
