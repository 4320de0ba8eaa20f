import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client, type Json, makeFolder, openDatabase, type Folder } from './client';

jest.setTimeout(60_000);

let folder: Folder;
const journal = () => join(folder.dir, 'journal-00000000');

beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

/** Opens, does something, closes. */
async function session<T>(work: (docs: Client) => Promise<T>, log: string[] = []): Promise<T> {
  const database = await openDatabase(folder.dir, undefined, { log });
  try {
    return await work(new Client(database, 'docs'));
  } finally {
    await database.close();
  }
}

describe('the journal', () => {
  it('keeps every kind of value and the natural order', async () => {
    const documents: Json[] = [
      {
        _id: 'z',
        text: 'a\n"\u0000\ud800 书童 📚',
        n: [0, -0, 1e21, 5e-324, NaN, Infinity, -Infinity, 2 ** 53 - 1],
      },
      {
        _id: 'a',
        dates: [new Date(0), new Date(-1), new Date(8.64e15)],
        nested: { deep: [[{}], []], none: null },
      },
      { _id: 5, yes: true, constructor: 'own', toString: 1 },
    ];
    const written = await session(async (docs) => {
      await docs.insert(...documents);
      await docs.update({ _id: 'z' }, { $set: { later: 1 } });
      await docs.insert({ _id: 'gone' }, { _id: 'm' });
      await docs.remove({ _id: 'gone' });
      return docs.find();
    });
    expect(written).toEqual([{ ...documents[0], later: 1 }, documents[1], documents[2], { _id: 'm' }]);
    expect(await session((docs) => docs.find())).toEqual(written);
  });

  it('keeps collections and forgets all on reset', async () => {
    await session(async (docs) => {
      await docs.insert({ _id: 'a' });
      await docs.of('extra').call('addCollection', {});
      await docs.of('extra').insert({ _id: 'b' });
    });
    await session(async (docs) => {
      expect(await docs.of('extra').ids({})).toEqual(['b']);
      await docs.database.reset();
      expect(await docs.find()).toEqual([]);
    });
    await session(async (docs) => {
      expect(await docs.find()).toEqual([]);
      await expect(docs.of('extra').find()).rejects.toMatchObject({ code: 'DATABASE_COLLECTION_NOT_EXIST' });
    });
  });
});

describe('a torn tail', () => {
  it('is cut off with a warning, wherever the last write was cut short', async () => {
    await session((docs) => docs.insert({ _id: 'kept' }));
    const { size: whole } = await stat(journal());
    await session(async (docs) => {
      const transaction = await docs.begin();
      await transaction.insert({ _id: 'x' }, { _id: 'y' });
      await transaction.commit();
    });
    const bytes = await readFile(journal());
    for (let end = whole + 1; end < bytes.length; end++) {
      await writeFile(journal(), bytes.subarray(0, end));
      const log: string[] = [];
      expect(await session((docs) => docs.ids({}), log)).toEqual(['kept']);
      expect(log).toEqual([expect.stringContaining(`cut off at byte ${whole}`)]);
      expect((await stat(journal())).size).toBe(whole);
    }
  });

  it.each([
    ['zeros', Buffer.alloc(5000)],
    ['noise with line feeds', Buffer.from('no line\nof ours\n')],
  ])('of %s is cut off, and the database goes on', async (_, tail) => {
    await session((docs) => docs.insert({ _id: 'a' }));
    await appendFile(journal(), tail);
    await session((docs) => docs.insert({ _id: 'b' }));
    expect(await session((docs) => docs.ids({}))).toEqual(['a', 'b']);
  });
});

it('a torn tail is cut off too if the next journal has been made and not yet used', async () => {
  await session((docs) => docs.insert({ _id: 'a' }));
  await appendFile(journal(), '00000000 [["p","do');
  await writeFile(join(folder.dir, 'journal-00000001'), '');
  expect(await session((docs) => docs.ids({}))).toEqual(['a']);
  expect(await session((docs) => docs.ids({}))).toEqual(['a']);
});

describe('damage', () => {
  it('at the end of a journal that another one follows is an error', async () => {
    await session((docs) => docs.insert({ _id: 'a' }));
    await writeFile(join(folder.dir, 'journal-00000001'), await readFile(journal()));
    await appendFile(journal(), 'torn');
    await expect(session((docs) => docs.ids({}))).rejects.toThrow(/journal-00000000 is damaged/);
  });

  it('in the middle of the journal is an error that says what to do', async () => {
    await session(async (docs) => {
      await docs.insert({ _id: 'a' });
      await docs.insert({ _id: 'b' });
    });
    const bytes = await readFile(journal());
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    await writeFile(journal(), bytes);
    await expect(session((docs) => docs.ids({}))).rejects.toThrow(/damaged at byte 0 .*backup.*--reset/s);
    expect(await readFile(journal())).toEqual(bytes);
  });

  it('of a snapshot, or a journal that is gone, is an error too', async () => {
    await compacted();
    const [snapshot = ''] = (await readdir(folder.dir)).filter((name) => name.startsWith('snapshot'));
    const path = join(folder.dir, snapshot);
    const bytes = await readFile(path);
    await truncate(path, bytes.length - 5);
    await expect(session((docs) => docs.ids({}))).rejects.toThrow(/snapshot .* is damaged.*--reset/s);
    await writeFile(path, bytes);
    await writeFile(join(folder.dir, 'journal-00009999'), '');
    await expect(session((docs) => docs.ids({}))).rejects.toThrow(/lacks .*journal-/);
  });
});

/** Fills a folder until its journal has been folded at least twice, while writes go on. */
async function compacted(): Promise<string[]> {
  const database = await openDatabase(folder.dir, undefined, { compactAbove: 20_000 });
  const docs = new Client(database, 'docs');
  const ids: string[] = [];
  while (!(await readdir(folder.dir)).some((name) => /^snapshot-0000000[2-9]$/.test(name))) {
    const fresh = Array.from({ length: 20 }, (_, i) => `d${ids.length + i}`);
    await Promise.all(fresh.map((_id) => docs.insert({ _id, filling: 'x'.repeat(200) })));
    ids.push(...fresh);
  }
  await database.close();
  return ids;
}

describe('compaction', () => {
  it('loses nothing that is written meanwhile, keeps the order and removes old files', async () => {
    const ids = await compacted();
    const names = (await readdir(folder.dir)).sort();
    expect(names).toHaveLength(2);
    expect(names[0]?.replace('journal', '')).toBe(names[1]?.replace('snapshot', ''));
    const found = await session(async (docs) => {
      const pages = [];
      for (let offset = 0; offset < ids.length; offset += 1000)
        pages.push(...(await docs.find({}, { offset, limit: 1000 })));
      return pages.map(({ _id }) => _id);
    });
    expect(found).toEqual(ids);
  });

  it('that a crash cut short is made up for at the next start', async () => {
    await session((docs) => docs.insert({ _id: 'a' }));
    // The state between the switch to the next journal and the end of writing its snapshot.
    await writeFile(join(folder.dir, 'snapshot-00000001.unfinished'), 'half a snaps');
    await writeFile(join(folder.dir, 'journal-00000001'), '');
    await session((docs) => docs.insert({ _id: 'b' }));
    expect((await readdir(folder.dir)).sort()).toEqual(['journal-00000002', 'snapshot-00000002']);
    expect(await session((docs) => docs.ids({}))).toEqual(['a', 'b']);
  });
});

describe('the lock', () => {
  it('keeps a second opener out, in this process and in another', async () => {
    const database = await openDatabase(folder.dir);
    await expect(openDatabase(folder.dir)).rejects.toThrow(/open in this process/);
    await database.close();
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
    await once(other, 'spawn');
    await writeFile(join(folder.dir, 'lock'), `${other.pid ?? 0} `);
    await expect(openDatabase(folder.dir)).rejects.toThrow(`in use by process ${other.pid ?? 0}`);
    other.kill();
    await once(other, 'exit');
    await (await openDatabase(folder.dir)).close();
    expect(await readdir(folder.dir)).not.toContain('lock');
  });

  it.each([
    ['an earlier process with the number of this one', () => `${process.pid} 1`],
    ['an earlier process with the number of a living one', () => `${process.ppid} 1`],
    ['nobody', () => ''],
    ['noise', () => 'not a number'],
  ])('of %s is taken over', async (_, content) => {
    await writeFile(join(folder.dir, 'lock'), content());
    expect(await session((docs) => docs.insert({ _id: 'a' }))).toEqual(['a']);
  });
});

it('refuses to open with a unique index that the stored documents break', async () => {
  await session((docs) => docs.insert({ _id: 'a' }, { _id: 'b' }));
  const schema = {
    collections: {
      docs: { indexes: [{ name: 'no', fields: [{ field: 'no', direction: 1 as const }], unique: true }] },
    },
  };
  await expect(openDatabase(folder.dir, schema)).rejects.toThrow(
    /"a" and "b" of docs collide in the unique index no/,
  );
});
