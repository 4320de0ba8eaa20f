import type { BankItem } from '../../../contracts/onboarding/bank';
import { Unsound } from '../../staff/says';
import { checkBank, findDuplicates } from './check-bank';
import { digestBank, inOrder } from './digest-bank';
import { readBankFile } from './read-bank-file';

export interface Bank {
  items: BankItem[];
  digest: string;
  /** How each file was read. */
  read: { file: string; readAs: string; items: number }[];
}

/**
 * Reads the files of one bank, whole or not at all.
 * @param today local date
 * @throws {Unsound} with all that is wrong, `Refused` when a file cannot be read
 */
export async function readBank(fileNames: readonly string[], today: string): Promise<Bank> {
  const files = [];
  for (const fileName of fileNames) files.push(await readBankFile(fileName));
  const found = files.flatMap((each) => each.items);
  const problems = [
    ...files.flatMap((each) => each.problems),
    ...findDuplicates(files.flatMap((each) => each.ids)),
  ];
  // What rows that cannot be read would have been is not known: the whole is looked at once they are.
  const whole = files.map(({ file }) => file).join(', ');
  if (problems.length === 0) problems.push(...checkBank(found, whole, today));
  if (problems.length > 0) throw new Unsound(problems);
  const items = inOrder(found.map(({ item }) => item));
  return {
    items,
    digest: digestBank(items),
    read: files.map(({ file, readAs, items: { length } }) => ({ file, readAs, items: length })),
  };
}
