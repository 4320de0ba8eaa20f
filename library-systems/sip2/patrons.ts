import type { DenialCode, Denied } from '../../contracts/denials';
import type { Patron, Patrons, Refusal, SignIn } from '../circulation';
import { LibraryFault } from '../library-fault';
import { localDateOf } from '../zoned-time';
import type { Client } from './client';
import type { Words } from './denials';
import { fromId, toId } from '../text-ids';
import { askPatron, askPatronStatus, isSendable } from './messages';
import { readDate } from './times';
import { first } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/** Places in the patron status (SIP 2.00, "Patron status") that restrict a card. */
const CHARGES_DENIED = 0;
const RENEWALS_DENIED = 1;
const CARD_LOST = 4;
const TOO_MANY_CHARGED = 5;
const TOO_MANY_OVERDUE = 6;
const EXCESSIVE_FINES = 10;
const EXCESSIVE_FEES = 11;
const RECALL_OVERDUE = 12;
const TOO_MANY_BILLED = 13;

/** Codes that a text may put on a card as a whole; others concern a loan or a hold. */
const CARD_CODES: readonly DenialCode[] = ['CARD_LOST', 'LOCKED', 'EXPIRED', 'DEBT', 'OVERDUE', 'BLOCKED'];

/** A wrong number and a wrong PIN are told apart by nobody, so neither brings the library's words. */
const BAD_PIN: Refusal = { denied: { code: 'BAD_PIN' } };

export function createSignIn(client: Client, words: Words): SignIn {
  return {
    methods: ['pin'],
    start: async () => ({
      kind: 'fields',
      fields: [
        { name: 'cardNumber', secret: false },
        { name: 'pin', secret: true },
      ],
    }),
    complete: async ({ method, answers: { cardNumber = '', pin = '' } }) => {
      if (method !== 'pin') return { denied: { code: 'UNSUPPORTED' } };
      // An empty PIN proves nothing, and some servers take it for "not asked".
      if (!isSendable(client, cardNumber) || !isSendable(client, pin)) return BAD_PIN;
      const proved = await prove(client, words, cardNumber, pin);
      if ('denied' in proved) return proved;
      const refused = cardRefusal(proved, words);
      return refused ?? { patron: toPatron(client, words, proved) };
    },
  };
}

/** Only `CQ Y` after a PIN proves a reader: without a PIN servers tell everything about anybody. */
async function prove(
  client: Client,
  words: Words,
  cardNumber: string,
  pin: string,
): Promise<Answer<'64'> | Refusal> {
  const by23 = client.config.signIn === '23';
  const answer = by23
    ? await askPatronStatus(client, cardNumber, pin)
    : await askPatron(client, { patron: cardNumber, pin });
  const known = first(answer, 'BL') === 'Y';
  if (known && first(answer, 'CQ') === 'Y') {
    if (answer.code === '64') return answer;
    return askPatron(client, { patron: first(answer, 'AA') ?? cardNumber });
  }
  const locked = known && words.partsOf(answer).find((text) => words.codeOf(text) === 'LOCKED');
  return locked ? { denied: { code: 'LOCKED', libraryText: locked } } : BAD_PIN;
}

export function createPatrons(client: Client, words: Words): Patrons {
  return {
    patron: async ({ ref }) => {
      const answer = await findPatron(client, ref);
      if (!answer) return undefined;
      return cardRefusal(answer, words) ?? toPatron(client, words, answer);
    },
  };
}

/** The reader of a reference, after binding; `undefined` when the library knows none. */
async function findPatron(client: Client, ref: string): Promise<Answer<'64'> | undefined> {
  const patron = fromId(ref);
  if (!isSendable(client, patron)) return undefined;
  const answer = await askPatron(client, { patron });
  return isKnown(answer) ? answer : undefined;
}

/** BL is optional; a server without it names a reader it knows. */
export function isKnown(answer: Answer<'64'>): boolean {
  const valid = first(answer, 'BL');
  return valid === undefined ? first(answer, 'AE') !== undefined : valid === 'Y';
}

/** Why a reader is not served at all: unknown, or the card was reported lost. */
export function refusePatron(answer: Answer<'64'>, words: Words): Refusal | undefined {
  if (isKnown(answer)) return cardRefusal(answer, words);
  return { denied: { ...words.refusal(answer), code: 'BLOCKED' } };
}

function cardRefusal(answer: Answer<'64'>, words: Words): Refusal | undefined {
  const text = words.partsOf(answer).find((part) => words.codeOf(part) === 'CARD_LOST');
  if (text !== undefined) return { denied: { code: 'CARD_LOST', libraryText: text } };
  return answer.fixed.patronStatus[CARD_LOST] === 'Y' ? { denied: { code: 'CARD_LOST' } } : undefined;
}

function toPatron(client: Client, words: Words, answer: Answer<'64'>): Patron {
  const { patronFields: fields, readerTypes, timeZone } = client.config;
  const cardNumber = first(answer, 'AA');
  const ref = toId(first(answer, fields.ref) ?? '');
  if (cardNumber === undefined || ref === undefined) {
    throw new LibraryFault('GARBLED', `A reader without ${fields.ref} that can be kept`, {
      reason: 'protocol',
    });
  }
  const type = first(answer, fields.readerType);
  const optional = (name: 'name' | 'department' | 'grade', value: string | undefined) =>
    value === undefined ? {} : { [name]: value };
  const expires = first(answer, fields.expiresAt);
  const expiresAt = expires && readDate(expires, timeZone, timeZone)?.slice(0, 10);
  return {
    ref,
    cardNumber,
    ...optional('name', first(answer, 'AE')),
    readerType: readerTypes.find(({ code }) => code === type) ?? { code: type ?? '', name: type ?? '读者' },
    ...optional('department', fields.department && first(answer, fields.department)),
    ...optional('grade', fields.grade && first(answer, fields.grade)),
    ...(expiresAt !== undefined && expiresAt !== '' && { expiresAt }),
    blocks: blocksOf(client, words, answer, expiresAt),
  };
}

/**
 * What restricts a card: first what its texts say, then what only the status
 * shows. "Too many charged" alone is a full quota, not a block.
 */
function blocksOf(
  { clock, config }: Client,
  words: Words,
  answer: Answer<'64'>,
  expiresAt: string | undefined,
): Denied[] {
  const blocks = new Map<DenialCode, Denied>();
  const unknown: string[] = [];
  for (const text of words.partsOf(answer)) {
    const code = words.codeOf(text);
    if (code === undefined) unknown.push(text);
    else if (CARD_CODES.includes(code)) blocks.set(code, { code, libraryText: text });
  }
  const has = (...places: number[]): boolean =>
    places.some((place) => answer.fixed.patronStatus[place] === 'Y');
  const add = (code: DenialCode): void => void (blocks.has(code) || blocks.set(code, { code }));
  if (expiresAt !== undefined && expiresAt < localDateOf(clock.now(), config.timeZone)) add('EXPIRED');
  if (has(EXCESSIVE_FINES, EXCESSIVE_FEES, TOO_MANY_BILLED)) add('DEBT');
  if (has(TOO_MANY_OVERDUE, RECALL_OVERDUE)) add('OVERDUE');
  if (blocks.size === 0 && has(CHARGES_DENIED, RENEWALS_DENIED) && !has(TOO_MANY_CHARGED)) {
    blocks.set('BLOCKED', { ...words.toDenied(unknown.join(' ')), code: 'BLOCKED' });
  }
  return [...blocks.values()];
}
