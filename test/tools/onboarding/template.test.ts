import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ITEM_TYPES } from '../../../contracts/onboarding/bank';
import { readBankFile } from '../../../tools/onboarding/bank/read-bank-file';
import { makeTemplate } from '../../../tools/onboarding/make-template';
import { readXlsx } from '../../../tools/onboarding/table/read-xlsx';

const FILE = path.join(__dirname, '../../../docs/onboarding/bank-template.xlsx');

describe('the template for librarians', () => {
  it('is read by the import without a complaint, with an example of every type', async () => {
    const { items, problems } = await readBankFile(FILE);
    expect(problems).toEqual([]);
    expect(items.map(({ item }) => item.type).sort()).toEqual([...ITEM_TYPES].sort());
    expect(items.map(({ at }) => at.row)).toEqual([2, 3, 4, 5, 6]);
  });

  it('is what its maker makes now', async () => {
    const made = await readXlsx('made', await makeTemplate());
    const kept = await readXlsx('made', await readFile(FILE));
    expect(kept).toEqual(made);
  });
});
