import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLookup } from '../../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../../cloudfunctions/runtime/sealed';
import schema from '../../../cloudfunctions/schema.json';
import type { DatabaseSchema } from '../../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../../emulator/database/serve';

jest.setTimeout(60_000);

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const DAY = 86_400_000;
const TALK = { language: 'zh' as const, offered: ['a'], question: '怎么续借' };
const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};

let served: Served;
let chats: Awaited<ReturnType<typeof loadStore>>;

/** The SDK reads its address when it is loaded. */
const loadStore = () => import('../../../cloudfunctions/stores/message-chats');

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  chats = await loadStore();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

const greet = (now = NOON) => chats.noteGreeting('o-1', now);
const talk = () => chats.keepTalk(desk, 'o-1', TALK, NOON);
const found = () => chats.findTalk(desk, 'o-1', NOON);

/** Does something else before the so-manieth request of a call. @returns what came of the call, and whether it made so many */
async function crossed<T>(
  call: () => Promise<T>,
  at: number,
  act: () => Promise<unknown>,
): Promise<{ result: T; acted: boolean }> {
  const handle = served.database.handle.bind(served.database);
  let requests = 0;
  const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (...request) => {
    if (++requests === at) await act();
    return handle(...request);
  });
  const result = await call();
  spy.mockRestore();
  return { result, acted: requests >= at };
}

describe('a greeting and another call at the same moment', () => {
  it.each([
    ['when nothing was said before', () => Promise.resolve()],
    ['while a talk goes on', talk],
    ['when there was one yesterday', () => greet(NOON - DAY)],
  ])('is one greeting, and loses no talk, %s', async (_, before) => {
    for (let at = 1; ; at++) {
      await served.database.reset();
      await before();
      const kept = await found();
      let other: boolean | undefined;
      const { result, acted } = await crossed(greet, at, async () => (other = await greet()));
      if (!acted) break;
      expect({ at, greetings: [result, other].filter((one) => one === true).length }).toEqual({
        at,
        greetings: 1,
      });
      expect({ at, talk: await found() }).toEqual({ at, talk: kept });
    }
  });

  it('loses neither itself nor what is talked about', async () => {
    for (const [call, other] of [
      [greet, talk],
      [talk, greet],
    ] as const) {
      for (let at = 1; ; at++) {
        await served.database.reset();
        const { acted } = await crossed<unknown>(call, at, other);
        if (!acted) break;
        expect({ at, talk: await found(), again: await greet() }).toEqual({ at, talk: TALK, again: false });
      }
    }
  });
});
