import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { LibraryFault } from '../../../library-systems/library-fault';
import type { LibraryFaultCode } from '../../../library-systems/library-fault';
import { describeSystem } from '../../../library-systems/operations';
import { makeResilient } from '../../../library-systems/resilience';
import { openPeer, plainBib, settings, settle } from './support';

const READER = { ref: 'p1', session: 's1' };

// Properties take their time on a busy machine.
jest.setTimeout(60_000);

beforeEach(() => void jest.useFakeTimers({ now: Date.parse('2026-11-21T10:00:00+08:00') }));
afterEach(() => void jest.useRealTimers());

type Changes = Parameters<typeof settings>[0];

function open(changes: Changes = {}) {
  const peer = openPeer();
  const seen: string[] = [];
  const resilient = makeResilient(peer.system, settings(changes), {
    shared: (operation) => seen.push(`shared ${operation}`),
    remembered: (operation) => seen.push(`remembered ${operation}`),
    retried: (operation) => seen.push(`retried ${operation}`),
    notAsked: (operation, why) => seen.push(`${why} ${operation}`),
    asked: (operation, outcome) => seen.push(`${outcome} ${operation}`),
    stateChanged: (state) => seen.push(`state ${state}`),
  });
  return { ...resilient, peer, seen, catalog: resilient.system.catalog!, loans: resilient.system.loans! };
}

const failing = (code: LibraryFaultCode) => () => {
  throw new LibraryFault(code, 'as told');
};
const codeOf = async (asked: Promise<unknown>): Promise<string> => {
  const error: unknown = await asked.then(
    () => 'answered',
    (e: unknown) => e,
  );
  return error instanceof LibraryFault ? error.code : String(error);
};
/** What became of it after all timers that it may need. */
async function outcome(asked: Promise<unknown>): Promise<string> {
  const code = codeOf(asked);
  await jest.advanceTimersByTimeAsync(60_000);
  return code;
}
const NO_RETRY = { retries: { times: 0 } };

describe('members', () => {
  it('are those of the system within, and none of them goes past the guard', () => {
    const { system, peer } = open();
    expect(describeSystem(system)).toEqual({
      ...describeSystem(peer.system),
      operations: ['system.status', ...describeSystem(peer.system).operations],
    });
    expect(system.catalog?.related).toBeUndefined();
    expect(system.policy?.loanRules).toBeUndefined();
    const functionsOf = (value: object, at = ''): [string, unknown][] =>
      Object.entries(value).flatMap(([name, inner]): [string, unknown][] => {
        if (typeof inner === 'function') return [[at + name, inner]];
        return typeof inner === 'object' && !Array.isArray(inner)
          ? functionsOf(inner as object, `${at}${name}.`)
          : [];
      });
    const guarded = new Map(functionsOf(system));
    const bare = functionsOf(peer.system);
    expect(bare.length).toBeGreaterThan(14);
    for (const [name, inner] of bare) {
      expect([name, typeof guarded.get(name)]).toEqual([name, 'function']);
      expect([name, guarded.get(name) === inner]).toEqual([name, false]);
    }
  });

  it('hand input and answer on unchanged', async () => {
    const { system, peer } = open();
    const answer = { denied: { code: 'EXPIRED', libraryText: '证件已过期' } };
    peer.responds(() => answer);
    expect(await system.fines!.list(READER)).toEqual(answer);
    expect(await system.holds!.cancel(READER, 'h1', { confirm: true })).toEqual(answer);
    expect(peer.calls.map(({ input }) => input)).toEqual([
      READER,
      { access: READER, holdId: 'h1', choice: { confirm: true } },
    ]);
  });
});

describe('reads', () => {
  it.each<[LibraryFaultCode, number]>([
    ['UNREACHABLE', 2],
    ['TIMEOUT', 2],
    ['LOST', 2],
    ['REJECTED', 1],
    ['GARBLED', 1],
  ])('that end in %s are asked %i times', async (code, times) => {
    const { loans, peer } = open();
    peer.responds(failing(code));
    expect(await outcome(loans.list(READER))).toBe(code);
    expect(peer.asked('loans')).toBe(times);
  });

  it('succeed at the second try', async () => {
    const { loans, peer, seen } = open();
    let tries = 0;
    peer.responds(() => {
      if (tries++ === 0) throw new LibraryFault('UNREACHABLE', 'once');
      return { loans: [] };
    });
    const asked = loans.list(READER);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await asked).toEqual({ loans: [] });
    expect(seen).toContain('retried loans.list');
  });

  it('do not repeat a defect', async () => {
    const { loans, peer } = open();
    peer.responds(() => {
      throw new TypeError('a defect');
    });
    expect(await outcome(loans.list(READER))).toBe('TypeError: a defect');
    expect(peer.calls).toHaveLength(1);
  });

  it('end at their time limit, tries and waiting included', async () => {
    const { loans } = open({ timeLimits: { wholeReadMs: 3_000, listMs: 2_500 }, retries: { times: 5 } });
    const asked = codeOf(loans.list(READER));
    await jest.advanceTimersByTimeAsync(2_990);
    let ended = false;
    void asked.then(() => (ended = true));
    await settle();
    expect(ended).toBe(false);
    await jest.advanceTimersByTimeAsync(20);
    expect(await asked).toBe('TIMEOUT');
  });

  it('are not begun again once nobody waits for them', async () => {
    const { loans, peer } = open({
      timeLimits: { wholeReadMs: 1_000 },
      retries: { times: 3, firstDelayMs: 5_000, longestDelayMs: 20_000 },
    });
    const asked = codeOf(loans.list(READER));
    await jest.advanceTimersByTimeAsync(995);
    peer.calls[0]!.fail(new LibraryFault('UNREACHABLE', 'as told'));
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await asked).toBe('TIMEOUT');
    expect(peer.asked('loans')).toBe(1);
  });

  it('of one reader are bounded by the minute, and come back', async () => {
    const { loans, peer, seen } = open({ reader: { readsPerMinute: 10 }, ...NO_RETRY });
    peer.responds(() => ({ loans: [] }));
    for (let i = 0; i < 10; i++) await loans.list(READER);
    expect(await outcome(loans.list(READER))).toBe('UNREACHABLE');
    expect(peer.asked('loans')).toBe(10);
    expect(seen.at(-1)).toBe('reader loans.list');
    expect(await loans.list({ ref: 'p2' })).toEqual({ loans: [] });
    await jest.advanceTimersByTimeAsync(6_000);
    expect(await loans.list(READER)).toEqual({ loans: [] });
  });
});

describe('writes', () => {
  it('are never repeated, whatever becomes of them', async () => {
    jest.useRealTimers();
    const faults = fc.constantFrom<LibraryFaultCode>('UNREACHABLE', 'TIMEOUT', 'LOST', 'GARBLED', 'REJECTED');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ fault: faults, write: fc.nat(2) }), { maxLength: 12 }),
        async (all) => {
          const { system, peer, loans } = open({ retries: { times: 5, firstDelayMs: 1, longestDelayMs: 1 } });
          for (const { fault, write } of all) {
            peer.responds(failing(fault));
            const before = peer.calls.length;
            await codeOf(
              [
                () => loans.renew(READER, ['l1']),
                () => system.holds!.place(READER, { bibId: 'b1' }, {}),
                () => system.signIn!.complete({ method: 'pin', answers: { cardNumber: '1', pin: '2' } }),
              ][write]!(),
            );
            expect(peer.calls.length - before).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('whose answer was lost or late are unknown; those that were not asked are a fault', async () => {
    const { loans, peer, system } = open({ timeLimits: { writeMs: 2_000 } });
    peer.responds(failing('LOST'));
    expect(await loans.renew(READER, ['l1', 'l2'])).toEqual([
      { loanId: 'l1', status: 'unknown' },
      { loanId: 'l2', status: 'unknown' },
    ]);
    peer.responds(undefined);
    const late = system.holds!.place(READER, { bibId: 'b1' }, {});
    await jest.advanceTimersByTimeAsync(2_000);
    expect(await late).toEqual({ status: 'unknown' });
    peer.responds(failing('UNREACHABLE'));
    expect(await codeOf(loans.renew(READER, ['l1']))).toBe('UNREACHABLE');
  });

  it('keep their place until they have really ended, and are not dropped when nobody waits any more', async () => {
    const { system, peer, state } = open({ parallel: 1, timeLimits: { writeMs: 500 }, waitMs: 100 });
    const late = system.holds!.place(READER, { bibId: 'b1' }, {});
    await jest.advanceTimersByTimeAsync(500);
    expect(await late).toEqual({ status: 'unknown' });
    expect(state()).toMatchObject({ running: 1, overdue: 1 });
    expect(await outcome(system.loans!.renew(READER, ['l1']))).toBe('UNREACHABLE');
    expect(peer.calls).toHaveLength(1);
    peer.calls[0]!.answer({ done: true });
    await settle();
    expect(state()).toMatchObject({ running: 0, overdue: 0 });
  });
});

describe('the budget', () => {
  it('is never exceeded, whatever is asked and however it ends', async () => {
    jest.useRealTimers();
    const ask = fc.record({ op: fc.nat(3), who: fc.nat(5), fails: fc.boolean(), ticks: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(ask, { maxLength: 60 }),
        fc.integer({ min: 1, max: 8 }),
        async (all, parallel) => {
          let inFlight = 0;
          let most = 0;
          const peer = openPeer();
          const plan = [...all];
          peer.responds(async () => {
            most = Math.max(most, ++inFlight);
            const { fails, ticks } = plan.shift() ?? { fails: false, ticks: 0 };
            for (let i = 0; i <= ticks; i++) await new Promise(setImmediate);
            inFlight -= 1;
            if (fails) throw new LibraryFault('GARBLED', 'as told');
            return { loans: [] };
          });
          const { system, state } = makeResilient(peer.system, settings({ parallel }));
          const ended = await Promise.allSettled(
            all.map(({ op, who }, at) => {
              const access = { ref: `p${who}` };
              if (op === 0) return system.catalog!.holdings(`b${at}`);
              if (op === 1) return system.loans!.list(access);
              if (op === 2) return system.holds!.cancel(access, `h${at}`, {});
              return system.fines!.list(access);
            }),
          );
          expect(ended).toHaveLength(all.length);
          expect(most).toBeLessThanOrEqual(parallel);
          expect(state()).toMatchObject({ running: 0, waiting: 0, overdue: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('sharing', () => {
  it('asks once for what several ask at the same time, and again afterwards', async () => {
    const { catalog, peer, seen } = open();
    const all = Promise.all([catalog.holdings('b1'), catalog.holdings('b1'), catalog.holdings('b2')]);
    await settle();
    expect(peer.calls.map(({ input }) => input)).toEqual(['b1', 'b2']);
    peer.calls[0]!.answer({ bibId: 'b1' });
    peer.calls[1]!.answer({ bibId: 'b2' });
    expect(await all).toEqual([{ bibId: 'b1' }, { bibId: 'b1' }, { bibId: 'b2' }]);
    expect(seen.filter((line) => line.startsWith('shared'))).toHaveLength(1);
    void catalog.holdings('b1');
    await settle();
    expect(peer.asked('holdings')).toBe(3);
  });

  it('never crosses readers or sessions: each gets what was asked in his name', async () => {
    const name = fc.constantFrom('1', '2', '1"', '1","session":"2', 'null');
    const access = fc.record({ ref: name, session: fc.option(name, { nil: undefined }) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(access, fc.nat(3)), { maxLength: 20 }), async (asked) => {
        const { system, peer } = open({ parallel: 200, reader: { parallel: 200, readsPerMinute: 10_000 } });
        const answers = asked.map(([{ ref, session }, op]) => {
          const whose = session === undefined ? { ref } : { ref, session };
          if (op === 0) return system.loans!.list(whose);
          if (op === 1) return system.fines!.list(whose);
          return op === 2 ? system.holds!.list(whose) : system.patrons!.patron(whose);
        });
        await settle();
        for (const { operation, input, answer } of peer.calls) answer({ operation, input });
        const got = await Promise.all(answers);
        const names = ['loans', 'fines', 'holds', 'patron'];
        asked.forEach(([{ ref, session }, op], at) => {
          const input = session === undefined ? { ref } : { ref, session };
          expect(got[at]).toEqual({ operation: names[op], input });
        });
      }),
    );
  });

  it('never answers from before a write to somebody who looks after it', async () => {
    const { loans, peer } = open();
    const early = loans.list(READER);
    await settle();
    const renewed = loans.renew(READER, ['l1']);
    await settle();
    const during = loans.list(READER);
    await settle();
    expect(peer.asked('loans')).toBe(1);
    peer.calls.find(({ operation }) => operation === 'renew')!.fail(new LibraryFault('LOST', 'cut'));
    await renewed;
    const after = loans.list(READER);
    await settle();
    expect(peer.asked('loans')).toBe(2);
    const [old, fresh] = peer.calls.filter(({ operation }) => operation === 'loans');
    old!.answer({ loans: ['old'] });
    fresh!.answer({ loans: ['new'] });
    expect(await Promise.all([early, during, after])).toEqual([
      { loans: ['old'] },
      { loans: ['old'] },
      { loans: ['new'] },
    ]);
  });

  it('gives every reader a conversation of his own to sign in', async () => {
    const { system, peer } = open();
    void system.signIn!.start('pin');
    void system.signIn!.start('pin');
    await settle();
    expect(peer.asked('start')).toBe(2);
  });

  it('shares a failure, too, and remembers none', async () => {
    const { catalog, peer } = open(NO_RETRY);
    peer.responds(failing('UNREACHABLE'));
    const both = await Promise.all([codeOf(catalog.bib('b1')), codeOf(catalog.bib('b1'))]);
    expect(both).toEqual(['UNREACHABLE', 'UNREACHABLE']);
    peer.responds(() => plainBib('b1'));
    expect(await catalog.bib('b1')).toMatchObject({ bibId: 'b1' });
  });
});

describe('remembering titles', () => {
  it('keeps those that say nothing about copies, for a while and not without end', async () => {
    // a process that remembers is older than no time at all
    jest.advanceTimersByTime(1);
    const { catalog, peer } = open({ bibCache: { entries: 2, keepMs: 1_000 } });
    peer.responds((_operation, bibId) => plainBib(bibId as string));
    for (const id of ['b1', 'b1', 'b2', 'b3', 'b3', 'b1'])
      expect(await catalog.bib(id)).toEqual(plainBib(id));
    expect(peer.calls.map(({ input }) => input)).toEqual(['b1', 'b2', 'b3', 'b1']);
    await jest.advanceTimersByTimeAsync(1_001);
    await catalog.bib('b1');
    expect(peer.calls).toHaveLength(5);
  });

  it.each([{ availableCopies: 0 }, { totalCopies: 3 }, { availableAt: [] }, { earliestDueAt: '2026-12-01' }])(
    'never keeps one that tells %j',
    async (told) => {
      const { catalog, peer } = open();
      peer.responds((_operation, bibId) => ({ ...plainBib(bibId as string), ...told }));
      await catalog.bib('b1');
      await catalog.bib('b1');
      expect(peer.asked('bib')).toBe(2);
    },
  );

  it('does not remember that a title is unknown', async () => {
    const { catalog, peer } = open();
    peer.responds(() => undefined);
    expect(await catalog.bib('b1')).toBeUndefined();
    peer.responds(() => plainBib('b1'));
    expect(await catalog.bib('b1')).toEqual(plainBib('b1'));
  });
});

describe('the breaker', () => {
  const breaker = { failures: 3, openMs: 1_000, longestOpenMs: 3_000 };
  const openBreaker = async (context: ReturnType<typeof open>, code: LibraryFaultCode = 'UNREACHABLE') => {
    context.peer.responds(failing(code));
    for (let i = 0; i < 3; i++) await codeOf(context.catalog.holdings(`b${i}`));
    return context;
  };

  it.each<[LibraryFaultCode, string]>([
    ['UNREACHABLE', 'down'],
    ['TIMEOUT', 'down'],
    ['LOST', 'down'],
    ['REJECTED', 'ok'],
    ['GARBLED', 'ok'],
  ])('after %s again and again is %s', async (code, state) => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }), code);
    expect((await context.system.status()).state).toBe(state);
  });

  it('refuses at once while it is open, reads and writes, without asking', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    const before = context.peer.calls.length;
    expect(await codeOf(context.catalog.holdings('b9'))).toBe('UNREACHABLE');
    expect(await codeOf(context.loans.renew(READER, ['l1']))).toBe('UNREACHABLE');
    expect(context.peer.calls).toHaveLength(before);
    expect(context.seen).toContain('open loans.renew');
    expect(await context.system.status()).toEqual({
      state: 'down',
      since: '2026-11-21T02:00:00.000Z',
      retryAt: '2026-11-21T02:00:01.000Z',
    });
  });

  it('sends those who wait home as soon as it opens', async () => {
    const context = open({ breaker, parallel: 3, ...NO_RETRY });
    const all = Array.from({ length: 50 }, (_, i) => codeOf(context.catalog.holdings(`b${i}`)));
    await settle();
    for (const { fail } of context.peer.calls) fail(new LibraryFault('UNREACHABLE', 'gone'));
    expect(new Set(await Promise.all(all))).toEqual(new Set(['UNREACHABLE']));
    expect(context.peer.calls).toHaveLength(3);
  });

  it('lets one call find out, keeps the others away meanwhile, and closes when it is answered', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    context.peer.responds(undefined);
    await jest.advanceTimersByTimeAsync(1_000);
    const probe = context.catalog.holdings('probe');
    await settle();
    expect((await context.system.status()).state).toBe('recovering');
    expect(await codeOf(context.catalog.holdings('other'))).toBe('UNREACHABLE');
    context.peer.calls.at(-1)!.answer({ bibId: 'probe' });
    expect(await probe).toEqual({ bibId: 'probe' });
    expect(await context.system.status()).toEqual({ state: 'ok' });
    context.peer.responds(() => ({ bibId: 'other' }));
    expect(await context.catalog.holdings('other')).toEqual({ bibId: 'other' });
    expect(context.seen.filter((line) => line.startsWith('state'))).toEqual([
      'state down',
      'state recovering',
      'state ok',
    ]);
  });

  it('leaves a peer that stays down in peace longer each time, up to a limit', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    for (const wait of [1_000, 2_000, 3_000, 3_000]) {
      await jest.advanceTimersByTimeAsync(wait - 1);
      const before = context.peer.calls.length;
      await codeOf(context.catalog.holdings('early'));
      expect(context.peer.calls).toHaveLength(before);
      await jest.advanceTimersByTimeAsync(1);
      await codeOf(context.catalog.holdings('probe'));
      expect(context.peer.calls).toHaveLength(before + 1);
    }
    expect((await context.system.status()).since).toBe('2026-11-21T02:00:00.000Z');
  });

  it('takes a refusal of the peer for a sign of life', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    context.peer.responds(failing('REJECTED'));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await codeOf(context.catalog.holdings('probe'))).toBe('REJECTED');
    expect((await context.system.status()).state).toBe('ok');
  });

  it('does not stop what an adapter may know by itself, nor take it for a sign of life', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    context.peer.responds(() => []);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await context.system.policy!.openingHours('main', '2026-11-21', '2026-11-22')).toEqual([]);
    expect((await context.system.status()).state).toBe('down');
  });

  it('keeps what it knows through new settings, unless they are its own', async () => {
    const context = await openBreaker(open({ breaker, ...NO_RETRY }));
    context.configure(settings({ breaker, ...NO_RETRY, parallel: 2 }));
    expect((await context.system.status()).state).toBe('down');
    context.configure(settings({ breaker: { ...breaker, failures: 4 }, ...NO_RETRY }));
    expect((await context.system.status()).state).toBe('ok');
  });
});
