import { LibraryFault } from '../library-fault';
import type { AskIlsDi } from './ask-ils-di';
import { childrenOf, textOf } from './read-xml';
import type { XmlNode } from './read-xml';

/**
 * Koha's numbers of records. Nothing else is ever sent as one: the database reads
 * `53abc` as 53, which would be somebody's record.
 */
const KOHA_NUMBER = /^[1-9]\d{0,9}$/;
export const isKohaNumber = (id: string): boolean => KOHA_NUMBER.test(id);

type Part = 'loans' | 'holds' | 'fines';

/**
 * GetPatronInfo of one reader, without contact data; all loans, holds or fines come in this one answer.
 * @param ref Koha's borrowernumber
 * @returns `undefined` when Koha knows no such reader @throws {LibraryFault}
 */
export async function readPatronInfo(
  ask: AskIlsDi,
  ref: string,
  ...parts: readonly Part[]
): Promise<XmlNode | undefined> {
  if (!isKohaNumber(ref)) return undefined;
  const shown = Object.fromEntries(parts.map((part) => [`show_${part}`, '1']));
  const info = await ask('GetPatronInfo', { patron_id: ref, show_contact: '0', ...shown });
  if (textOf(info, 'code') === 'PatronNotFound') return undefined;
  // Whatever stands between us and Koha, an answer about somebody else is none.
  if (textOf(info, 'borrowernumber') !== ref) {
    throw new LibraryFault(
      'GARBLED',
      'ILS-DI GetPatronInfo did not answer about the reader who was asked for',
    );
  }
  return info;
}

/** The entries of `<loans><loan/>…</loans>` and its like. */
export const entriesOf = (info: XmlNode, list: string, entry: string): XmlNode[] =>
  childrenOf(info, list).flatMap((node) => childrenOf(node, entry));

/** @throws {LibraryFault} GARBLED when there is none, or none of Koha's form */
export function numberOf(node: XmlNode, name: string): string {
  const text = textOf(node, name);
  if (text === undefined || !isKohaNumber(text)) {
    throw new LibraryFault('GARBLED', `ILS-DI GetPatronInfo left out ${name}`);
  }
  return text;
}
