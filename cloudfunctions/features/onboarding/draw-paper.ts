import type { Named } from '../../../contracts/catalog';
import type { LoanPolicy } from '../../../contracts/library';
import type { BankItem } from '../../../contracts/onboarding/bank';
import type { Context } from '../../runtime/context';
import { inTime } from '../../runtime/in-time';
import type { PaperEntry } from '../../stores/onboarding-attempts';
import { buildPaper, type DrawnItem } from './engine/build-paper';
import { createDice } from './engine/dice';
import { generateCallNumberItems } from './engine/generate-call-number-items';
import { generatePolicyItems } from './engine/generate-policy-items';
import type { ShelvedBook } from './engine/pick-books';
import { readBooks, readPolicy } from './read-library-facts';

/** What questions are made from, beside the bank. */
export interface LibraryFacts {
  policy: LoanPolicy | undefined;
  books: readonly ShelvedBook[];
}

/** What the library says about itself now; a library that is away or slow keeps nobody from a paper. */
export async function factsInTime(context: Context): Promise<LibraryFacts> {
  const [policy, books] = await Promise.all([
    inTime(readPolicy(context).then((read) => read.policy)),
    inTime(readBooks(context)),
  ]);
  return { policy, books: books ?? [] };
}

export interface Draw {
  bank: ReadonlyMap<string, BankItem>;
  facts: LibraryFacts;
  readerType: Named | undefined;
  seen: readonly string[];
  campus: string | undefined;
  /** Local date. */
  date: string;
  seed: Uint8Array;
}

/** Draws a paper; the same in gives the same out. @returns undefined when the bank is not enough for one */
export function drawPaper({ bank, facts, readerType, seed, ...asked }: Draw): DrawnItem[] | undefined {
  const aboutRules = facts.policy && readerType ? generatePolicyItems(facts.policy, readerType) : [];
  // dice of their own: what the library adds changes nothing about what is drawn from the bank
  const aboutBooks = generateCallNumberItems(
    facts.books,
    createDice(Buffer.concat([Buffer.from('books'), seed])),
  );
  return buildPaper({ ...asked, items: [...bank.values()], generated: [...aboutRules, ...aboutBooks], seed });
}

/** How an item of a paper is stored: by name, and whole where no bank holds it. */
export const toEntry =
  (bank: ReadonlyMap<string, BankItem>) =>
  ({ item, order }: DrawnItem): PaperEntry => ({
    id: item.id,
    version: item.version,
    module: item.module,
    order: [...order],
    ...(bank.get(item.id) !== item && { own: item }),
  });

/** The items of a stored paper. @param bank of the version that the paper names */
export const drawnOf = (bank: ReadonlyMap<string, BankItem>, items: readonly PaperEntry[]): DrawnItem[] =>
  items.map(({ id, order, own }) => {
    const item = own ?? bank.get(id);
    if (!item) throw new Error('a paper names an item that its bank does not hold');
    return { item, order };
  });
