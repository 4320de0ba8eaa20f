import type { SignInAnswers, SignInMethod, SignInStart } from '../../../contracts/cards';
import type { Denied } from '../../../contracts/denials';
import type { Patron, Refusal, SignIn } from '../../circulation';
import { cardRefusal } from './circulation';
import type { Circulation } from './circulation';
import { describePatron } from './patrons';
import { isPinOf } from './pins';
import { MAX_WRONG_PINS, PIN_LOCK_MS } from './policy';
import { chineseDay, refuse } from './refusals';
import type { Reader } from './rows';

const FIELDS: Extract<SignInStart, { kind: 'fields' }>['fields'] = [
  { name: 'cardNumber', label: '借阅证号（学号或工号）', secret: false },
  { name: 'pin', label: '图书馆密码', secret: true },
];

/** Full-width digits, blanks and hyphens are how numbers come off phones. */
const normalise = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

export function createSignIn(circulation: Circulation): SignIn {
  return {
    methods: ['pin'],
    start: async (method) => start(method),
    complete: async ({ method, answers }) => {
      if (method !== 'pin') return { denied: refuse('OTHER', '本馆不支持这种登录方式') };
      return provePin(circulation, answers);
    },
  };
}

function start(method: SignInMethod): SignInStart {
  if (method !== 'pin') throw new Error(`The demo library has no sign-in of the kind ${method}`);
  return { kind: 'fields', fields: FIELDS };
}

/** Checks number and PIN and counts the wrong ones; an unknown number is answered like a wrong PIN. */
async function provePin(
  circulation: Circulation,
  { cardNumber = '', pin = '' }: SignInAnswers,
): Promise<{ patron: Patron } | Refusal> {
  const { ledger, clock } = circulation;
  const now = clock.now();
  const number = normalise(cardNumber);
  const reader = findReader(circulation, number);
  const right = isPinOf(reader?.id, normalise(pin));
  if (!reader) return { denied: refuse('BAD_PIN') };
  const locked = lockOf(reader, now);
  if (locked) return { denied: locked };
  if (!right) {
    const denied = countWrongPin(circulation, reader, now);
    await ledger.commit();
    return { denied };
  }
  if (reader.wrongPins > 0) {
    ledger.put('readers', { ...reader, wrongPins: 0 });
    await ledger.commit();
  }
  if (number !== reader.cardNumber) {
    return { denied: { code: 'EXPIRED', libraryText: '此证号已在换证后停用，请使用新证号' } };
  }
  const denied = cardRefusal(reader, now);
  return denied ? { denied } : { patron: describePatron(circulation, reader) };
}

function findReader({ ledger }: Circulation, number: string): Reader | undefined {
  const [reader] = ledger.readers.by('card', number);
  if (reader) return reader;
  for (const other of ledger.readers.values()) if (other.formerNumbers.includes(number)) return other;
  return undefined;
}

function lockOf({ pinLockedUntil }: Reader, now: number): Denied | undefined {
  if (pinLockedUntil === undefined) return undefined;
  const until = Date.parse(pinLockedUntil);
  // A lock that lies further ahead than locks last was set before the clock was put back.
  return now < until && until - now <= PIN_LOCK_MS ? lockedUntil(until) : undefined;
}

function lockedUntil(until: number): Denied {
  const local = new Date(until + 8 * 3_600_000).toISOString();
  return refuse('LOCKED', `请于 ${chineseDay(local)} ${local.slice(11, 16)} 后再试`, until);
}

function countWrongPin({ ledger }: Circulation, reader: Reader, now: number): Denied {
  const wrongPins = reader.wrongPins + 1;
  if (wrongPins < MAX_WRONG_PINS) {
    ledger.put('readers', { ...reader, wrongPins });
    return refuse('BAD_PIN');
  }
  const until = now + PIN_LOCK_MS;
  ledger.put('readers', { ...reader, wrongPins: 0, pinLockedUntil: new Date(until).toISOString() });
  return lockedUntil(until);
}
