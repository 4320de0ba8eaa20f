import type { Patron, Patrons } from '../../circulation';
import { admit, blocksOf, typeName } from './circulation';
import type { Circulation } from './circulation';
import type { Reader } from './rows';

export function createPatrons(circulation: Circulation): Patrons {
  return {
    patron: async (access) => {
      const admitted = admit(circulation, access);
      return admitted && 'reader' in admitted ? describePatron(circulation, admitted.reader) : admitted;
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
