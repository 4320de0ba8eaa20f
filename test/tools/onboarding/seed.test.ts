import { describe, expect, it } from '@jest/globals';
import type { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { openLibrary } from '../../../local/host/library';
import { seedOnboarding } from '../../../local/host/seed-onboarding';
import { ShiftableClock } from '../../../local/clock';
import { ok } from './support/staff';

const SETTINGS: OnboardingSettings = {
  ...{ requiredOf: [], services: [], passMark: 80, minutes: 30, pauseAfter: 3, pauseMinutes: 10 },
  mustRead: true,
};

/** What a cloud without questions is ordered. */
async function seed(isDemo: boolean) {
  const orders: { action: string; input: Record<string, unknown> }[] = [];
  const callAsPlatform = async ({ event }: { event?: unknown }): Promise<unknown> => {
    const order = event as (typeof orders)[number];
    orders.push(order);
    if (order.action === 'onboarding.settings') return ok({ settings: order.input['settings'] ?? SETTINGS });
    return ok(order.action === 'onboarding.publish' ? { version: 'x', changed: true } : {});
  };
  await seedOnboarding({ callAsPlatform } as Parameters<typeof seedOnboarding>[0], { isDemo });
  const settings = orders.flatMap(({ input }) => (input['settings'] ? [input['settings']] : []));
  return { settings, last: orders.at(-1)!.action };
}

describe('the onboarding of a cloud that is started for the first time', () => {
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

  it('takes a gateway elsewhere, and systems of a library, for no demo', async () => {
    const options = { dataDir: '', secrets: undefined, clock: new ShiftableClock(), log: () => undefined };
    const gateway = { url: 'http://127.0.0.1:1', keyId: 'k', secret: 's' };
    expect((await openLibrary({ gateway }, options)).isDemo).toBe(false);
  });
});
