import { describe, expect, it } from '@jest/globals';
import type { SignInAnswers, SignInMethod } from '../../../contracts/cards';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { connectHuiwen } from '../../../library-systems/huiwen';
import { connectInterlib } from '../../../library-systems/interlib';
import { connectLibStar } from '../../../library-systems/libstar';
import { readConversation, replayConversation } from '../../support/conversations';
import { runErrands } from '../../support/web-talks';
import * as huiwen from '../huiwen/support';
import * as interlib from '../interlib/support';
import * as libstar from '../libstar/support';

const reader = { cardNumber: '2026310001', pin: '135790' };

interface Talk {
  system: string;
  connect: (url: string) => Promise<ConnectedSystem>;
  method: SignInMethod;
  answers: () => SignInAnswers;
}

const talks: Talk[] = [
  {
    system: 'libstar',
    connect: (url) => connectLibStar(libstar.configFor(url), libstar.context),
    method: 'sso',
    answers: () => {
      const ticket = readConversation('libstar').find(({ request }) => request.headers['jwtopacauth']);
      return { ticket: ticket!.request.headers['jwtopacauth']! };
    },
  },
  {
    system: 'huiwen',
    connect: (url) => connectHuiwen(huiwen.configFor(url), huiwen.context),
    method: 'captcha-pin',
    answers: () => {
      const verify = readConversation('huiwen').find(({ request }) =>
        request.path.endsWith('redr_verify.php'),
      );
      return { ...reader, captcha: new URLSearchParams(verify!.request.body).get('captcha')! };
    },
  },
  {
    system: 'interlib',
    connect: (url) => connectInterlib(interlib.configFor(url), interlib.context),
    method: 'pin',
    answers: () => reader,
  },
];

describe.each(talks)('the conversation with $system', ({ system: name, connect, method, answers }) => {
  it('is held to the letter, and brings what stands in it', async () => {
    const server = await replayConversation(name);
    const system = await connect(server.url);
    try {
      const { found, bib, holdings, patron, loans, outcomes } = await runErrands(system, method, answers);
      expect(server.strange).toEqual([]);
      expect(server.left).toEqual([]);
      expect(found).toMatchObject({ total: 63, items: [{ title: '明代历史读本 1' }, {}, {}] });
      expect(bib).toMatchObject({ title: '明代历史读本 1', author: '编者0编著', year: 1990, totalCopies: 1 });
      expect(holdings!.items).toMatchObject([{ barcode: 'C07000010', status: 'onLoan' }]);
      expect(patron).toMatchObject({
        ref: '2026310001',
        readerType: { name: '本科生' },
        expiresAt: '2029-06-30',
      });
      expect(loans.map(({ dueAt }) => dueAt)).toEqual([
        '2026-11-25',
        '2026-11-28',
        '2026-11-30',
        '2026-12-20',
      ]);
      expect(outcomes).toMatchObject([
        { status: 'renewed', dueAt: '2026-12-25' },
        {
          status: 'refused',
          code: 'TOO_SOON',
          libraryText: expect.stringContaining('不到续借时间，不得续借！'),
        },
      ]);
    } finally {
      await system.close();
      await server.close();
    }
  });
});
