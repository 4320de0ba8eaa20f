import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ServerClock } from '../../miniprogram/packages/onboarding/server-clock';

const NOW = '2026-09-01T12:00:00.000Z';
const SERVER = Date.parse(NOW);

function clockAt(phone: { time: number }): ServerClock {
  const clock = new ServerClock(() => phone.time);
  clock.heard(NOW, clock.asking());
  return clock;
}

describe('the server’s time', () => {
  it('goes on from what the server said, whatever the phone believes', () => {
    const phone = { time: 5 };
    const clock = clockAt(phone);
    phone.time += 1_000;
    expect(clock.now()).toBe(SERVER + 1_000);
    expect(clock.until('2026-09-01T12:00:03.000Z')).toBe(2_000);
  });

  it('counts half of the call as the way of the answer', () => {
    const phone = { time: 0 };
    const clock = new ServerClock(() => phone.time);
    const asked = clock.asking();
    phone.time = 800;
    clock.heard(NOW, asked);
    expect(clock.now()).toBe(SERVER + 400);
  });

  it('gains nothing from a clock that is put back, and doubts one that jumps', () => {
    const phone = { time: 10_000_000 };
    const clock = clockAt(phone);
    phone.time -= 3_600_000;
    expect(clock.now()).toBe(SERVER);
    expect(clock.doubtful).toBe(true);
    phone.time += 1_000;
    expect(clock.now()).toBe(SERVER + 1_000);
    clock.heard(NOW, clock.asking());
    expect(clock.doubtful).toBe(false);
    phone.time += 3_600_000;
    expect(clock.now()).toBe(SERVER + 3_600_000);
    expect(clock.doubtful).toBe(true);
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10_000_000, max: 10_000_000 })), (jumps) => {
        const phone = { time: 0 };
        const clock = clockAt(phone);
        let before = clock.now();
        for (const jump of jumps) {
          phone.time += jump;
          expect(clock.now()).toBeGreaterThanOrEqual(before);
          before = clock.now();
        }
      }),
    );
  });
});
