import type { ItemStatus } from '../../contracts/catalog';
import { ownValue } from '../own-value';
import type { Client } from './client';
import { askItem, isSendable } from './messages';
import { readDate } from './times';
import { first } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/** Circulation status (SIP 2.00), in the contract's terms. 09 waits to be reshelved; 11 is claimed to be back. */
const STATUSES: Record<string, ItemStatus> = {
  '02': 'processing',
  '03': 'available',
  '04': 'onLoan',
  '05': 'onLoan',
  '06': 'processing',
  '07': 'onLoan',
  '08': 'onHoldShelf',
  '09': 'processing',
  '10': 'inTransit',
  '11': 'missing',
  '12': 'missing',
  '13': 'missing',
};
const RECALLED = '07';
const OTHER = '01';

export interface ItemFacts {
  status: ItemStatus;
  recalled: boolean;
  title?: string;
  callNumber?: string;
  bibId?: string;
  /** Code of the branch that owns it. */
  branchCode?: string;
  dueAt?: string;
  /** Last day on which it waits for whoever holds it. */
  holdPickup?: string;
  /** How many wait for it. */
  waiting?: number;
  /** What the server says about it on its screen. */
  text?: string;
}

/** What the library knows of a copy; `undefined` for one that it does not have. @throws {LibraryFault} */
export async function readItem(client: Client, barcode: string): Promise<ItemFacts | undefined> {
  if (!isSendable(client, barcode)) return undefined;
  const answer = await askItem(client, barcode);
  const title = first(answer, 'AJ');
  // There is no code for "no such copy": servers say 01 (other), and nothing else.
  if (answer.fixed.circulationStatus === OTHER && title === undefined) return undefined;
  return { ...factsOf(client, answer), ...(title !== undefined && { title }) };
}

function factsOf({ config }: Client, answer: Answer<'18'>): Omit<ItemFacts, 'title'> {
  const { circulationStatus } = answer.fixed;
  const { timeZone, dueTimeZone = timeZone, itemStatuses, bibIdField } = config;
  const date = (field: string): string | undefined => {
    const text = first(answer, field);
    return text === undefined ? undefined : readDate(text, timeZone, dueTimeZone);
  };
  const waiting = /^\d{1,6}$/.exec(first(answer, 'CF') ?? '')?.[0];
  const facts = {
    callNumber: first(answer, 'CS'),
    bibId: bibIdField && first(answer, bibIdField),
    branchCode: first(answer, 'AQ'),
    dueAt: date('AH'),
    holdPickup: date('CM'),
    waiting: waiting === undefined ? undefined : Number(waiting),
    text: first(answer, 'AF'),
  };
  return {
    status: ownValue(itemStatuses, circulationStatus) ?? ownValue(STATUSES, circulationStatus) ?? 'unknown',
    recalled: circulationStatus === RECALLED,
    ...withoutUndefined(facts),
  };
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(facts: T): Defined<T> {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** A copy as a list of a reader names it. */
export interface ListedItem {
  barcode: string;
  title?: string;
  due?: string;
}

/** Takes the entries of AU, AT, AS and CD apart, as the site's pattern says; without one they are barcodes. */
export function readEntry({ config: { itemPattern } }: Client): (entry: string) => ListedItem {
  if (itemPattern === undefined) return (entry) => ({ barcode: entry });
  const pattern = new RegExp(itemPattern, 'iu');
  return (entry) => {
    const { barcode, title, due } = pattern.exec(entry.slice(0, 500))?.groups ?? {};
    if (barcode === undefined) return { barcode: entry };
    return {
      barcode: barcode.trim(),
      ...(title !== undefined && { title: title.trim() }),
      ...(due !== undefined && { due }),
    };
  };
}
