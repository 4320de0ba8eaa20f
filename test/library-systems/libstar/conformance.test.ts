import type { LibrarySystem } from '../../../library-systems/library-system';
import { describeCirculation } from '../describe-circulation';
import type { KnownReaders } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import { behindGateway } from '../support/behind-gateway';
import { openLibStar } from './support';

let open: Awaited<ReturnType<typeof openLibStar>>;
const direct = async () => (open = await openLibStar());
const gateway = async () => behindGateway(await direct());

const readers: KnownReaders = {
  borrower: { cardNumber: '2026310001', pin: '135790' },
  other: { cardNumber: '2026310002', pin: '246801' },
  unsureRenewals: true,
  signIn: {
    refusal: 'OTHER',
    async complete(system: LibrarySystem, { cardNumber, pin }) {
      const start = await system.signIn!.start('sso');
      if (start.kind !== 'sso') throw new Error(start.kind);
      // The campus' page gives a ticket to whom it knows.
      const reader = open.server.library.reader(cardNumber, pin);
      const ticket = reader ? open.server.issueTicket(reader) : 'ST-nobody';
      return system.signIn!.complete({ method: 'sso', answers: { ticket }, state: start.state });
    },
  },
};

describeLibrarySystem('libstar', direct, { frequentWord: '历史' });
describeCirculation('libstar', direct, readers);
describeLibrarySystem('libstar behind the gateway', gateway, { frequentWord: '历史' });
describeCirculation('libstar behind the gateway', gateway, readers);
