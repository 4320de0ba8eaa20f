/** The platform reads its cron expressions in China's time, which knows no daylight saving. */
const ZONE_OFFSET_MS = 8 * 3_600_000;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  name: string;
  min: number;
  max: number;
  /** Names that stand for the values from `min` on. */
  names?: readonly string[];
}

const FIELDS = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day', min: 1, max: 31 },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'weekday', min: 0, max: 6, names: WEEKDAYS },
  { name: 'year', min: 1970, max: 2099 },
] as const satisfies readonly Field[];

/** A parsed expression: per field the values that match, undefined where `*` stands. */
export interface Cron {
  text: string;
  fields: readonly (ReadonlySet<number> | undefined)[];
}

/**
 * Parses the seven fields second, minute, hour, day, month, weekday (0 is Sunday), year with `,` `-` `*` `/`
 * (https://developers.weixin.qq.com/miniprogram/dev/wxcloud/guide/functions/triggers.html).
 * @throws {Error} saying which field is wrong
 */
export function parseCron(text: string): Cron {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== FIELDS.length) {
    throw new Error(`cron "${text}": ${FIELDS.length} fields are needed, there are ${parts.length}`);
  }
  const fields = FIELDS.map((field, at) => {
    const part = parts[at] ?? '';
    if (part === '*') return undefined;
    const items = part.split(',').map((item) => parseItem(item, field));
    if (items.some((values) => values.length === 0)) {
      throw new Error(`cron "${text}": ${field.name} "${part}" is not understood`);
    }
    return new Set(items.flat());
  });
  return { text, fields };
}

/** `5`, `MON`, `1-5`, `*`, each with `/step`; `5/10` runs from 5 to the end of the field. Empty if wrong. */
function parseItem(item: string, field: Field): number[] {
  const match = /^(\*|\w+(?:-\w+)?)(?:\/(\d+))?$/.exec(item);
  if (!match) return [];
  const [, range = '', stepText] = match;
  const [fromText = '', toText] = range.split('-');
  const from = range === '*' ? field.min : parseValue(fromText, field);
  const to = toText !== undefined ? parseValue(toText, field) : range === '*' || stepText ? field.max : from;
  const step = stepText === undefined ? 1 : Number(stepText);
  if (from === undefined || to === undefined || step < 1 || from > to) return [];
  const values: number[] = [];
  for (let value = from; value <= to; value += step) values.push(value);
  return values;
}

function parseValue(text: string, { min, max, names }: Field): number | undefined {
  const named = names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) return min + named;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : undefined;
}

/**
 * The first moment after `after` at which the timer fires.
 * @param after milliseconds since the epoch
 * @returns milliseconds since the epoch, or undefined when it never fires again
 */
export function nextFiring(cron: Cron, after: number): number | undefined {
  const [seconds, minutes, hours, , , , years] = cron.fields;
  const local = new Date(Math.floor(after / 1000) * 1000 + 1000 + ZONE_OFFSET_MS);
  // each round either answers or leaps to the start of the next unit that may match
  while (local.getUTCFullYear() <= 2099) {
    const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
    const [hour, minute, second] = [local.getUTCHours(), local.getUTCMinutes(), local.getUTCSeconds()];
    if (years && !years.has(year)) local.setTime(Date.UTC(year + 1, 0));
    else if (!dayMatches(cron, local)) local.setTime(Date.UTC(year, month, day + 1));
    else if (hours && !hours.has(hour)) local.setTime(Date.UTC(year, month, day, hour + 1));
    else if (minutes && !minutes.has(minute)) local.setTime(Date.UTC(year, month, day, hour, minute + 1));
    else if (seconds && !seconds.has(second)) local.setTime(local.getTime() + 1000);
    else return local.getTime() - ZONE_OFFSET_MS;
  }
  return undefined;
}

/** Month and day; where both day and weekday are given, one of them is enough. */
function dayMatches({ fields }: Cron, local: Date): boolean {
  const [, , , days, months, weekdays] = fields;
  if (months && !months.has(local.getUTCMonth() + 1)) return false;
  const byDay = days?.has(local.getUTCDate());
  const byWeekday = weekdays?.has(local.getUTCDay());
  return byDay === undefined ? (byWeekday ?? true) : byDay || (byWeekday ?? false);
}
