import { randomBytes, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Conversation } from '../../cloudfunctions/features/messages/chat/conversation';
import type { Context } from '../../cloudfunctions/runtime/context';
import { createLookup } from '../../cloudfunctions/runtime/lookup';
import { createSealer } from '../../cloudfunctions/runtime/sealed';
import schema from '../../cloudfunctions/schema.json';
import { CONSENT_VERSION } from '../../contracts/cards';
import { MessageSettings } from '../../contracts/messages/templates';
import type { LibrarySystem } from '../../library-systems/library-system';
import { ShiftableClock } from '../../local/clock';
import type { DatabaseSchema } from '../../local/emulator/database';
import { FileLinks } from '../../local/emulator/storage/file-links';
import { FileStore } from '../../local/emulator/storage/file-store';
import { StorageActions } from '../../local/emulator/storage/storage-actions';
import { pointSdksTo, serveDatabase, type Served } from '../emulator/database/serve';

jest.setTimeout(120_000);

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const OPENID = 'o-erases';
const TEMPLATE = 'T'.repeat(43);
const desk = {
  ...createSealer([{ id: 'k1', key: randomBytes(32) }]),
  lookup: createLookup(randomBytes(32)),
  cardSymbology: 'code128' as const,
};
const patron = { ref: 'p-1', cardNumber: '20260017', readerType: { code: 'ug', name: '本科生' }, blocks: [] };
const library = {
  afterBinding: 'trusted-terminal',
  branches: [],
  catalog: { bib: () => Promise.resolve({ bibId: 'b1', title: '书' }) },
  signIn: { methods: ['pin'], complete: () => Promise.resolve({ patron }) },
} as unknown as LibrarySystem;
const context: Context = {
  requestId: 'r',
  openid: OPENID,
  library: () => Promise.resolve(library),
  desk: () => desk,
  now: () => NOON,
};
const checks = {
  checkText: () => Promise.resolve('pass' as const),
  checkPicture: () => Promise.resolve('unavailable' as const),
};

const refuse = () => Promise.reject(new Error('not asked'));
const conversation: Conversation = {
  ...{ writer: OPENID, account: 'miniProgram', appid: undefined, pushId: 'p', desk: false, context },
  services: {
    ...{ listLoans: refuse, renewAll: refuse, listHolds: refuse, search: refuse, resolve: refuse },
    ...{ holdings: refuse, openTicket: refuse, checkText: checks.checkText },
  },
};

let served: Served;
let filesDir: string;
let features: Awaited<ReturnType<typeof loadFeatures>>;

/** The SDK reads its address when it is loaded. */
async function loadFeatures() {
  const [erasing, binding, watching, tickets, uploads, answers, texts, settings, leases] = await Promise.all([
    import('../../cloudfunctions/features/privacy/erase-data'),
    import('../../cloudfunctions/features/cards/bind-card'),
    import('../../cloudfunctions/features/holds/watch-title'),
    import('../../cloudfunctions/features/feedback/open-ticket'),
    import('../../cloudfunctions/features/feedback/grant-upload'),
    import('../../cloudfunctions/features/messages/settings/take-answers'),
    import('../../cloudfunctions/features/messages/chat/answer-text'),
    import('../../cloudfunctions/stores/message-settings'),
    import('../../cloudfunctions/stores/leases'),
  ]);
  return { erasing, binding, watching, tickets, uploads, answers, texts, settings, leases };
}

beforeAll(async () => {
  served = await serveDatabase(schema as DatabaseSchema);
  filesDir = await mkdtemp(join(tmpdir(), 'shutong-files-'));
  const links = new FileLinks(randomBytes(32), new ShiftableClock());
  const storage = new StorageActions(await FileStore.open(filesDir), links, served.url);
  const handle = served.database.handle.bind(served.database);
  served.database.handle = (action, params) =>
    action.startsWith('storage.') ? storage.handle(action, params) : handle(action, params);
  pointSdksTo(served.url);
  features = await loadFeatures();
}, 60_000);
afterAll(async () => {
  await served.close();
  await rm(filesDir, { recursive: true, force: true });
});
beforeEach(() => served.database.reset());

/** What there is of the reader, but for how often they called. */
async function left(): Promise<Record<string, unknown[]>> {
  const { database } = await import('../../cloudfunctions/cloud/database');
  const all: Record<string, unknown[]> = {};
  for (const name of Object.keys(schema.collections)) {
    if (name === 'rates') continue;
    const { data } = await database().collection(name).where({}).limit(1000).get();
    const theirs = data.filter((one) => JSON.stringify(one).includes(OPENID));
    if (theirs.length > 0) all[name] = theirs;
  }
  return all;
}

/**
 * Makes a call during which all is erased: before its so-manieth request since it watches for that or, where the call has the reader's turn then, as
 * soon as that is given back. Within a transaction there is no between.
 * @returns whether it made so many requests
 */
async function overtaken(call: () => Promise<unknown>, at: number): Promise<boolean> {
  const handle = served.database.handle.bind(served.database);
  const waits = new EventEmitter();
  let requests = 0;
  let erasing: Promise<unknown> | undefined;
  let askedForTurn = 0;
  const spy = jest.spyOn(served.database, 'handle').mockImplementation(async (...request) => {
    const [, { transactionId, collectionName }] = request;
    if (erasing !== undefined) {
      askedForTurn = collectionName === 'leases' ? askedForTurn + 1 : 0;
      if (askedForTurn > 3) waits.emit('turn');
    } else if (requests === 0) {
      // the first that counts asks which erasure was the last
      if (collectionName === 'attempts') requests = 1;
    } else if (transactionId === undefined && ++requests === at) {
      const waiting = once(waits, 'turn');
      erasing = features.erasing.eraseData(context);
      await Promise.race([erasing, waiting]);
    }
    return handle(...request);
  });
  await call().catch(() => undefined);
  await erasing;
  spy.mockRestore();
  return erasing !== undefined;
}

const callsThatWrite: Record<string, () => Promise<unknown>> = {
  'a title to be watched': () => features.watching.watchTitle(context, { bibId: 'b1', on: true }),
  'a card that is bound': () =>
    features.binding.bindCard(context, {
      method: 'pin',
      answers: { cardNumber: '20260017', pin: '123456' },
      consentVersion: CONSENT_VERSION,
      replace: false,
    }),
  'a ticket': () =>
    features.tickets.openTicket(
      context,
      { openid: OPENID, via: 'app', kind: 'question', text: '问题', pictures: [], requestId: randomUUID() },
      checks,
    ),
  'a path for a picture': () => features.uploads.grantUpload(context, { type: 'jpg' }),
  'a permission, and a language': () =>
    features.answers.takeAnswers(context, {
      moment: 'settings',
      language: 'en',
      answers: [{ template: TEMPLATE, answer: 'accept' }],
      requestId: randomUUID(),
    }),
  'a talk': () => features.texts.answerText(conversation, '图书馆几点开门'),
};

describe('a call that all is erased during leaves nothing behind', () => {
  it.each(Object.entries(callsThatWrite))('%s', async (_, call) => {
    await features.settings.keepMessageSettings(
      v.parse(MessageSettings, {
        templates: [{ id: TEMPLATE, kinds: ['dueSoon'], fields: { thing1: 'title' } }],
      }),
      NOON,
    );
    await call();
    expect(await left()).not.toEqual({});
    let at = 2;
    for (; ; at++) {
      await served.database.reset();
      const was = await overtaken(call, at);
      if (!was) break;
      expect({ at, left: await left() }).toEqual({ at, left: {} });
    }
    expect(at).toBeGreaterThan(4);
  });
});

it('an erasure that does not get its turn costs none of the tries', async () => {
  await features.leases.withLease(OPENID, () =>
    expect(features.erasing.eraseData(context)).rejects.toMatchObject({ code: 'BUSY' }),
  );
  const { database } = await import('../../cloudfunctions/cloud/database');
  expect((await database().collection('attempts').where({}).get()).data).toEqual([]);
});
