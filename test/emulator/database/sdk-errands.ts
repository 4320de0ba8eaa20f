/**
 * One call after the other through a real SDK, touching every request that it can send to the database.
 * The ids are given and the clock stands still, so both what is sent and what is answered are always the same.
 */
export interface Errand {
  name: string;
  run: (db: AnyDatabase) => Promise<unknown>;
}

/** The two SDKs agree in the names of their methods; what differs is how data is handed over. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the SDKs' own types differ from each other and from what they do
export type AnyDatabase = any;

/** How an SDK takes the data of add, set and update. */
export type Wrap = (data: unknown) => unknown;

export const SCHEMA = {
  collections: {
    books: { indexes: [{ name: 'isbn', fields: [{ field: 'isbn', direction: 1 as const }], unique: true }] },
    copies: { indexes: [] },
  },
};

/** Where the clock of the fixtures stands. */
export const NOW = Date.UTC(2026, 10, 21, 2, 0, 0);

export function errands(wrap: Wrap): Errand[] {
  return [
    {
      name: 'add one with dates, nesting and a place',
      run: (db) =>
        db.collection('books').add(
          wrap({
            _id: 'b1',
            isbn: '9787020002207',
            title: '红楼梦',
            year: 1982,
            price: 59.7,
            big: 9007199254740991,
            added: new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)),
            now: db.serverDate(),
            later: db.serverDate({ offset: 60_000 }),
            place: new db.Geo.Point(113.3, 23.1),
            parts: [{ n: 1 }, { n: 2, tags: ['a', 'b'] }],
            gone: undefined,
            nothing: null,
          }),
        ),
    },
    {
      name: 'add a second',
      run: (db) =>
        db.collection('books').add(wrap({ _id: 'b2', isbn: '9787108012982', title: '围城', year: 1980 })),
    },
    {
      name: 'add the same number again',
      run: (db) => db.collection('books').add(wrap({ _id: 'b3', isbn: '9787108012982' })),
    },
    { name: 'get by id', run: (db) => db.collection('books').doc('b1').get() },
    { name: 'get fields by id', run: (db) => db.collection('books').doc('b1').field({ title: true }).get() },
    { name: 'get what is not there', run: (db) => db.collection('books').doc('none').get() },
    { name: 'get all', run: (db) => db.collection('books').get() },
    {
      name: 'query with order, offset, limit and fields',
      run: (db) =>
        db
          .collection('books')
          .where({ year: db.command.gte(1900).and(db.command.lt(2000)), title: /[红围]/i })
          .orderBy('year', 'desc')
          .orderBy('_id', 'asc')
          .skip(1)
          .limit(5)
          .field({ title: true, year: true })
          .get(),
    },
    {
      name: 'query with every operator',
      run: (db) => {
        const _ = db.command;
        return db
          .collection('books')
          .where(
            _.and([
              _.or([{ year: _.in([1980, 1982]) }, { title: _.eq('围城') }]),
              _.nor([{ year: _.nin([1980, 1982]) }, { missing: _.exists(true) }]),
              { isbn: _.neq('x'), price: _.not(_.gt(100)), year: _.mod(2, 0) },
              { 'parts.n': _.all([1, 2]), parts: _.size(2).and(_.elemMatch({ n: _.lte(1) })) },
              { added: _.lt(db.serverDate()), title: db.RegExp({ regexp: '^红', options: 'i' }) },
            ]),
          )
          .get();
      },
    },
    { name: 'count', run: (db) => db.collection('books').where({ year: 1980 }).count() },
    {
      name: 'update by id with every operator',
      run: (db) => {
        const _ = db.command;
        return db
          .collection('books')
          .doc('b1')
          .update(
            wrap({
              title: '红楼梦（校注本）',
              nested: { deep: { value: 1 } },
              whole: _.set({ a: 1 }),
              nothing: _.remove(),
              year: _.inc(1),
              price: _.mul(2),
              big: _.min(5),
              most: _.max(7),
              tags: _.push({ each: ['c', 'a', 'b'], position: 0, slice: 2, sort: 1 }),
            }),
          );
      },
    },
    {
      name: 'update arrays by id',
      run: (db) => {
        const _ = db.command;
        return db
          .collection('books')
          .doc('b1')
          .update(wrap({ parts: _.pull({ n: 1 }), tags: _.addToSet('z'), nested: _.rename('renamed') }));
      },
    },
    {
      name: 'update many',
      run: (db) =>
        db
          .collection('books')
          .where({ year: db.command.gt(0) })
          .update(wrap({ seen: true })),
    },
    {
      name: 'set anew',
      run: (db) =>
        db
          .collection('copies')
          .doc('c1')
          .set(wrap({ book: 'b1', barcode: '0001' })),
    },
    {
      name: 'set again',
      run: (db) =>
        db
          .collection('copies')
          .doc('c1')
          .set(wrap({ book: 'b1', barcode: '0002' })),
    },
    {
      name: 'aggregate',
      run: (db) => {
        const $ = db.command.aggregate;
        return db
          .collection('books')
          .aggregate()
          .match({ year: db.command.gt(1900) })
          .lookup({ from: 'copies', localField: '_id', foreignField: 'book', as: 'copies' })
          .addFields({ count: $.size('$copies') })
          .group({ _id: $.gte(['$count', 1]), years: $.push('$year'), total: $.sum('$count') })
          .sort({ _id: 1 })
          .project({ _id: 0, years: 1, total: 1, label: $.concat(['n=', $.substr(['$total', 0, -1])]) })
          .limit(10)
          .end();
      },
    },
    { name: 'remove by id', run: (db) => db.collection('copies').doc('c1').remove() },
    { name: 'remove by id what is not there', run: (db) => db.collection('copies').doc('c1').remove() },
    { name: 'remove many', run: (db) => db.collection('books').where({ year: 1980 }).remove() },
    { name: 'create a collection', run: (db) => db.createCollection('extra') },
    { name: 'ask a collection that does not exist', run: (db) => db.collection('absent').get() },
    {
      name: 'a transaction that commits',
      run: (db) =>
        // eslint-disable-next-line @typescript-eslint/no-explicit-any -- as above
        db.runTransaction(async (transaction: any) => {
          const book = await transaction.collection('books').doc('b1').get();
          await transaction.collection('copies').add(wrap({ _id: 'c2', book: 'b1' }));
          await transaction
            .collection('books')
            .doc('b1')
            .update(wrap({ seen: false }));
          await transaction
            .collection('copies')
            .doc('c3')
            .set(wrap({ book: 'b1' }));
          await transaction.collection('copies').where({ book: 'b1' }).get();
          await transaction.collection('copies').doc('c3').remove();
          return book.data === null;
        }),
    },
    {
      name: 'a transaction that rolls back',
      run: async (db) => {
        const transaction = await db.startTransaction();
        await transaction
          .collection('books')
          .doc('b1')
          .update(wrap({ title: 'lost' }));
        await transaction.rollback();
      },
    },
  ];
}
