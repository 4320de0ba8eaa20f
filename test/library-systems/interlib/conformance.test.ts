import { describeCirculation } from '../describe-circulation';
import type { KnownReaders } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import { behindGateway } from '../support/behind-gateway';
import { openInterlib } from './support';

const gateway = async () => behindGateway(await openInterlib());

const readers: KnownReaders = {
  borrower: { cardNumber: '2026310001', pin: '135790' },
  other: { cardNumber: '2026310002', pin: '246801' },
  unsureRenewals: true,
};

describeLibrarySystem('interlib', openInterlib, { frequentWord: '历史' });
describeCirculation('interlib', openInterlib, readers);
describeLibrarySystem('interlib behind the gateway', gateway, { frequentWord: '历史' });
describeCirculation('interlib behind the gateway', gateway, readers);
