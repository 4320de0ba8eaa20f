import iconv from 'iconv-lite';

/**
 * Reads what a self-check sends, as strictly as the specification allows ("3M
 * Standard Interchange Protocol", version 2.00). Written apart from the adapter,
 * so that a misreading there does not find its like here.
 */
export interface Request {
  code: string;
  /** The fixed fields by name. */
  fixed: Record<string, string>;
  /** Every field of variable length; none may come twice in a request. */
  fields: Record<string, string>;
  sequence?: number;
}

export class Violation extends Error {
  /** @param repairable the message came damaged: the server asks for it again (96) */
  constructor(
    message: string,
    readonly repairable = false,
  ) {
    super(message);
  }
}

type Check = RegExp;
interface Form {
  fixed: [name: string, length: number, check: Check][];
  required: string[];
  optional: string[];
}

const DATE: Check = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])( {4}| {3}Z)([01]\d|2[0-3])[0-5]\d[0-5]\d$/;
const YES_NO: Check = /^[YN]$/;
const date: [string, number, Check] = ['date', 18, DATE];
const language: [string, number, Check] = ['language', 3, /^\d{3}$/];

const FORMS: Record<string, Form> = {
  '93': {
    fixed: [
      ['uidAlgorithm', 1, /^[0-9]$/],
      ['pwdAlgorithm', 1, /^[0-9]$/],
    ],
    required: ['CN', 'CO'],
    optional: ['CP'],
  },
  '99': {
    fixed: [
      ['status', 1, /^[0-2]$/],
      ['width', 3, /^\d{3}$/],
      ['version', 4, /^2\.00$/],
    ],
    required: [],
    optional: [],
  },
  '23': { fixed: [language, date], required: ['AO', 'AA', 'AC', 'AD'], optional: [] },
  '63': {
    fixed: [language, date, ['summary', 10, /^ *Y? *$/]],
    required: ['AO', 'AA'],
    optional: ['AC', 'AD', 'BP', 'BQ'],
  },
  '17': { fixed: [date], required: ['AO', 'AB'], optional: ['AC'] },
  '29': {
    fixed: [
      ['thirdParty', 1, YES_NO],
      ['noBlock', 1, YES_NO],
      date,
      ['nbDue', 18, new RegExp(`${DATE.source}|^ {18}$`)],
    ],
    required: ['AO', 'AA'],
    optional: ['AD', 'AB', 'AJ', 'AC', 'CH', 'BO'],
  },
  '65': { fixed: [date], required: ['AO', 'AA'], optional: ['AD', 'AC', 'BO'] },
  '15': {
    fixed: [['mode', 1, /^[-+*]$/], date],
    required: ['AO', 'AA'],
    optional: ['BW', 'BS', 'BY', 'AD', 'AB', 'AJ', 'AC', 'BO'],
  },
  '97': { fixed: [], required: [], optional: [] },
};

export function checksum(bytes: Buffer): string {
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  return (0x10000 - (sum % 0x10000)).toString(16).toUpperCase().padStart(4, '0').slice(-4);
}

/** @param line without CR @throws {Violation} */
export function parseRequest(line: Buffer, charset: string, detectsErrors: boolean): Request {
  const code = line.toString('latin1', 0, 2);
  const form = FORMS[code];
  if (!form) throw new Violation(`unknown message ${JSON.stringify(code)}`);
  const { body, sequence } = openTrailer(line, code, detectsErrors);
  const text = iconv.decode(body, charset);
  if (text.includes('\ufffd')) throw new Violation(`${code} is not in ${charset}`);
  let at = 2;
  const fixed: Record<string, string> = {};
  for (const [name, length, check] of form.fixed) {
    const value = text.slice(at, at + length);
    if (value.length !== length || !check.test(value)) {
      throw new Violation(`${code}: ${name} is ${JSON.stringify(value)}`);
    }
    fixed[name] = value;
    at += length;
  }
  return {
    code,
    fixed,
    fields: readFields(code, form, text.slice(at)),
    ...(sequence !== undefined && { sequence }),
  };
}

function openTrailer(
  line: Buffer,
  code: string,
  detectsErrors: boolean,
): { body: Buffer; sequence?: number } {
  if (!detectsErrors) return { body: line };
  const tail = line.toString('latin1', Math.max(0, line.length - 9));
  // A request to send again is the one message without a sequence number.
  const found =
    code === '97' ? /^(?:97)?AZ([0-9A-F]{4})$/.exec(tail.slice(-8)) : /^AY([0-9])AZ([0-9A-F]{4})$/.exec(tail);
  if (!found) throw new Violation(`${code} ends with ${JSON.stringify(tail)}`);
  const sum = found.at(-1)!;
  if (checksum(line.subarray(0, line.length - 4)) !== sum)
    throw new Violation(`${code}: wrong checksum`, true);
  if (code === '97') return { body: line.subarray(0, line.length - 6) };
  return { body: line.subarray(0, line.length - 9), sequence: Number(found[1]) };
}

function readFields(code: string, form: Form, text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  if (text !== '' && !text.endsWith('|')) throw new Violation(`${code}: the last field does not end`);
  for (const piece of text.split('|').slice(0, -1)) {
    const id = piece.slice(0, 2);
    if (![...form.required, ...form.optional].includes(id)) throw new Violation(`${code}: no field ${id}`);
    if (id in fields) throw new Violation(`${code}: field ${id} comes twice`);
    fields[id] = piece.slice(2);
  }
  for (const id of form.required) {
    if (!(id in fields)) throw new Violation(`${code}: field ${id} is missing`);
  }
  return fields;
}
