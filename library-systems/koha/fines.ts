import type { Fine } from '../../contracts/loans';
import { centsOf } from '../cents';
import type { Fines } from '../circulation';
import { LibraryFault } from '../library-fault';
import type { Koha } from './connection';
import { isRunning, reasonOf } from './debit-types';
import { NO_SUCH_PATRON } from './denials';
import { entriesOf, numberOf, readPatronInfo } from './read-patron-info';
import { readDate } from './read-time';
import { textOf } from './read-xml';
import type { XmlNode } from './read-xml';
import { readAccount } from './rest/read-account';

/**
 * What a reader owes. ILS-DI lists every line that ever was, paid ones and
 * credits too; the REST interface, where it is configured, only what is open.
 */
export function createFines(koha: Koha): Fines {
  return {
    list: async ({ ref }) => {
      const info = await readPatronInfo(koha.ask, ref, ...(koha.rest ? [] : (['fines'] as const)));
      if (info === undefined) return { denied: NO_SUCH_PATRON };
      if (koha.rest) return { fines: await readAccount(koha.rest, ref) };
      return { fines: entriesOf(info, 'fines', 'fine').flatMap(describeFine) };
    },
  };
}

function describeFine(node: XmlNode): Fine[] {
  const amountCents = centsOf(textOf(node, 'amountoutstanding') ?? '0');
  if (amountCents === undefined) throw new LibraryFault('GARBLED', 'ILS-DI GetPatronInfo named no amount');
  if (amountCents <= 0) return [];
  const type = textOf(node, 'debit_type_code') ?? textOf(node, 'accounttype') ?? '';
  const text = textOf(node, 'description');
  const date = readDate(textOf(node, 'date')?.slice(0, 10));
  return [
    {
      fineId: numberOf(node, 'accountlines_id'),
      amountCents,
      reason: reasonOf(type),
      ...(text !== undefined && { libraryText: text }),
      ...(date !== undefined && { date }),
      running: isRunning(type, textOf(node, 'status')),
    },
  ];
}
