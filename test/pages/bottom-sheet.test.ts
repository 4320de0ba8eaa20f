import { beforeEach, describe, expect, it } from '@jest/globals';
import { fakePhone } from './support/fake-wx';
import { open, type Opened } from './support/open-page';

type Key = { key: string };
let keys: Set<(key: Key) => void>;

beforeEach(() => {
  fakePhone();
  keys = new Set();
  Object.assign((globalThis as unknown as { wx: object }).wx, {
    onKeyDown: (run: (key: Key) => void) => void keys.add(run),
    offKeyDown: (run: (key: Key) => void) => void keys.delete(run),
  });
});

const press = (key: string): void => keys.forEach((run) => run({ key }));
function show(visible: boolean): Opened & { closed: () => number } {
  const sheet = open('components/bottom-sheet/bottom-sheet', { visible, label: '筛选' });
  let closed = 0;
  const trigger = sheet.instance['triggerEvent'] as (name: string) => void;
  sheet.instance['triggerEvent'] = (name) => {
    if (name === 'close') closed += 1;
    trigger.call(sheet.instance, name as string);
  };
  return Object.assign(sheet, { closed: () => closed });
}

describe('a sheet', () => {
  it('asks to be closed by Escape while it is there, and only then', () => {
    const hidden = show(false);
    press('Escape');
    expect(hidden.closed()).toBe(0);
    expect(keys.size).toBe(0);
    const sheet = show(true);
    press('a');
    expect(sheet.closed()).toBe(0);
    press('Escape');
    expect(sheet.closed()).toBe(1);
  });

  it('does without keys where WeChat has none', () => {
    fakePhone();
    expect(() => show(true)).not.toThrow();
  });
});
