import { afterEach, describe, expect, it, jest } from '@jest/globals';
import * as v from 'valibot';
import { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { openLibrary } from '../../../local/host/library';
import { seedOnboarding } from '../../../local/host/seed-onboarding';
import { ShiftableClock } from '../../../local/clock';
import type * as ShippedBank from '../../../tools/onboarding/bank/shipped-bank';
import { ok } from './support/staff';

/** The days of which the questions were read. */
const days: string[] = [];
// Loaded only when it is needed, so this comes before it.
jest.mock('../../../tools/onboarding/bank/shipped-bank', () => {
  const { readShippedBank } = jest.requireActual<typeof ShippedBank>(
    '../../../tools/onboarding/bank/shipped-bank',
  );
  return {
    readShippedBank: (today: string) => {
      days.push(today);
      return readShippedBank(today);
    },
  };
});

const SETTINGS: OnboardingSettings = {
  ...{ requiredOf: [], services: [], passMark: 80, minutes: 30, pauseAfter: 3, pauseMinutes: 10 },
  mustRead: true,
};

const DEMO = v.parse(OnboardingSettings, {
  requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }],
});
const BANK = { version: 'x', items: 200 };

/** What a cloud is ordered that has these settings, and that bank or none. */
async function seed(isDemo: boolean, before: OnboardingSettings = SETTINGS, bank?: typeof BANK) {
  const orders: { action: string; input: Record<string, unknown> }[] = [];
  const callAsPlatform = async ({ event }: { event?: unknown }): Promise<unknown> => {
    const order = event as (typeof orders)[number];
    orders.push(order);
    if (order.action === 'onboarding.settings')
      return ok({ settings: order.input['settings'] ?? before, bank });
    return ok(order.action === 'onboarding.publish' ? { version: 'x', changed: true } : {});
  };
  await seedOnboarding({ callAsPlatform }, { isDemo });
  const settings = orders.flatMap(({ input }) => (input['settings'] ? [input['settings']] : []));
  return { settings, last: orders.at(-1)!.action };
}

describe('the onboarding of a cloud that is started', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('is asked of the demo library’s new students', async () => {
    const { settings, last } = await seed(true);
    expect(settings).toEqual([
      { ...SETTINGS, requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }] },
    ]);
    expect(last).toBe('onboarding.publish');
  });

  it('is asked of nobody at another library, whose reader types are its own; questions it has', async () => {
    const { settings, last } = await seed(false);
    expect(settings).toEqual([]);
    expect(last).toBe('onboarding.publish');
  });

  it('is no longer asked of the demo’s readers once another library is chosen, and that is said', async () => {
    const print = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    for (const bank of [BANK, undefined]) {
      expect((await seed(false, DEMO, bank)).settings).toEqual([{ ...DEMO, requiredOf: [] }]);
      expect(print).toHaveBeenLastCalledWith(expect.stringContaining('onboarding settings of the demo'));
    }
    print.mockClear();
    expect((await seed(true, DEMO, BANK)).settings).toEqual([]);
    for (const own of [
      { ...DEMO, passMark: 90 },
      { ...DEMO, requiredOf: [{ readerTypes: ['UG'], fromEntryYear: 2026 }] },
    ]) {
      expect((await seed(false, own, BANK)).settings).toEqual([]);
    }
    expect(print).not.toHaveBeenCalled();
  });

  it('has the questions of the library’s day, which begins before that of UTC', async () => {
    jest.useFakeTimers({
      now: Date.parse('2026-11-20T17:00:00Z'),
      doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask'],
    });
    await seed(false);
    expect(days.at(-1)).toBe('2026-11-21');
  });

  it('takes a gateway elsewhere, and systems of a library, for no demo', async () => {
    const options = { dataDir: '', secrets: undefined, clock: new ShiftableClock(), log: () => undefined };
    const gateway = { url: 'http://127.0.0.1:1', keyId: 'k', secret: 's' };
    expect((await openLibrary({ gateway }, options)).isDemo).toBe(false);
  });
});
