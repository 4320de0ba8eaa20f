import { COLLECTION, failureOf, messageOf, UNIQUE_COLLECTION, yesOr, type Bench, type Check } from './check';

interface Stored {
  n: number;
}

/** In a transaction doc().get() answers the document itself. */
const one = (answer: { data?: unknown }): Stored | null =>
  (Array.isArray(answer.data) ? answer.data[0] : answer.data) as Stored | null;

async function prepare({ db, run }: Bench, name: string): Promise<string> {
  const id = `${run}-${name}`;
  await db.collection(COLLECTION).doc(id).set({ run, n: 0 });
  return id;
}

export const transactionChecks: readonly Check[] = [
  {
    name: 'tx.own-writes',
    claim: 'a transaction sees what it wrote itself; others see it after the commit',
    expected: 'inside 1, outside 0, after 1',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'own');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).doc(id).update({ n: 1 });
      const inside = one(await transaction.collection(COLLECTION).doc(id).get())?.n;
      const outside = one(await db.collection(COLLECTION).doc(id).get())?.n;
      await transaction.commit();
      const after = one(await db.collection(COLLECTION).doc(id).get())?.n;
      return `inside ${inside}, outside ${outside}, after ${after}`;
    },
  },
  {
    name: 'tx.rollback',
    claim: 'a transaction that is rolled back leaves nothing',
    expected: '0',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'rollback');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).doc(id).update({ n: 1 });
      await transaction.rollback();
      return String(one(await db.collection(COLLECTION).doc(id).get())?.n);
    },
  },
  {
    name: 'tx.write-conflict',
    claim: 'the second of two transactions that write one document fails with a conflict',
    expected: 'yes',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'conflict');
      const [first, second] = [await db.startTransaction(), await db.startTransaction()];
      await first.collection(COLLECTION).doc(id).update({ n: 1 });
      const message = await messageOf(second.collection(COLLECTION).doc(id).update({ n: 2 }));
      await first.commit();
      await failureOf(second.rollback());
      return yesOr(/TransactionConflict|TransactionBusy/.test(message), message);
    },
  },
  {
    name: 'tx.stale-write',
    claim: 'a transaction cannot overwrite what was changed outside after it had read it',
    expected: 'yes',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'stale');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).doc(id).get();
      await db.collection(COLLECTION).doc(id).update({ n: 5 });
      const message = await messageOf(
        (async () => {
          await transaction.collection(COLLECTION).doc(id).update({ n: 1 });
          await transaction.commit();
        })(),
      );
      await failureOf(transaction.rollback());
      return yesOr(/TransactionConflict|TransactionBusy/.test(message), message);
    },
  },
  {
    name: 'tx.snapshot',
    claim: 'a transaction goes on seeing a document as it was at its first read',
    expected: '0',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'snapshot');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).doc(id).get();
      await db.collection(COLLECTION).doc(id).update({ n: 5 });
      const seen = one(await transaction.collection(COLLECTION).doc(id).get())?.n;
      await transaction.rollback();
      return String(seen);
    },
  },
  {
    name: 'tx.missing-document',
    claim: 'doc().get() of what is not there answers null in a transaction',
    expected: 'null',
    run: async ({ db, run }) => {
      const transaction = await db.startTransaction();
      const { data } = await transaction.collection(COLLECTION).doc(`${run}-none`).get();
      await transaction.rollback();
      return JSON.stringify(data);
    },
  },
  {
    name: 'tx.where-get',
    claim: 'where().get() in a transaction belongs to it: it sees what the transaction wrote itself',
    expected: '1',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'where-get');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).doc(id).update({ n: 1 });
      const { data } = await transaction.collection(COLLECTION).where({ _id: id }).get();
      await transaction.rollback();
      return String((data as Stored[])[0]?.n);
    },
  },
  {
    name: 'tx.unique-moves',
    claim: 'a transaction can take a unique key from one document and give it to another',
    expected: 'old [], new 1',
    run: async ({ db, run }) => {
      const [from, to] = [`${run}-from`, `${run}-to`];
      const unique = db.collection(UNIQUE_COLLECTION);
      await unique.doc(from).set({ no: run });
      const transaction = await db.startTransaction();
      await transaction.collection(UNIQUE_COLLECTION).doc(from).remove();
      await transaction.collection(UNIQUE_COLLECTION).doc(to).set({ no: run });
      await transaction.commit();
      const left = JSON.stringify((await unique.doc(from).get()).data);
      const { total } = await unique.where({ _id: to, no: run }).count();
      await unique.where({ no: run }).remove();
      return `old ${left}, new ${total}`;
    },
  },
  {
    name: 'tx.where-update-escapes',
    claim: 'where().update() in a transaction is outside of it and survives a rollback: never use it there',
    expected: '7',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'escape');
      const transaction = await db.startTransaction();
      await transaction.collection(COLLECTION).where({ _id: id }).update({ n: 7 });
      await transaction.rollback();
      return String(one(await db.collection(COLLECTION).doc(id).get())?.n);
    },
  },
  {
    name: 'tx.run-retries',
    claim: 'runTransaction() of @cloudbase/node-sdk tries again after a conflict',
    expected: 'yes',
    run: async (bench) => {
      const { db } = bench;
      const id = await prepare(bench, 'retries');
      let tries = 0;
      const increment = (): Promise<unknown> =>
        db.runTransaction(async (transaction) => {
          tries++;
          const document = transaction.collection(COLLECTION).doc(id);
          const n = one(await document.get())?.n ?? 0;
          await document.update({ n: n + 1 });
        });
      const done = await Promise.allSettled([increment(), increment(), increment()]);
      const succeeded = done.filter(({ status }) => status === 'fulfilled').length;
      const n = one(await db.collection(COLLECTION).doc(id).get())?.n;
      return yesOr(n === succeeded && tries > 3, { n, succeeded, tries });
    },
  },
];
