import { ShiftableClock } from '../../local/clock';
import { parseCron } from '../../local/emulator/timers/cron';
import { Timers, type Firing } from '../../local/emulator/timers/timers';
import { buildFixtures, startTestEmulator, type TestEmulator } from './support/start-test-emulator';

jest.setTimeout(60_000);

const NIGHTLY = { function: 'jobs', name: 'nightly', cron: parseCron('0 30 2 * * * *') };
const at = (text: string): number => Date.parse(text);

describe('timers', () => {
  const clock = new ShiftableClock();
  let fired: Firing[];
  let timers: Timers;
  let firedOne: () => void;

  beforeEach(() => {
    fired = [];
    firedOne = () => undefined;
    clock.set(at('2026-11-21T12:00:00+08:00'));
    timers = new Timers(clock, async (firing) => {
      fired.push(firing);
      firedOne();
    });
    timers.arm([NIGHTLY]);
  });
  afterEach(() => timers.stop());

  const move = (text: string): Promise<Firing[]> => {
    const before = clock.now();
    clock.set(at(text));
    return timers.clockMoved(before);
  };

  it('fire once for all the moments that were passed, and again for the next', async () => {
    await move('2026-11-22T02:29:59+08:00');
    expect(fired).toEqual([]);
    await move('2026-11-25T03:00:00+08:00');
    expect(fired).toEqual([{ function: 'jobs', trigger: 'nightly', at: at('2026-11-22T02:30:00+08:00') }]);
    await move('2026-11-25T04:00:00+08:00');
    expect(fired).toHaveLength(1);
    await move('2026-11-26T02:30:00+08:00');
    expect(fired).toHaveLength(2);
  });

  it('do not fire when the clock goes back, and count from there', async () => {
    await move('2026-11-20T12:00:00+08:00');
    expect(fired).toEqual([]);
    await move('2026-11-21T03:00:00+08:00');
    expect(fired.map((firing) => firing.at)).toEqual([at('2026-11-21T02:30:00+08:00')]);
  });

  it('fire by themselves when their moment comes', async () => {
    const once = new Promise<void>((resolve) => {
      firedOne = resolve;
    });
    timers.arm([{ ...NIGHTLY, cron: parseCron('* * * * * * *') }]);
    await once;
    expect(fired[0]).toMatchObject({ function: 'jobs' });
    expect(clock.now()).toBeGreaterThanOrEqual(fired[0]?.at ?? Infinity);
  });
});

describe('a function with a timer', () => {
  let cloud: TestEmulator;
  beforeAll(async () => {
    cloud = await startTestEmulator({ functionsDir: await buildFixtures(['ticker']) });
  });
  afterAll(() => cloud.emulator.close());

  it("is woken by the platform, at the shifted time, with the platform's event and nobody's identity", async () => {
    await cloud.emulator.moveClock(at('2030-01-01T02:00:00+08:00'));
    cloud.lines.length = 0;
    const fired = await cloud.emulator.moveClock(at('2030-01-01T02:30:00+08:00'));
    expect(fired).toEqual([{ function: 'ticker', trigger: 'nightly', at: at('2030-01-01T02:30:00+08:00') }]);
    const line = await cloud.line('TriggerName');
    const told = JSON.parse(line.slice(line.indexOf('{'))) as Record<string, Record<string, unknown>>;
    expect(told['event']).toMatchObject({
      Type: 'Timer',
      TriggerName: 'nightly',
      Time: '2029-12-31T18:30:00Z',
      Message: '',
    });
    expect(told['event']?.['userInfo']).not.toHaveProperty('openId');
    expect(told['wx']).not.toHaveProperty('OPENID');
    expect(told['at']).toMatch(/^2029-12-31T18:30:/);
  });
});
