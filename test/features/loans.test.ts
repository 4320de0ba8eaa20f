import * as v from 'valibot';
import { readerApi } from '../../contracts';
import type { Loan, RenewOutput } from '../../contracts/loans';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { intercept } from './support/intercept';
import { bind, fault, READERS, tap, type ReaderName } from './support/readers';

const DAY = 86_400_000;
const library = intercept();
let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await startLocalCloud({ wrap: library.wrap });
  for (const who of ['twenty', 'department', 'hard', 'blocked', 'none', 'staff'] as const)
    await bind(cloud, who, `o-${who}`);
}, 60_000);
afterAll(() => cloud.stop());
afterEach(() => {
  cloud.link.set('none');
  cloud.clock.set(Date.now());
});

const list = async (who: ReaderName): Promise<Loan[]> => {
  const answer = dataOf(await cloud.call('loans.list', {}, `o-${who}`));
  if ('denied' in answer) throw new Error(answer.denied.code);
  return answer.loans;
};
/** What the library itself says. */
const truth = async (who: ReaderName): Promise<Map<string, Loan>> => {
  const answer = await cloud.library.loans!.list({ ref: READERS[who].ref });
  if ('denied' in answer) throw new Error(answer.denied.code);
  return new Map(answer.loans.map((loan) => [loan.loanId, loan]));
};
const renewable = async (who: ReaderName): Promise<Loan> => {
  const loan = (await list(who)).find(({ renewal }) => renewal.allowed);
  if (!loan) throw new Error(`${who} has nothing left to renew`);
  return loan;
};
const renew = async (who: ReaderName, loanIds: string[], requestId = tap()): Promise<RenewOutput> =>
  dataOf(await cloud.call('loans.renew', { loanIds, requestId }, `o-${who}`));
/** How often the library was asked to renew while something was done. */
const timesRenewed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = library.asked['loans.renew'];
  await work();
  return library.asked['loans.renew'] - before;
};

describe('loans.list', () => {
  it('shows all loans as the contract says, overdue first, then by due date', async () => {
    const answer = dataOf(await cloud.call('loans.list', {}, 'o-twenty'));
    expect(v.is(readerApi['loans.list'].output, answer)).toBe(true);
    const loans = await list('twenty');
    expect(loans).toHaveLength(20);
    expect(loans[0]).toMatchObject({
      overdue: true,
      renewal: { allowed: false, code: 'OVERDUE', libraryText: expect.any(String) },
    });
    const due = loans.slice(1).map(({ dueAt }) => dueAt);
    expect(due).toEqual([...due].sort());
    expect(await list('none')).toEqual([]);
    expect(await list('department')).toHaveLength(120);
  });

  it.each(['offline', 'slow', 'garbage'] as const)(
    'shows the last good list when the library is %s, with its time',
    async (kind) => {
      const loans = await list('twenty');
      if (kind === 'slow') await cloud.waitForLibrary(500);
      cloud.link.set(kind);
      const answer = dataOf(await cloud.call('loans.list', {}, 'o-twenty'));
      if (kind === 'slow') await cloud.waitForLibrary();
      expect(answer).toMatchObject({ state: 'stale', loans });
      if ('denied' in answer) throw new Error('denied');
      expect(Date.now() - Date.parse(answer.asOf)).toBeGreaterThanOrEqual(0);
    },
  );

  it('never shows a list that is too old, nor one of before the card was taken off', async () => {
    await bind(cloud, 'promoted', 'o-promoted');
    await list('promoted');
    cloud.link.set('offline');
    cloud.clock.set(Date.now() + 15 * DAY);
    expect(await cloud.call('loans.list', {}, 'o-promoted')).toEqual(fault('LIBRARY_UNREACHABLE', true));
    cloud.clock.set(Date.now());
    await cloud.call('cards.unbind', {}, 'o-promoted');
    cloud.link.set('none');
    await bind(cloud, 'promoted', 'o-promoted');
    cloud.link.set('offline');
    expect(await cloud.call('loans.list', {}, 'o-promoted')).toEqual(fault('LIBRARY_UNREACHABLE', true));
  });

  it('keeps no list that arrives after the card was taken off', async () => {
    await bind(cloud, 'substitute', 'o-late');
    library.after('loans.list', async () => void (await cloud.call('cards.unbind', {}, 'o-late')));
    await cloud.call('loans.list', {}, 'o-late');
    expect(dataOf(await cloud.call('privacy.export', {}, 'o-late')).collections).not.toHaveProperty(
      'bindings',
    );
  });
});

describe('loans.renew', () => {
  it('renews, and refuses with code and words, each for its book', async () => {
    const loans = await list('hard');
    const { outcomes } = await renew(
      'hard',
      loans.map(({ loanId }) => loanId),
    );
    expect(outcomes.map(({ loanId }) => loanId)).toEqual(loans.map(({ loanId }) => loanId));
    const codes = outcomes.map((outcome) => (outcome.status === 'refused' ? outcome.code : outcome.status));
    expect(new Set(codes)).toEqual(
      new Set([
        'renewed',
        'TOO_MANY_RENEWALS',
        'TOO_SOON',
        'ITEM_TYPE',
        'AUTO_RENEW',
        'RECALLED',
        'OVERDUE',
        'ON_HOLD',
      ]),
    );
    const now = await truth('hard');
    for (const outcome of outcomes) {
      if (outcome.status === 'renewed') expect(now.get(outcome.loanId)?.dueAt).toBe(outcome.dueAt);
      if (outcome.status === 'refused') expect(outcome.libraryText).toBeTruthy();
    }
  });

  it('says the new due date at once, also when the library goes away after it', async () => {
    const { loanId } = await renewable('twenty');
    const { outcomes } = await renew('twenty', [loanId]);
    if (outcomes[0]?.status !== 'renewed') throw new Error('not renewed');
    cloud.link.set('offline');
    expect((await list('twenty')).find((loan) => loan.loanId === loanId)?.dueAt).toBe(outcomes[0].dueAt);
  });

  it('never touches the loan of another reader, nor asks the library about it', async () => {
    const foreign = await renewable('department');
    const asked = await timesRenewed(async () => {
      expect((await renew('twenty', [foreign.loanId, 'no-such-loan'])).outcomes).toEqual([
        { loanId: foreign.loanId, status: 'refused', code: 'NOT_YOURS' },
        { loanId: 'no-such-loan', status: 'refused', code: 'NOT_YOURS' },
      ]);
    });
    expect(asked).toBe(0);
    expect((await truth('department')).get(foreign.loanId)?.dueAt).toBe(foreign.dueAt);
    const forged = {
      action: 'loans.renew',
      input: {
        loanIds: [foreign.loanId],
        requestId: tap(),
        openid: 'o-department',
        ref: 'p2',
        patronRef: 'p2',
      },
    };
    expect(
      await cloud.send(
        { ...forged, openid: 'o-department', userInfo: { openId: 'o-department' } },
        'o-twenty',
      ),
    ).toMatchObject({
      data: { outcomes: [{ code: 'NOT_YOURS' }] },
    });
  });

  it('renews once for one request id, however often and at once it is sent', async () => {
    const { loanId } = await renewable('twenty');
    const requestId = tap();
    const answers: RenewOutput[] = [];
    const asked = await timesRenewed(async () => {
      answers.push(
        ...(await Promise.all(Array.from({ length: 5 }, () => renew('twenty', [loanId], requestId)))),
      );
      answers.push(await renew('twenty', [loanId], requestId));
    });
    expect(asked).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.outcomes[0]?.status).toBe('renewed');
    expect(await cloud.call('loans.renew', { loanIds: ['l-else'], requestId }, 'o-twenty')).toEqual(
      fault('BAD_REQUEST'),
    );
    expect(await cloud.call('loans.renewAll', { requestId }, 'o-twenty')).toEqual(fault('BAD_REQUEST'));
    // an id belongs to its reader: another reader's equal id is a request of its own
    const own = await renewable('staff');
    expect((await renew('staff', [own.loanId], requestId)).outcomes[0]).toMatchObject({
      loanId: own.loanId,
      status: 'renewed',
    });
  });

  it('names a loan once that was named twice', async () => {
    const { loanId } = await renewable('twenty');
    expect((await renew('twenty', [loanId, loanId])).outcomes).toHaveLength(1);
  });

  it('finds out by reading what became of a renewal whose answer was lost', async () => {
    const { loanId, dueAt } = await renewable('department');
    cloud.link.set('drop-after-write');
    const { outcomes } = await renew('department', [loanId]);
    const now = (await truth('department')).get(loanId)!.dueAt;
    expect(now > dueAt).toBe(true);
    expect(outcomes).toEqual([{ loanId, status: 'renewed', dueAt: now }]);
  });

  it('says unknown when the library cannot be read either, and knows on the next try, without renewing again', async () => {
    const { loanId } = await renewable('department');
    const requestId = tap();
    library.after('loans.renew', () => cloud.link.set('offline'));
    const asked = await timesRenewed(async () => {
      expect((await renew('department', [loanId], requestId)).outcomes).toEqual([
        { loanId, status: 'unknown' },
      ]);
      cloud.link.set('none');
      const { outcomes } = await renew('department', [loanId], requestId);
      expect(outcomes).toEqual([
        { loanId, status: 'renewed', dueAt: (await truth('department')).get(loanId)!.dueAt },
      ]);
    });
    expect(asked).toBe(1);
  });

  it('may be tried again with the same id when the library was certainly not asked', async () => {
    const { loanId } = await renewable('department');
    const requestId = tap();
    library.after('loans.list', () => cloud.link.set('offline'));
    expect(await cloud.call('loans.renew', { loanIds: [loanId], requestId }, 'o-department')).toEqual(
      fault('LIBRARY_UNREACHABLE', true),
    );
    cloud.link.set('none');
    expect((await renew('department', [loanId], requestId)).outcomes[0]?.status).toBe('renewed');
  });

  it('survives being killed between the library’s deed and our record of it', async () => {
    const { loanId, dueAt } = await renewable('department');
    const requestId = tap();
    const restarted = new Promise<void>((resolve, reject) => {
      library.after('loans.renew', () => void cloud.restart().then(resolve, reject));
    });
    const asked = await timesRenewed(async () => {
      await expect(renew('department', [loanId], requestId)).rejects.toBeDefined();
      await restarted;
      const { outcomes } = await renew('department', [loanId], requestId);
      const now = (await truth('department')).get(loanId)!.dueAt;
      expect(now > dueAt).toBe(true);
      expect(outcomes).toEqual([{ loanId, status: 'renewed', dueAt: now }]);
    });
    expect(asked).toBe(1);
  }, 60_000);

  it('goes on when the clock jumps in the middle, ahead or back', async () => {
    for (const jump of [2 * 3_600_000, -2 * 3_600_000]) {
      const { loanId } = await renewable('department');
      library.after('loans.list', () => cloud.clock.set(Date.now() + jump));
      const answer = await cloud.call('loans.renew', { loanIds: [loanId], requestId: tap() }, 'o-department');
      cloud.clock.set(Date.now());
      // the signature of a call that was under way when the clock jumped may be refused; then nothing was renewed
      if (!answer.ok) expect(answer.error.code).toBe('LIBRARY_UNREACHABLE');
      expect((await list('department')).length).toBe(120);
    }
  });
});

describe('many renewals', () => {
  it('renews each of a hundred loans once when all are asked for at once', async () => {
    const before = await truth('department');
    const wanted = (await list('department')).filter(({ renewal }) => renewal.allowed).slice(0, 100);
    expect(wanted.length).toBe(100);
    const one = async (loanId: string): Promise<string> => {
      const requestId = tap();
      for (;;) {
        const answer = await cloud.call('loans.renew', { loanIds: [loanId], requestId }, 'o-department');
        if (answer.ok) return answer.data.outcomes[0]!.status;
        if (answer.error.code !== 'BUSY') return answer.error.code;
      }
    };
    const statuses = await Promise.all(wanted.map(({ loanId }) => one(loanId)));
    expect(new Set(statuses)).toEqual(new Set(['renewed']));
    const after = await truth('department');
    for (const { loanId } of wanted) {
      expect(after.get(loanId)!.renewal.left).toBe(before.get(loanId)!.renewal.left! - 1);
    }
  }, 120_000);
});

describe('loans.renewAll', () => {
  it('gives an outcome for every loan and asks the library only for what it has not just refused', async () => {
    const loans = await list('twenty');
    const { outcomes } = dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-twenty'));
    expect(outcomes.map(({ loanId }) => loanId)).toEqual(loans.map(({ loanId }) => loanId));
    const byId = new Map(outcomes.map((outcome) => [outcome.loanId, outcome]));
    for (const { loanId, renewal } of loans) {
      expect(byId.get(loanId)).toMatchObject(
        renewal.allowed
          ? { status: 'renewed' }
          : { status: 'refused', code: renewal.code, libraryText: renewal.libraryText },
      );
    }
    expect(
      outcomes.filter((outcome) => outcome.status === 'refused' && outcome.code === 'ON_HOLD'),
    ).toHaveLength(1);
    const again = dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-twenty'));
    expect(again.outcomes.every(({ status }) => status === 'refused')).toBe(true);
  });

  it('has nothing to say to a reader without loans', async () => {
    expect(dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-none'))).toEqual({
      outcomes: [],
    });
  });

  it('passes on that the library renews nothing for a blocked reader', async () => {
    const { outcomes } = dataOf(await cloud.call('loans.renewAll', { requestId: tap() }, 'o-blocked'));
    expect(outcomes).toEqual([expect.objectContaining({ status: 'refused', code: 'BLOCKED' })]);
  });
});

describe('loans.renewScanned', () => {
  const scan = async (text: string, requestId = tap()) =>
    dataOf(await cloud.call('loans.renewScanned', { text, requestId }, 'o-staff'));

  it('renews the copy in the reader’s hand, by its barcode, once', async () => {
    const loan = await renewable('staff');
    const requestId = tap();
    const answer = await scan(`A${loan.itemBarcode}B`, requestId);
    expect(answer).toEqual({
      kind: 'outcome',
      title: loan.title,
      outcome: {
        loanId: loan.loanId,
        status: 'renewed',
        dueAt: (await truth('staff')).get(loan.loanId)!.dueAt,
      },
    });
    expect(await scan(loan.itemBarcode, requestId)).toEqual(answer);
    expect(await scan(loan.itemBarcode)).toMatchObject({ kind: 'outcome', outcome: { status: 'refused' } });
  });

  it('renews by the ISBN on the back', async () => {
    const loan = await renewable('staff');
    const { isbn13 } = dataOf(await cloud.call('catalog.bib', { bibId: loan.bibId! }, 'o-staff'));
    expect(await scan(isbn13!)).toMatchObject({
      kind: 'outcome',
      title: loan.title,
      outcome: { status: 'renewed' },
    });
  });

  it('knows what is not the reader’s', async () => {
    const [foreign] = await list('department');
    for (const text of [foreign!.itemBarcode, '', '😀', 'https://example.com', '9787111999997']) {
      expect(await scan(text)).toMatchObject({ kind: 'not-yours' });
    }
  });
});

it.each([
  { loanIds: [], requestId: 'tap-12345678' },
  { loanIds: Array.from({ length: 101 }, (_, i) => `l${i}`), requestId: 'tap-12345678' },
  { loanIds: ['l1'], requestId: 'short' },
  { loanIds: ['l1'], requestId: '../../../etc' },
  { loanIds: [{ $ne: null }], requestId: 'tap-12345678' },
  { loanIds: 'l1', requestId: 'tap-12345678' },
  { loanIds: ['l1'] },
])('loans.renew refuses %j', async (input) => {
  expect(await cloud.send({ action: 'loans.renew', input }, 'o-twenty')).toEqual(fault('BAD_REQUEST'));
});

it('logs no card number, name or identity', () => {
  const text = cloud.logs.join('\n');
  expect(text).toContain('loans.renew');
  for (const { cardNumber, name } of Object.values(READERS)) {
    expect(text).not.toContain(cardNumber);
    expect(text).not.toContain(name);
  }
  expect(text).not.toMatch(/o-(twenty|department|hard|staff)/);
});
