import type { Patron, Patrons } from '../../circulation';
import { admit, blocksOf, cardRefusal, typeName } from './circulation';
import type { Circulation } from './circulation';
import { refuse } from './refusals';
import type { Reader } from './rows';

export function createPatrons(circulation: Circulation): Patrons {
  return {
    patron: async (access) => {
      const admitted = admit(circulation, access);
      return admitted && 'reader' in admitted ? describePatron(circulation, admitted.reader) : admitted;
    },
    openBorrowing: async ({ ref }, key) => {
      const { ledger, clock } = circulation;
      const reader = ledger.readers.get(ref);
      if (!reader) return { denied: refuse('OTHER', '查无此读者') };
      const denied = cardRefusal(reader, clock.now());
      if (denied) return { denied };
      if (reader.borrowing !== 'open') ledger.put('readers', { ...reader, borrowing: 'open', openedBy: key });
      // Also when it was open: perhaps by another call that has not reached the disk yet.
      await ledger.commit();
      return { done: true };
    },
  };
}

export function describePatron(circulation: Circulation, reader: Reader): Patron {
  const { id, cardNumber, name, department, grade, expiresAt } = reader;
  return {
    ref: id,
    cardNumber,
    name,
    readerType: typeName(reader),
    ...(department !== undefined && { department }),
    ...(grade !== undefined && { grade }),
    ...(expiresAt !== undefined && { expiresAt }),
    blocks: blocksOf(circulation, reader, circulation.clock.now()),
  };
}
