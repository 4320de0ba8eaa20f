import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type { Context } from '../../../cloudfunctions/runtime/context';
import { createLookup } from '../../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../../cloudfunctions/runtime/sealed';
import type { MessageDocument } from '../../../cloudfunctions/stores/messages';
import schema from '../../../cloudfunctions/schema.json';
import { MAX_OPEN_TICKETS } from '../../../contracts/feedback';
import type { DatabaseSchema } from '../../../local/emulator/database';
import { pointSdksTo, serveDatabase, type Served } from '../../emulator/database/serve';

jest.setTimeout(60_000);

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const MINUTE = 60_000;
const OPENID = 'o-1';
const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};
const contextAt = (now: number): Context => ({
  requestId: 'r',
  openid: OPENID,
  library: () => Promise.reject(new Error('not asked')),
  desk: () => desk,
  now: () => now,
});
const checks = {
  checkText: () => Promise.resolve('pass' as const),
  checkPicture: () => Promise.resolve('unavailable' as const),
};

let served: Served;
let parts: Awaited<ReturnType<typeof loadParts>>;

/** The SDK reads its address when it is loaded. */
async function loadParts() {
  const [{ openTicket }, show, job, { replyToTicket }, feedback, outbox, database, { transaction }, credits] =
    await Promise.all([
      import('../../../cloudfunctions/features/feedback/open-ticket'),
      import('../../../cloudfunctions/features/feedback/show-ticket'),
      import('../../../cloudfunctions/features/feedback/job/look-after-feedback'),
      import('../../../cloudfunctions/features/feedback/staff/reply-to-ticket'),
      import('../../../cloudfunctions/stores/feedback'),
      import('../../../cloudfunctions/stores/message-outbox'),
      import('../../../cloudfunctions/cloud/database'),
      import('../../../cloudfunctions/cloud/transaction'),
      import('../../../cloudfunctions/stores/message-credits'),
    ]);
  return { openTicket, show, job, replyToTicket, feedback, outbox, database, transaction, credits };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  pointSdksTo(served.url);
  parts = await loadParts();
}, 60_000);
afterAll(() => served.close());
beforeEach(() => served.database.reset());

/** Does something else right before a call asks the database this for the first time. */
async function crossing<T>(
  call: () => Promise<T>,
  before: { action: string; collectionName?: string },
  act: () => Promise<unknown>,
): Promise<T> {
  const handle = served.database.handle.bind(served.database);
  let acted = false;
  const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (action, params) => {
    const isThat =
      action === before.action &&
      (before.collectionName === undefined || params['collectionName'] === before.collectionName);
    if (isThat && !acted) {
      acted = true;
      await act();
    }
    return handle(action, params);
  });
  try {
    return await call();
  } finally {
    spy.mockRestore();
    expect(acted).toBe(true);
  }
}

const open = async (now = NOON, requestId: string = randomUUID()) =>
  parts.openTicket(
    contextAt(now),
    { openid: OPENID, via: 'app', kind: 'question', text: '问题', pictures: [], requestId },
    checks,
  );
const opened = async () => {
  const answer = await open();
  if (answer.status !== 'sent') throw new Error(answer.status);
  return answer.ticket.id;
};
const reply = (id: string, now: number) =>
  parts.replyToTicket(contextAt(now), { by: 'li', id, text: `回答 ${now}` }, () =>
    Promise.resolve({ outcome: 'refused' }),
  );
const stored = (id: string) => parts.feedback.findTicket(OPENID, id);

it('a ticket whose time is over stays when somebody has just written in it', async () => {
  const id = await opened();
  const { endsAt } = (await stored(id))!;
  const beat = () => parts.job.lookAfterFeedback(contextAt(endsAt), checks, { isLeft: () => true });
  const write = () => reply(id, endsAt - 1);
  expect(await crossing(beat, { action: 'database.startTransaction' }, write)).toMatchObject({
    'feedback.ended': 0,
  });
  expect((await stored(id))?.entries).toHaveLength(2);
  const { endsAt: later } = (await stored(id))!;
  expect(await parts.job.lookAfterFeedback(contextAt(later), checks, { isLeft: () => true })).toMatchObject({
    'feedback.ended': 1,
  });
  expect(await stored(id)).toBeUndefined();
});

it('an answer that comes while the one before is being read stays unread', async () => {
  const id = await opened();
  await reply(id, NOON + MINUTE);
  const read = () => parts.show.showTicket(contextAt(NOON + 2 * MINUTE), { id });
  await crossing(read, { action: 'database.modifyDocument', collectionName: 'feedback' }, () =>
    reply(id, NOON + 2 * MINUTE),
  );
  expect((await stored(id))?.unread).toBe(true);
  await read();
  expect((await stored(id))?.unread).toBe(false);
});

it('the same tap is no ticket too many, though it is served between two looks of its repetition', async () => {
  for (let i = 1; i < MAX_OPEN_TICKETS; i++) await opened();
  const requestId = randomUUID();
  const repeated = () => open(NOON, requestId);
  const answer = await crossing(repeated, { action: 'database.calculateDocument' }, repeated);
  expect(answer.status).toBe('sent');
  expect((await open()).status).toBe('tooMany');
});

it('a permission that is held for an answer comes free though the ticket is erased, and the run is killed', async () => {
  const template = 'T'.repeat(43);
  const id = await opened();
  await parts.credits.claim(OPENID, template, randomUUID(), NOON);
  await reply(id, NOON);
  const messages = parts.database.table<MessageDocument>('messages');
  const [message] = await messages.findAll({ owner: OPENID });
  // as a run leaves it that is killed while WeChat is asked
  await parts.transaction((tables) => parts.credits.holdCredit(tables, OPENID, template, NOON));
  await messages.update(message!._id, { state: 'sending', turn: 't', template, due: NOON + MINUTE });
  await parts.feedback.removeTicket(desk, OPENID, id, NOON);
  const [stuck, ...others] = await parts.outbox.listStuck(NOON + MINUTE, 10);
  expect({ stuck: stuck?._id, others }).toEqual({ stuck: message!._id, others: [] });
  expect(await messages.find(message!._id)).not.toHaveProperty('body');
  await parts.outbox.settle(stuck!, template, { delivery: 'unknown' }, NOON + MINUTE);
  const credits = await parts.database.table('message_credits').findAll({});
  expect(credits).toEqual([expect.objectContaining({ held: 0, spent: 1 })]);
});
