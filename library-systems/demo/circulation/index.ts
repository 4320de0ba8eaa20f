import type { SignInMethod } from '../../../contracts/cards';
import type { ItemStatus } from '../../../contracts/catalog';
import type { Fines, Holds, Loans, Patrons, SignIn } from '../../circulation';
import type { Collection, Copy } from '../collection';
import type { CopyState } from '../lend-copies';
import { localDate } from '../local-date';
import type { Circulation } from './circulation';
import { createCounter } from './counter';
import { exportLoans, type ExportedReader } from './export-loans';
import type { Counter } from './counter';
import { createFines } from './list-fines';
import { createHolds } from './holds';
import { Ledger } from './ledger';
import { createLoans } from './loans';
import { PastLoans } from './past-loans';
import { passTime } from './pass-time';
import { createPatrons } from './patrons';
import { seedLedger } from './seed-ledger';
import { openSignIn } from './sign-in';
import { Tokens } from './sign-in/tokens';

export interface OpenCirculation {
  signIn: SignIn;
  patrons: Patrons;
  loans: Loans;
  holds: Holds;
  fines: Fines;
  counter: Counter;
  /** The library's log of loans, reader after reader. */
  exportLoans(): Iterable<ExportedReader>;
  /** Lets happen what time has brought since the last operation. */
  passTime(): void;
  /**
   * Begins anew; what happened since the old first day is forgotten.
   * @param collection another, as it is on its first day; or the same, where the day is the same
   */
  reset(collection: Collection, lendingSince: number): Promise<void>;
  close(): Promise<void>;
}

/** How readers sign in, and how they are served afterwards. */
export interface SignInOptions {
  methods: readonly SignInMethod[];
  /** `session`: only with the session that signing in gave, for eight hours or until the demo is closed. */
  afterBinding: 'trusted-terminal' | 'session';
}

const SESSION_MS = 8 * 3_600_000;

export interface CirculationOptions {
  collection: Collection;
  dataDir: string;
  clock: { now(): number };
  /** Milliseconds since the epoch: the first day, on which the seed's loans stand. */
  lendingSince: number;
  signIn: SignInOptions;
  /** Told the title of every copy that came, went or was set aside. */
  changed: (bibId: string) => void;
}

/** Opens the circulation: the seed of the first day and what has happened since. */
export async function openCirculation(options: CirculationOptions): Promise<OpenCirculation> {
  const { collection, dataDir, clock, lendingSince, changed } = options;
  let first = seedLedger(collection, localDate(lendingSince));
  const ledger = await Ledger.open(dataDir, first);
  const past = new PastLoans(collection, localDate(lendingSince));
  const circulation: Circulation = {
    ledger,
    collection,
    past,
    clock,
    ...(options.signIn.afterBinding === 'session' && { sessions: new Tokens<string>(SESSION_MS) }),
  };
  const door = await openSignIn(circulation, options.signIn.methods);
  const refresh = ({ item: { barcode, status } }: Copy): void =>
    circulation.collection.setState(barcode, stateOf(ledger, barcode, status));
  const refreshAll = (): void => {
    const bibIds = new Set<string>();
    for (const copy of circulation.collection.copies()) {
      refresh(copy);
      bibIds.add(copy.bib.bibId);
    }
    bibIds.forEach(changed);
  };
  refreshAll();
  ledger.watchCopies((barcode) => {
    const copy = circulation.collection.copy(barcode);
    if (!copy) return;
    refresh(copy);
    changed(copy.bib.bibId);
  });
  return {
    signIn: door.signIn,
    patrons: createPatrons(circulation),
    loans: createLoans(circulation),
    holds: createHolds(circulation),
    fines: createFines(circulation),
    counter: createCounter(circulation),
    exportLoans: () => exportLoans(circulation),
    passTime: () => passTime(circulation, clock.now()),
    reset: (next, since) => {
      // everything follows from the collection and the day: the same again is what it was
      if (next === circulation.collection) {
        next.restore();
      } else {
        first = seedLedger(next, localDate(since));
        circulation.collection = next;
        circulation.past = new PastLoans(next, localDate(since));
      }
      const forgotten = ledger.reset(first);
      refreshAll();
      return forgotten;
    },
    close: async () => {
      await door.close();
      await ledger.commit();
      await ledger.close();
    },
  };
}

/** What the ledger says of a copy; what it says nothing of is as it was, or back on its shelf. */
function stateOf(ledger: Ledger, barcode: string, status: ItemStatus): CopyState {
  const [loan] = ledger.loans.by('barcode', barcode);
  if (loan) return { status: 'onLoan', dueAt: loan.dueAt };
  const [hold] = ledger.holds.by('barcode', barcode);
  if (hold) return { status: hold.status === 'ready' ? 'onHoldShelf' : 'inTransit' };
  const moved = status === 'onLoan' || status === 'onHoldShelf' || status === 'inTransit';
  return { status: moved ? 'available' : status };
}
