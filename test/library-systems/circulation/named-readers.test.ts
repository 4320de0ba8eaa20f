import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DenialCode } from '../../../contracts/denials';
import type { Loan } from '../../../contracts/loans';
import { addDays } from '../../../library-systems/demo/local-date';
import { NOW, openDemo } from '../support/demo';
import { findHoldable, loansOf } from './support';

const README = readFileSync(path.join(__dirname, '../../../local/seed/README.md'), 'utf8');

/** The rows of a table of the README, by its first heading. */
function tableOf(heading: string): string[][] {
  const lines = README.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const end = lines.findIndex((line, i) => i > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const READERS = tableOf('card').map(([card = '', pin = '', name = '']) => ({ card, pin, name }));
const REFUSALS = new Map(tableOf('code').map(([code = '', card = '']) => [code as DenialCode, card]));
const TODAY = '2026-11-21';

describe('the readers of local/seed/README.md', () => {
  let demo: Awaited<ReturnType<typeof openDemo>>;
  const refs = new Map<string, string>();
  beforeAll(async () => {
    demo = await openDemo();
    READERS.forEach(({ card }, i) => refs.set(card, `p${i + 1}`));
  }, 60_000);
  afterAll(() => demo.close());

  const signIn = async (card: string, pin: string): Promise<string> => {
    const proved = await demo.system.signIn!.complete({ method: 'pin', answers: { cardNumber: card, pin } });
    return 'denied' in proved ? proved.denied.code : proved.patron.ref;
  };
  const renew = async (card: string, which: (loan: Loan) => boolean): Promise<string> => {
    const ref = refs.get(card)!;
    const loan = (await loansOf(demo.system, ref)).find(which)!;
    const [outcome] = await demo.system.loans!.renew({ ref }, [loan.loanId]);
    return outcome!.status === 'refused' ? outcome!.code : outcome!.status;
  };
  const dueIn =
    (days: number) =>
    (loan: Loan): boolean =>
      loan.dueAt.startsWith(addDays(TODAY, days));
  const hold = async (card: string, bibId: string, pickup?: string): Promise<string> => {
    const choice = pickup === undefined ? {} : { pickup, confirm: true };
    const step = await demo.system.holds!.place({ ref: refs.get(card)! }, { bibId }, choice);
    return step.status === 'refused' ? step.code : step.status;
  };
  const pinOf = (card: string): string => READERS.find((reader) => reader.card === card)!.pin;

  /** What to do to meet each code, in an order in which none spoils the next. */
  const MEETINGS: Partial<Record<DenialCode, (card: string) => Promise<string>>> = {
    ON_HOLD: (card) => renew(card, (loan) => dueIn(5)(loan) && loan.renewal.code === 'ON_HOLD'),
    OVERDUE: (card) => renew(card, ({ overdue }) => overdue),
    TOO_MANY_RENEWALS: (card) => renew(card, dueIn(4)),
    TOO_SOON: (card) => renew(card, dueIn(40)),
    ITEM_TYPE: (card) => renew(card, (loan) => dueIn(1)(loan) && loan.renewal.left === 0),
    AUTO_RENEW: (card) => renew(card, dueIn(6)),
    RECALLED: (card) => renew(card, dueIn(5)),
    DEBT: (card) => renew(card, () => true),
    NOT_YOURS: async (card) => {
      const [theirs] = await loansOf(demo.system, 'p1');
      const [outcome] = await demo.system.loans!.renew({ ref: refs.get(card)! }, [theirs!.loanId]);
      return outcome!.status === 'refused' ? outcome!.code : outcome!.status;
    },
    BAD_PIN: (card) => signIn(card, '000000'),
    LOCKED: async (card) => {
      for (let i = 0; i < 5; i++) await signIn(card, '000000');
      return signIn(card, pinOf(card));
    },
    EXPIRED: (card) => signIn(card, pinOf(card)),
    CARD_LOST: (card) => signIn(card, pinOf(card)),
    BLOCKED: (card) => renew(card, () => true),
    TOO_MANY_HOLDS: async (card) => hold(card, (await findHoldable(demo.system)).bibId),
    DUPLICATE: async (card) => {
      const answer = await demo.system.holds!.list({ ref: refs.get(card)! });
      if ('denied' in answer) return answer.denied.code;
      return hold(card, answer.holds.find(({ status }) => status === 'waiting')!.bibId!);
    },
    ON_SHELF: async (card) => {
      const { items } = await demo.system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });
      return hold(card, items.find(({ availableCopies }) => availableCopies! > 0)!.bibId);
    },
    NOT_HOLDABLE: async (card) => {
      const { items } = await demo.system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });
      const copies = await Promise.all(
        items.map(async ({ bibId }) => (await demo.system.catalog!.holdings(bibId))!.items),
      );
      const { itemId } = copies.flat().find(({ status }) => status === 'referenceOnly')!;
      const step = await demo.system.holds!.place({ ref: refs.get(card)! }, { itemId }, {});
      return step.status === 'refused' ? step.code : step.status;
    },
    BAD_PICKUP: async (card) => hold(card, (await findHoldable(demo.system)).bibId, 'NOWHERE'),
    ALREADY_ON_LOAN: async (card) => hold(card, (await loansOf(demo.system, refs.get(card)!))[0]!.bibId!),
    ONBOARDING_REQUIRED: async (card) => hold(card, (await findHoldable(demo.system)).bibId),
    OTHER: (card) => hold(card, 'no-such-bib'),
  };

  it('sign in with their PINs, or are told why not', async () => {
    expect(READERS).toHaveLength(22);
    const denied: Record<string, string> = { p7: 'EXPIRED', p8: 'CARD_LOST', p10: 'LOCKED' };
    for (const { card, pin, name } of READERS) {
      const ref = refs.get(card)!;
      expect(await signIn(card, pin)).toBe(denied[ref] ?? ref);
      const patron = await demo.system.patrons!.patron({ ref });
      if (denied[ref] === undefined) expect(patron).toMatchObject({ name, cardNumber: card });
      else expect(patron).toMatchObject({ denied: { code: denied[ref] } });
    }
  });

  it('have the loans and holds that it says', async () => {
    const allowed = async (ref: string): Promise<[number, number]> => {
      const loans = await loansOf(demo.system, ref);
      return [loans.length, loans.filter(({ renewal }) => renewal.allowed).length];
    };
    expect(await allowed('p1')).toEqual([20, 18]);
    expect(await allowed('p2')).toEqual([120, 120]);
    expect(await allowed('p3')).toEqual([0, 0]);
    expect(await allowed('p4')).toEqual([3, 3]);
    expect(await allowed('p6')).toEqual([10, 2]);
    expect(await allowed('p17')).toEqual([4, 4]);
    expect(await demo.system.loans!.history!({ ref: 'p3' }, { page: 1, pageSize: 20 })).toEqual({
      items: [],
      total: 0,
    });
    const { holds } = (await demo.system.holds!.list({ ref: 'p12' })) as { holds: { status: string }[] };
    expect(holds.map(({ status }) => status).sort()).toEqual(['expired', 'inTransit', 'ready', 'waiting']);
  });

  it('keep their reference when the number of the card changes', async () => {
    expect(await signIn('2021110007', pinOf('2025210007'))).toBe('EXPIRED');
    expect(await signIn('2025210007', pinOf('2025210007'))).toBe('p4');
    await demo.system.counter.changeCard('p19', { cardNumber: '2029210019' });
    expect(await signIn('2029210019', pinOf('2025110019'))).toBe('p19');
    expect(await signIn('2025110019', pinOf('2025110019'))).toBe('EXPIRED');
    expect(await demo.system.patrons!.patron({ ref: 'p19' })).toMatchObject({ cardNumber: '2029210019' });
  });

  it('take numbers and PINs as phones write them', async () => {
    const wide = (text: string): string =>
      text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(await signIn(` ${wide('2024')} ${wide('110020')} `, wide(pinOf('2024110020')))).toBe('p1');
    expect(await signIn('t100017', ` ${pinOf('T100017')} `)).toBe('p17');
    for (const odd of ['', '😀'.repeat(50), 'x'.repeat(10_000), "' OR 1=1 --"]) {
      expect(await signIn(odd, odd)).toBe('BAD_PIN');
    }
  });

  it.each([...REFUSALS])('meet %s', async (code, card) => {
    expect(await MEETINGS[code]!(card)).toBe(code);
  });

  it('meet every code that the demo library says', () => {
    expect([...REFUSALS.keys()].sort()).toEqual(Object.keys(MEETINGS).sort());
  });

  it('are unlocked after a day, with the time said', async () => {
    let now = NOW;
    const other = await openDemo({ now: () => now });
    const { card, pin } = READERS[12]!;
    const complete = (answer: string) =>
      other.system.signIn!.complete({ method: 'pin', answers: { cardNumber: card, pin: answer } });
    const wrong = await Promise.all(Array.from({ length: 7 }, () => complete('1')));
    const codes = wrong.map((answer) => ('denied' in answer ? answer.denied.code : ''));
    expect(codes).toEqual([...Array<string>(4).fill('BAD_PIN'), ...Array<string>(3).fill('LOCKED')]);
    expect(await complete(pin)).toMatchObject({
      denied: { code: 'LOCKED', retryAt: '2026-11-22T02:00:00.000Z' },
    });
    now += 24 * 3_600_000;
    expect(await complete(pin)).toHaveProperty('patron');
    // A clock put back does not lock anybody for years.
    for (let i = 0; i < 5; i++) await complete('1');
    now -= 400 * 24 * 3_600_000;
    expect(await complete(pin)).toHaveProperty('patron');
    await other.close();
  });
});
