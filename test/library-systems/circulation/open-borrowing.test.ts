import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openDemoLibrary } from '../../../library-systems/demo';
import type { DemoLibrary } from '../../../library-systems/demo';
import { CATALOG_FILE, NOW, openDemo } from '../support/demo';

const FRESHMAN = { ref: 'p20' };

describe('the demo library and its freshmen', () => {
  let demo: Awaited<ReturnType<typeof openDemo>>;
  beforeEach(async () => {
    demo = await openDemo();
  });
  afterEach(() => demo.close());

  const blocks = async (library: DemoLibrary): Promise<string[]> => {
    const patron = await library.patrons!.patron(FRESHMAN);
    if (!patron || 'denied' in patron) throw new Error('not served');
    return patron.blocks.map(({ code }) => code);
  };
  const aBookInside = async (): Promise<string> => {
    const { items } = await demo.system.catalog!.mostBorrowed!({ page: 1, pageSize: 50 });
    for (const { bibId } of items) {
      const copies = (await demo.system.catalog!.holdings(bibId))!.items;
      const copy = copies.find(({ status }) => status === 'available');
      if (copy) return copy.barcode;
    }
    throw new Error('Every book is out');
  };

  it('lends them nothing at the counter before it is opened, and then does', async () => {
    const barcode = await aBookInside();
    await expect(demo.system.counter.lend(FRESHMAN.ref, barcode)).rejects.toThrow('not open');
    await demo.system.patrons!.openBorrowing!(FRESHMAN, 'a-1');
    await demo.system.counter.lend(FRESHMAN.ref, barcode);
    expect(await demo.system.loans!.list(FRESHMAN)).toMatchObject({ loans: [{ itemBarcode: barcode }] });
  });

  it('has on the disk what it acknowledged, one line for the same request ten times, and forgets it on reset', async () => {
    await Promise.all(Array.from({ length: 10 }, () => demo.system.patrons!.openBorrowing!(FRESHMAN, 'a-1')));
    const journal = await readFile(path.join(demo.dataDir, 'circulation.jsonl'), 'utf8');
    expect(journal.trim().split('\n')).toHaveLength(1);
    // Opened beside the first, which was not closed: as after a kill.
    const again = await openDemoLibrary({
      catalogFile: CATALOG_FILE,
      dataDir: demo.dataDir,
      clock: { now: () => NOW },
    });
    expect(await blocks(again)).toEqual([]);
    await again.reset();
    expect(await blocks(again)).toEqual(['ONBOARDING_REQUIRED']);
    await again.close();
  });

  it('opens nothing for a card that is not served, and says why', async () => {
    await demo.system.counter.changeCard(FRESHMAN.ref, { cardState: 'lost' });
    expect(await demo.system.patrons!.openBorrowing!(FRESHMAN, 'a-1')).toMatchObject({
      denied: { code: 'CARD_LOST' },
    });
    await demo.system.counter.changeCard(FRESHMAN.ref, { cardState: 'ok' });
    expect(await blocks(demo.system)).toEqual(['ONBOARDING_REQUIRED']);
  });
});
