import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendFile, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Journal } from '../../../library-systems/demo/circulation/journal';

describe('the journal of the demo library', () => {
  let dir: string;
  let file: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'shutong-journal-'));
    file = path.join(dir, 'circulation.jsonl');
  });
  afterEach(() => rm(dir, { recursive: true }));

  const reread = async () => {
    const journal = await Journal.open(dir);
    const changes = [...journal.changes()];
    await journal.close();
    return changes;
  };

  it('gives back the last change of each row', async () => {
    const journal = await Journal.open(dir);
    await journal.append([['loans', 'l1', { n: 1 }]]);
    await journal.append([
      ['loans', 'l1', { n: 2 }],
      ['holds', 'l1', { text: '续借\n成功' }],
    ]);
    await journal.append([['loans', 'l2', null]]);
    await journal.close();
    expect(await reread()).toEqual([
      ['loans', 'l1', { n: 2 }],
      ['holds', 'l1', { text: '续借\n成功' }],
      ['loans', 'l2', null],
    ]);
  });

  it('cuts off a line torn at any byte, and goes on behind what is whole', async () => {
    const journal = await Journal.open(dir);
    await journal.append([['loans', 'l1', 1]]);
    const { size } = await stat(file);
    await journal.append([['loans', 'l1', 2]]);
    await journal.close();
    const whole = await readFile(file);
    for (let length = size; length < whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      expect(await reread()).toEqual([['loans', 'l1', 1]]);
      expect((await stat(file)).size).toBe(size);
    }
    const again = await Journal.open(dir);
    await again.append([['loans', 'l1', 3]]);
    await again.close();
    expect(await reread()).toEqual([['loans', 'l1', 3]]);
  });

  it('refuses one that is damaged in its middle', async () => {
    const journal = await Journal.open(dir);
    await journal.append([['loans', 'l1', 1]]);
    await journal.append([['loans', 'l2', 2]]);
    await journal.close();
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"l1",1', '"l1",7'));
    await expect(Journal.open(dir)).rejects.toThrow(/damaged at byte 0/);
  });

  it('writes those that wait together at once, each whole', async () => {
    const journal = await Journal.open(dir);
    await Promise.all(Array.from({ length: 500 }, (_, i) => journal.append([['loans', `l${i}`, i]])));
    await journal.close();
    expect((await readFile(file, 'utf8')).trim().split('\n').length).toBeLessThan(10);
    expect(await reread()).toHaveLength(500);
  });

  it('is written anew when most of it is of the past, losing nothing', async () => {
    const journal = await Journal.open(dir);
    await journal.append([['loans', 'kept', 'x']]);
    await journal.close();
    const [first] = (await readFile(file, 'utf8')).split('\n');
    await appendFile(file, `${first!}\n`.repeat(5_100));
    const again = await Journal.open(dir);
    await Promise.all([again.append([['loans', 'l1', 1]]), again.append([['loans', 'l2', 2]])]);
    await again.append([['loans', 'l3', 3]]);
    await again.close();
    expect((await readFile(file, 'utf8')).trim().split('\n').length).toBeLessThan(10);
    expect((await reread()).map(([, id]) => id).sort()).toEqual(['kept', 'l1', 'l2', 'l3']);
  });

  it('forgets what came before it was cleared, and keeps what came after', async () => {
    const journal = await Journal.open(dir);
    const before = journal.append([['loans', 'l1', 1]]);
    const cleared = journal.clear();
    const after = journal.append([['loans', 'l2', 2]]);
    await Promise.all([before, cleared, after]);
    await journal.close();
    expect(await reread()).toEqual([['loans', 'l2', 2]]);
  });
});
