import { COLLECTION, failureOf, messageOf, UNIQUE_COLLECTION, yesOr, type Check } from './check';

interface Row {
  _id: string;
  [field: string]: unknown;
}

const rows = (answer: { data?: unknown }): Row[] => answer.data as Row[];

export const databaseChecks: readonly Check[] = [
  {
    name: 'db.get-default-100',
    claim: 'get() without limit() answers 100 documents',
    expected: '100',
    run: async ({ db, run }) => {
      const many = Array.from({ length: 101 }, (_, n) => ({ _id: `${run}-many-${n}`, run, kind: 'many' }));
      await db.collection(COLLECTION).add(many);
      return String(rows(await db.collection(COLLECTION).where({ run, kind: 'many' }).get()).length);
    },
  },
  {
    name: 'db.get-limit-1000',
    claim: 'limit(1000) is allowed in a function',
    expected: '101',
    run: async ({ db, run }) =>
      String(rows(await db.collection(COLLECTION).where({ run, kind: 'many' }).limit(1000).get()).length),
  },
  {
    name: 'db.result-1mb',
    claim: 'a query whose result is larger than 1 MB fails',
    expected: 'fails',
    run: async ({ db, run }) => {
      const heavy = Array.from({ length: 12 }, (_, n) => ({
        _id: `${run}-heavy-${n}`,
        run,
        pad: 'x'.repeat(100_000),
      }));
      for (const row of heavy) await db.collection(COLLECTION).add(row);
      const failure = await failureOf(db.collection(COLLECTION).where({ run, pad: /^x/ }).get());
      return failure === 'no error' ? failure : 'fails';
    },
  },
  {
    name: 'db.duplicate-id',
    claim: 'add() with an _id that is taken fails with E11000',
    expected: 'DATABASE_REQUEST_FAILED E11000',
    run: async ({ db, run }) => {
      const add = async (): Promise<unknown> => db.collection(COLLECTION).add({ _id: `${run}-twice` });
      await add();
      const message = await messageOf(add());
      return `${await failureOf(add())} ${/E11000/.exec(message)?.[0] ?? message}`;
    },
  },
  {
    name: 'db.where-update-atomic',
    claim:
      'where().update() looks and changes in one step: of ten at once only as many as the condition allows',
    expected: '5 updated, n 5',
    run: async ({ db, run }) => {
      const id = `${run}-atomic`;
      await db.collection(COLLECTION).doc(id).set({ n: 0 });
      const below = { _id: id, n: db.command.lt(5) };
      const changes = await Promise.all(
        Array.from({ length: 10 }, () =>
          db
            .collection(COLLECTION)
            .where(below)
            .update({ n: db.command.inc(1) }),
        ),
      );
      const updated = changes.reduce((sum, change) => sum + change.updated, 0);
      const { data } = await db.collection(COLLECTION).doc(id).get();
      return `${updated} updated, n ${(data as { n: number }[])[0]?.n}`;
    },
  },
  {
    name: 'db.unique-absent-field',
    claim: 'in a unique index an absent field counts as null: a second document without it collides',
    expected: 'DATABASE_REQUEST_FAILED',
    run: async ({ db, run }) => {
      const collection = db.collection(UNIQUE_COLLECTION);
      await collection.where({ no: db.command.exists(false) }).remove();
      await collection.add({ _id: `${run}-without-1` });
      const failure = await failureOf(collection.add({ _id: `${run}-without-2` }));
      await collection.where({ no: db.command.exists(false) }).remove();
      return failure;
    },
  },
  {
    name: 'db.missing-document',
    claim: 'doc().get() of what is not there answers an empty list in @cloudbase/node-sdk',
    expected: '[]',
    run: async ({ db, run }) =>
      JSON.stringify((await db.collection(COLLECTION).doc(`${run}-none`).get()).data),
  },
  {
    name: 'db.missing-document-wx',
    claim: 'doc().get() of what is not there fails in wx-server-sdk',
    expected: '-1',
    run: async ({ wx, run }) =>
      failureOf(Promise.resolve(wx.database().collection(COLLECTION).doc(`${run}-none`).get())),
  },
  {
    name: 'db.missing-collection',
    claim: 'a collection that does not exist is an error, not an empty list',
    expected: 'DATABASE_COLLECTION_NOT_EXIST',
    run: async ({ db }) => failureOf(db.collection('smoke_never_made').get()),
  },
  {
    name: 'db.update-missing',
    claim: 'update() of a document that is not there changes nothing and does not fail',
    expected: '0',
    run: async ({ db, run }) =>
      String((await db.collection(COLLECTION).doc(`${run}-none`).update({ n: 1 })).updated),
  },
  {
    name: 'db.set-creates',
    claim: 'set() makes a document that is not there and replaces one that is',
    expected: '{"_id":"ID","b":2}',
    run: async ({ db, run }) => {
      const document = db.collection(COLLECTION).doc(`${run}-set`);
      await document.set({ a: 1 });
      await document.set({ b: 2 });
      return JSON.stringify(rows(await document.get())[0]).replace(`${run}-set`, 'ID');
    },
  },
  {
    name: 'db.server-date',
    claim: 'serverDate() is stored as a date, within 5 s of the clock of the function',
    expected: 'yes',
    run: async ({ db, run }) => {
      const document = db.collection(COLLECTION).doc(`${run}-date`);
      await document.set({ at: db.serverDate() });
      const at = rows(await document.get())[0]?.['at'];
      return yesOr(at instanceof Date && Math.abs(at.getTime() - Date.now()) < 5_000, at);
    },
  },
  {
    name: 'db.null-finds-absent',
    claim: 'where({field: null}) finds documents without the field',
    expected: '1',
    run: async ({ db, run }) => {
      await db.collection(COLLECTION).add({ _id: `${run}-absent`, run, kind: 'absent' });
      const query = { run, kind: 'absent', nothing: null };
      return String((await db.collection(COLLECTION).where(query).count()).total);
    },
  },
  {
    name: 'db.inc-on-text',
    claim: 'inc() on a text fails and changes nothing',
    expected: 'fails, text',
    run: async ({ db, run }) => {
      const document = db.collection(COLLECTION).doc(`${run}-text`);
      await document.set({ n: 'text' });
      const failure = await failureOf(document.update({ n: db.command.inc(1) }));
      const n = rows(await document.get())[0]?.['n'];
      return `${failure === 'no error' ? failure : 'fails'}, ${String(n)}`;
    },
  },
  {
    name: 'db.add-to-set',
    claim: 'addToSet() adds what is not there, once',
    expected: '["a","b"]',
    run: async ({ db, run }) => {
      const document = db.collection(COLLECTION).doc(`${run}-array`);
      await document.set({ tags: ['a'] });
      await document.update({ tags: db.command.addToSet('b') });
      await document.update({ tags: db.command.addToSet('b') });
      return JSON.stringify(rows(await document.get())[0]?.['tags']);
    },
  },
];
