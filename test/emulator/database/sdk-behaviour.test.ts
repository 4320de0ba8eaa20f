import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { SDKS } from './sdks';
import { serveDatabase, type Served } from './serve';
import type { AnyDatabase } from './sdk-errands';

jest.setTimeout(60_000);

describe.each(SDKS)('$name', ({ name, wrap, connect }) => {
  let served: Served;
  let db: AnyDatabase;
  const isWx = name === 'wx-server-sdk';
  const code = (text: string, number: number) => (isWx ? { errCode: number } : { code: text });

  beforeAll(async () => {
    served = await serveDatabase({
      collections: {
        books: { indexes: [{ name: 'isbn', fields: [{ field: 'isbn', direction: 1 }], unique: true }] },
        accounts: { indexes: [] },
      },
    });
    db = connect(served.url);
  });
  afterAll(() => served.close());

  it('gets back what it has added, with Dates and places', async () => {
    const added = new Date(1_700_000_000_123);
    const document = {
      isbn: '1',
      added,
      place: new db.Geo.Point(113, 23),
      tags: ['书', { n: 1.5 }],
      none: null,
    };
    const result = await db
      .collection('books')
      .add(wrap({ ...document, stamped: db.serverDate({ offset: -1000 }) }));
    const id = isWx ? result._id : result.id;
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const { data } = await db.collection('books').doc(id).get();
    const [found] = isWx ? [data] : data;
    expect(found).toMatchObject({ _id: id, isbn: '1', added, tags: ['书', { n: 1.5 }], none: null });
    expect(found.place).toMatchObject({ longitude: 113, latitude: 23 });
    expect(found.stamped).toBeInstanceOf(Date);
    expect(Math.abs(Date.now() - 1000 - found.stamped.getTime())).toBeLessThan(10_000);
  });

  it('adds many and gets their ids', async () => {
    const result = await db.collection('accounts').add(wrap([{ _id: 'x' }, { n: 1 }]));
    const ids: string[] = isWx ? result._ids : result.ids;
    expect(ids).toEqual(['x', expect.stringMatching(/^[0-9a-f]{32}$/)]);
  });

  it('has its own codes for what goes wrong', async () => {
    await db.collection('books').add(wrap({ _id: 'two', isbn: '2' }));
    await expect(db.collection('books').add(wrap({ isbn: '2' }))).rejects.toMatchObject(
      code('DATABASE_REQUEST_FAILED', -502001),
    );
    await expect(db.collection('books').add(wrap({ isbn: '2' }))).rejects.toThrow(/E11000/);
    await expect(db.collection('absent').get()).rejects.toMatchObject(
      code('DATABASE_COLLECTION_NOT_EXIST', -502005),
    );
    const near = { place: db.command.geoNear({ geometry: new db.Geo.Point(1, 1), maxDistance: 1 }) };
    await expect(db.collection('books').where(near).get()).rejects.toMatchObject(
      code('DATABASE_INVALID_OPERRATOR', -502002),
    );
    await expect(db.collection('books').where(near).get()).rejects.toThrow(/\$nearSphere/);
  });

  it('counts what it has changed and removed', async () => {
    const accounts = db.collection('accounts');
    await accounts.doc('c').set(wrap({ n: 1 }));
    const updated = await accounts.doc('c').update(wrap({ n: db.command.inc(1) }));
    const none = await accounts.doc('nobody').update(wrap({ n: 1 }));
    const removed = await accounts.doc('c').remove();
    const again = await accounts.doc('c').remove();
    expect(isWx ? [updated, none].map((r) => r.stats.updated) : [updated.updated, none.updated]).toEqual([
      1, 0,
    ]);
    expect(isWx ? [removed, again].map((r) => r.stats.removed) : [removed.deleted, again.deleted]).toEqual([
      1, 0,
    ]);
  });

  it('has no document where there is none', async () => {
    const asked = db.collection('accounts').doc('nobody').get();
    if (isWx) await expect(asked).rejects.toThrow(/does not exist/);
    else expect((await asked).data).toEqual([]);
  });

  it('runs transactions, and where().update() of one acts outside, as in the cloud', async () => {
    const accounts = db.collection('accounts');
    await accounts.doc('t').set(wrap({ n: 1 }));
    await accounts.doc('u').set(wrap({ n: 1 }));
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
    const result = await db.runTransaction(async (transaction: any) => {
      const { data } = await transaction.collection('accounts').doc('t').get();
      await transaction
        .collection('accounts')
        .doc('t')
        .update(wrap({ n: Number(data.n) + 1 }));
      return 'done';
    });
    expect(result).toBe('done');
    const transaction = await db.startTransaction();
    await transaction
      .collection('accounts')
      .doc('t')
      .update(wrap({ n: 50 }));
    await transaction
      .collection('accounts')
      .where({ _id: 'u' })
      .update(wrap({ n: 50 }));
    await transaction.rollback();
    const { data } = await accounts.where({ _id: db.command.in(['t', 'u']) }).get();
    expect(data.map(({ n }: { n: number }) => n)).toEqual([2, 50]);
  });

  it('sees the text of a conflict by which to know it', async () => {
    await db
      .collection('accounts')
      .doc('w')
      .set(wrap({ n: 1 }));
    const [first, second] = [await db.startTransaction(), await db.startTransaction()];
    await first
      .collection('accounts')
      .doc('w')
      .update(wrap({ n: 2 }));
    await expect(
      second
        .collection('accounts')
        .doc('w')
        .update(wrap({ n: 3 })),
    ).rejects.toThrow(/TransactionConflict/);
    await first.commit();
  });

  it('is refused a result of more than 1 MB', async () => {
    const large = db.collection('accounts');
    for (let i = 0; i < 3; i++)
      await large.doc(`large${i}`).set(wrap({ large: true, text: '书'.repeat(130_000) }));
    expect((await large.where({ large: true }).limit(2).get()).data).toHaveLength(2);
    await expect(large.where({ large: true }).get()).rejects.toThrow(/-602001 .*1MB/);
  });

  it('gets 100 documents unless it asks for more, and never more than 1,000', async () => {
    await db.createCollection('many');
    await db.collection('many').add(wrap(Array.from({ length: 1100 }, (_, i) => ({ _id: `m${i}`, n: i }))));
    expect((await db.collection('many').get()).data).toHaveLength(100);
    expect((await db.collection('many').limit(5000).get()).data).toHaveLength(1000);
    const { data } = await db.collection('many').orderBy('n', 'desc').skip(1090).limit(20).get();
    expect(data.map(({ n }: { n: number }) => n)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });
});
