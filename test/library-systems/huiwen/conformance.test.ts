import { describeCirculation } from '../describe-circulation';
import type { KnownReaders } from '../describe-circulation';
import { describeLibrarySystem } from '../describe-library-system';
import { behindGateway } from '../support/behind-gateway';
import { openHuiwen } from './support';

let open: Awaited<ReturnType<typeof openHuiwen>>;
const direct = async () => (open = await openHuiwen());
const gbk = async () => (open = await openHuiwen({ charset: 'gb18030' }));
const gateway = async () => behindGateway(await direct());

const people = {
  borrower: { cardNumber: '2026310001', pin: '135790' },
  other: { cardNumber: '2026310002', pin: '246801' },
};
const byCaptcha: KnownReaders = {
  ...people,
  unsureRenewals: true,
  signIn: {
    refusal: 'BAD_PIN',
    async complete(system, { cardNumber, pin }) {
      const start = await system.signIn!.start('captcha-pin');
      if (start.kind !== 'captcha') throw new Error(start.kind);
      const answers = { cardNumber, pin, captcha: open.server.captcha() };
      return system.signIn!.complete({ method: 'captcha-pin', answers, state: start.state });
    },
  },
};
const bySingleSignOn: KnownReaders = {
  ...people,
  unsureRenewals: true,
  signIn: {
    refusal: 'OTHER',
    async complete(system, { cardNumber, pin }) {
      const start = await system.signIn!.start('sso');
      if (start.kind !== 'sso') throw new Error(start.kind);
      const reader = open.server.library.reader(cardNumber, pin);
      const ticket = reader ? open.server.issueTicket(reader) : 'ST-nobody';
      const address = `http://opac.example.edu.cn/reader/hwthau.php?ticket=${ticket}`;
      return system.signIn!.complete({ method: 'sso', answers: { ticket: address }, state: start.state });
    },
  },
};

describeLibrarySystem('huiwen', direct, { frequentWord: '历史' });
describeCirculation('huiwen by captcha', direct, byCaptcha);
describeCirculation('huiwen by single sign-on', direct, bySingleSignOn);
describeLibrarySystem('huiwen in GB 18030', gbk, { frequentWord: '历史' });
describeCirculation('huiwen in GB 18030', gbk, byCaptcha);
describeLibrarySystem('huiwen behind the gateway', gateway, { frequentWord: '历史' });
describeCirculation('huiwen behind the gateway', gateway, byCaptcha);
