import type { Denied } from '../../../../contracts/denials';
import type { Refusal } from '../../../circulation';
import { cardRefusal } from '../circulation';
import type { Circulation } from '../circulation';
import { MAX_WRONG_PINS, PIN_LOCK_MS } from '../policy';
import { chineseDay, refuse } from '../refusals';
import type { Reader } from '../rows';
import { isPinOf } from './pins';

/** Full-width digits, blanks and hyphens are how numbers come off phones. */
const normalise = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/** Checks number and PIN and counts the wrong ones; an unknown number is answered like a wrong PIN. */
export async function provePin(
  { ledger, clock }: Circulation,
  cardNumber: string,
  pin: string,
): Promise<{ reader: Reader } | Refusal> {
  const now = clock.now();
  const number = normalise(cardNumber);
  const reader = findReader(ledger, number);
  const right = isPinOf(reader?.id, normalise(pin));
  if (!reader) return { denied: refuse('BAD_PIN') };
  const locked = lockOf(reader, now);
  if (locked) return { denied: locked };
  if (!right) {
    const denied = countWrongPin(ledger, reader, now);
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
  return denied ? { denied } : { reader };
}

function findReader(ledger: Circulation['ledger'], number: string): Reader | undefined {
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

function countWrongPin(ledger: Circulation['ledger'], reader: Reader, now: number): Denied {
  const wrongPins = reader.wrongPins + 1;
  if (wrongPins < MAX_WRONG_PINS) {
    ledger.put('readers', { ...reader, wrongPins });
    return refuse('BAD_PIN');
  }
  const until = now + PIN_LOCK_MS;
  ledger.put('readers', { ...reader, wrongPins: 0, pinLockedUntil: new Date(until).toISOString() });
  return lockedUntil(until);
}
