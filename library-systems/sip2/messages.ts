import type { Client } from './client';
import { writeStamp } from './times';
import type { Answer } from './wire/parse-answer';
import { encode } from './wire/charset';
import { canSend } from './wire/encode-request';

type Field = readonly [id: string, value: string];

/** The lists that a patron information (63) can bring, and their place in `summary` (SIP 2.00, "Summary"). */
export const LISTS = { holds: 0, overdue: 1, charged: 2, fines: 3, recalls: 4, unavailableHolds: 5 } as const;
export type ListName = keyof typeof LISTS;

export interface PatronQuestion {
  /** AA. */
  patron: string;
  /** AD; left out after binding, when the server trusts this terminal. */
  pin?: string;
  /** One list at a time: servers answer the first one only. */
  list?: ListName;
  /** First entry of the list that is wanted, from 1. */
  from?: number;
}

const stamp = ({ clock, config }: Client): string => writeStamp(clock.now(), config.timeZone);
const institution = ({ config }: Client): Field => ['AO', config.institution];
const terminal = ({ terminalPassword }: Client): Field => ['AC', terminalPassword];

/** How many entries of a list are asked for at once, where a server gives a part only. */
const PAGE = 100;

/** The byte of `|`. */
const BAR = 0x7c;

/**
 * Whether a reader's value can be sent at all; what cannot is known to no library. The byte of `|` is half of 118
 * characters of GBK, too: servers that split bytes would see fields that a reader has made up, with another card's
 * number in one of them.
 */
export const isSendable = ({ config: { charset } }: Client, value: string): boolean =>
  value !== '' && canSend(value, charset) && !encode(value, charset).includes(BAR);

/** 63. With a PIN it is not repeated: a wrong one is counted each time. */
export function askPatron(
  client: Client,
  { patron, pin, list, from }: PatronQuestion,
): Promise<Answer<'64'>> {
  const summary = Array.from({ length: 10 }, (_, i) => (list && LISTS[list] === i ? 'Y' : ' ')).join('');
  return client.ask({
    code: '63',
    fixed: client.config.language + stamp(client) + summary,
    fields: [
      institution(client),
      ['AA', patron],
      terminal(client),
      ...(pin === undefined ? [] : [['AD', pin] as const]),
      ...(from === undefined
        ? []
        : ([
            ['BP', `${from}`],
            ['BQ', `${from + PAGE - 1}`],
          ] as const)),
    ],
    answer: '64',
    kind: pin === undefined ? 'read' : 'write',
  });
}

/** 23, with a PIN. */
export const askPatronStatus = (client: Client, patron: string, pin: string): Promise<Answer<'24'>> =>
  client.ask({
    code: '23',
    fixed: client.config.language + stamp(client),
    fields: [institution(client), ['AA', patron], terminal(client), ['AD', pin]],
    answer: '24',
    kind: 'write',
  });

/** 17. */
export const askItem = (client: Client, barcode: string): Promise<Answer<'18'>> =>
  client.ask({
    code: '17',
    fixed: stamp(client),
    fields: [institution(client), ['AB', barcode], terminal(client)],
    answer: '18',
    kind: 'read',
  });

/** 29, without a fee. The due date is the library's to choose. */
export const renewItem = (client: Client, patron: string, barcode: string): Promise<Answer<'30'>> =>
  client.ask({
    code: '29',
    fixed: `NN${stamp(client)}${' '.repeat(18)}`,
    fields: [institution(client), ['AA', patron], ['AB', barcode], terminal(client), ['BO', 'N']],
    answer: '30',
    kind: 'write',
  });

export interface HoldOrder {
  patron: string;
  /** What is held: the field and its value, e.g. AB and a barcode. */
  target: Field;
  /** SIP 2.00, "Hold type": 2 any copy of the title, 3 this copy. */
  type: '2' | '3';
  pickup?: string;
}

/** 15, to place (`+`) or to cancel (`-`), without a fee. */
export function changeHold(
  client: Client,
  mode: '+' | '-',
  { patron, target, type, pickup }: HoldOrder,
): Promise<Answer<'16'>> {
  const fields: Field[] = [
    ...(pickup === undefined ? [] : [['BS', pickup] as const]),
    ...(mode === '+' ? [['BY', type] as const] : []),
    institution(client),
    ['AA', patron],
    target,
    terminal(client),
    ...(mode === '+' ? [['BO', 'N'] as const] : []),
  ];
  return client.ask({ code: '15', fixed: mode + stamp(client), fields, answer: '16', kind: 'write' });
}
