import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Hold } from '../../../contracts/holds';
import { NOW, openDemo } from '../support/demo';
import { findHoldable, loansOf } from './support';

const DAY_MS = 86_400_000;

describe('the demo library as time passes', () => {
  let demo: Awaited<ReturnType<typeof openDemo>>;
  let now: number;
  beforeEach(async () => {
    now = NOW;
    demo = await openDemo({ now: () => now });
  });
  afterEach(() => demo.close());

  const holdsOf = async (ref: string): Promise<Hold[]> => {
    const answer = await demo.system.holds!.list({ ref });
    if ('denied' in answer) throw new Error(answer.denied.code);
    return answer.holds;
  };
  /** Every copy's state agrees with the counts, the filter and who has it. */
  const checkShelves = async (): Promise<void> => {
    const { items, facets } = await demo.system.catalog!.search({
      field: 'any',
      text: '历史',
      sort: 'relevance',
      page: 1,
      pageSize: 50,
      filters: {},
    });
    for (const bib of items) {
      const holdings = await demo.system.catalog!.holdings(bib.bibId);
      const available = holdings!.items.filter(({ status }) => status === 'available');
      expect(available).toHaveLength(bib.availableCopies!);
      for (const item of holdings!.items) expect(item.dueAt !== undefined).toBe(item.status === 'onLoan');
    }
    const filtered = await demo.system.catalog!.search({
      field: 'any',
      text: '历史',
      sort: 'relevance',
      page: 1,
      pageSize: 50,
      filters: { availableNow: true },
    });
    expect(filtered.total).toBe(facets!.availableNow);
    expect(filtered.items.every(({ availableCopies }) => availableCopies! > 0)).toBe(true);
  };

  it('hands a returned book to whoever waits, keeps it three open days, and moves on', async () => {
    const [loan] = await loansOf(demo.system, 'p17');
    const { itemBarcode, loanId } = loan!;
    const holdOf = async (ref: string) =>
      (await holdsOf(ref)).find((hold) => hold.itemBarcode === itemBarcode);
    for (const ref of ['p19', 'p3', 'p4']) {
      const placed = await demo.system.holds!.place(
        { ref },
        { itemId: `i${itemBarcode}` },
        { pickup: 'MAIN' },
      );
      expect(placed).toMatchObject({ status: 'done', hold: { status: 'waiting' } });
    }
    expect(
      [await holdOf('p19'), await holdOf('p3'), await holdOf('p4')].map((hold) => hold!.position),
    ).toEqual([1, 2, 3]);
    const [refused] = await demo.system.loans!.renew({ ref: 'p17' }, [loanId]);
    expect(refused).toMatchObject({ status: 'refused', code: 'ON_HOLD' });

    await demo.system.counter.takeBack(itemBarcode);
    // Saturday; the main library is open every day in term.
    expect(await holdOf('p19')).toMatchObject({ status: 'ready', readyUntil: '2026-11-24' });
    expect((await holdOf('p3'))!.position).toBe(1);
    expect((await demo.system.catalog!.itemByBarcode!(itemBarcode))!.item.status).toBe('onHoldShelf');
    await expect(demo.system.counter.lend('p3', itemBarcode)).rejects.toThrow('cannot be lent now');

    now = Date.parse('2026-11-24T23:59:30+08:00');
    expect((await holdOf('p19'))!.status).toBe('ready');
    now = Date.parse('2026-11-25T08:00:00+08:00');
    expect((await holdOf('p19'))!.status).toBe('expired');
    const ready = (await holdOf('p3'))!;
    // It passed on at midnight, so the day that began then is not counted.
    expect(ready).toMatchObject({ status: 'ready', readyUntil: '2026-11-28' });
    expect(await demo.system.holds!.cancel({ ref: 'p3' }, ready.holdId, {})).toMatchObject({
      status: 'confirm',
    });
    expect((await holdOf('p3'))!.status).toBe('ready');
    expect(await demo.system.holds!.cancel({ ref: 'p3' }, ready.holdId, { confirm: true })).toEqual({
      status: 'done',
    });
    expect((await holdOf('p4'))!.status).toBe('ready');
    await demo.system.counter.lend('p4', itemBarcode);
    expect(await holdOf('p4')).toBeUndefined();
    expect((await loansOf(demo.system, 'p4')).map((lent) => lent.itemBarcode)).toContain(itemBarcode);
    now += 8 * DAY_MS;
    expect(await holdOf('p19')).toBeUndefined();
    await checkShelves();
  });

  it('lets the invented readers bring their books back, and the named ones keep theirs', async () => {
    const before = await Promise.all(['p1', 'p2', 'p17'].map((ref) => loansOf(demo.system, ref)));
    const { items: popular } = await demo.system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });
    const inBefore = popular.reduce((sum, { availableCopies }) => sum + availableCopies!, 0);
    for (const days of [1, 2, 7, 40, 400]) {
      now = NOW + days * DAY_MS;
      await checkShelves();
    }
    const { items: later } = await demo.system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });
    expect(later.reduce((sum, { availableCopies }) => sum + availableCopies!, 0)).toBeGreaterThan(inBefore);
    const after = await Promise.all(['p1', 'p2', 'p17'].map((ref) => loansOf(demo.system, ref)));
    expect(after.map((loans) => loans.length)).toEqual(before.map((loans) => loans.length));
  });

  it('renews by itself what is renewed by itself, as often as allowed', async () => {
    const loans = await loansOf(demo.system, 'p6');
    const { loanId, dueAt } = loans.find(({ renewal }) => renewal.code === 'AUTO_RENEW')!;
    for (const other of loans)
      if (other.loanId !== loanId) await demo.system.counter.takeBack(other.itemBarcode);
    const dueAfter = async (time: string) => {
      now = Date.parse(time);
      const [loan] = await loansOf(demo.system, 'p6');
      return loan!.dueAt;
    };
    const second = await dueAfter(dueAt);
    expect(Date.parse(second) - Date.parse(dueAt)).toBeGreaterThanOrEqual(30 * DAY_MS);
    const third = await dueAfter(second);
    expect(Date.parse(third) - Date.parse(second)).toBeGreaterThanOrEqual(30 * DAY_MS);
    expect(await dueAfter(third)).toBe(third);
    now += DAY_MS;
    expect((await loansOf(demo.system, 'p6'))[0]).toMatchObject({ overdue: true, renewal: { left: 0 } });
  });

  it('stays whole when the clock jumps to and fro', async () => {
    for (const years of [0, 1, -1, 30, -20, 300, 0]) {
      now = NOW + years * 365 * DAY_MS;
      for (const ref of ['p1', 'p2', 'p6', 'p12', 'p18']) {
        const answers = await Promise.all([
          demo.system.loans!.list({ ref }),
          demo.system.holds!.list({ ref }),
          demo.system.fines!.list({ ref }),
          demo.system.loans!.history!({ ref }, { page: 1, pageSize: 5 }),
        ]);
        expect(answers).toHaveLength(4);
      }
      await checkShelves();
    }
    const loans = await loansOf(demo.system, 'p1');
    expect(loans).toHaveLength(20);
    const outcomes = await demo.system.loans!.renew(
      { ref: 'p1' },
      loans.map(({ loanId }) => loanId),
    );
    expect(outcomes.filter(({ status }) => status === 'renewed')).toHaveLength(18);
  });

  it('calls back a loan that would go on for long, once somebody waits for it', async () => {
    const loan = (await loansOf(demo.system, 'p6')).find(({ renewal }) => renewal.code === 'TOO_SOON')!;
    const hold = (ref: string) =>
      demo.system.holds!.place({ ref }, { itemId: `i${loan.itemBarcode}` }, { pickup: 'MAIN' });
    expect(await hold('p19')).toMatchObject({ status: 'done' });
    const recalled = (await loansOf(demo.system, 'p6')).find(({ loanId }) => loanId === loan.loanId)!;
    expect(recalled).toMatchObject({
      dueAt: '2026-12-05T23:59:00+08:00',
      renewal: { allowed: false, code: 'RECALLED' },
    });
    expect(await hold('p3')).toMatchObject({ status: 'done', hold: { position: 2 } });
    expect((await loansOf(demo.system, 'p6')).find(({ loanId }) => loanId === loan.loanId)).toEqual(recalled);
    // A loan that ends soon anyway is left alone.
    const [soon] = await loansOf(demo.system, 'p17');
    await demo.system.holds!.place({ ref: 'p19' }, { itemId: `i${soon!.itemBarcode}` }, { pickup: 'MAIN' });
    expect((await loansOf(demo.system, 'p17'))[0]).toMatchObject({
      dueAt: soon!.dueAt,
      renewal: { code: 'ON_HOLD' },
    });
  });

  it('charges an overdue book by open day, and keeps the fine after it came back', async () => {
    const finesOf = async () => {
      const answer = await demo.system.fines!.list({ ref: 'p18' });
      if ('denied' in answer) throw new Error(answer.denied.code);
      return answer.fines;
    };
    const overdue = (await loansOf(demo.system, 'p18'))[0]!;
    const running = (await finesOf()).find((fine) => fine.running)!;
    expect(running).toMatchObject({ amountCents: 6 * 20, title: overdue.title, reason: 'overdue' });
    await demo.system.counter.takeBack(overdue.itemBarcode);
    expect((await finesOf()).filter((fine) => fine.running)).toEqual([]);
    expect((await finesOf()).map(({ amountCents }) => amountCents).sort()).toEqual([120, 200]);
    const past = await demo.system.loans!.history!({ ref: 'p18' }, { page: 1, pageSize: 1 });
    expect(past).toMatchObject({
      items: [{ loanId: overdue.loanId, returnedAt: new Date(NOW).toISOString() }],
    });
    await demo.system.counter.settleFines('p18');
    expect(await finesOf()).toEqual([]);
  });

  it('asks before it carries a book to a branch that has none, and charges for the way', async () => {
    const { bibId } = await findHoldable(demo.system);
    const { items } = (await demo.system.catalog!.holdings(bibId))!;
    if (items.some(({ branch }) => branch.code === 'MED')) return;
    const ask = await demo.system.holds!.place({ ref: 'p19' }, { bibId }, { pickup: 'MED' });
    expect(ask).toMatchObject({ status: 'confirm', feeCents: 200, text: expect.stringContaining('2.00 元') });
    expect(await holdsOf('p19')).toEqual([]);
    const done = await demo.system.holds!.place({ ref: 'p19' }, { bibId }, { pickup: 'MED', confirm: true });
    expect(done).toMatchObject({ status: 'done' });
    expect(await demo.system.fines!.list({ ref: 'p19' })).toMatchObject({
      fines: [{ amountCents: 200, reason: 'other' }],
    });
  });
});
