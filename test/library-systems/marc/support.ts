import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DataField, MarcRecord } from '../../../library-systems/marc';

export const fixture = (name: string): Buffer =>
  readFileSync(path.join(__dirname, '../../fixtures/marc', name));

/** `245 10 $aTitle :$bsubtitle` → a field. */
export function field(text: string): DataField {
  const [, tag, ind1, ind2, rest] = /^(\w{3}) (.)(.) (.*)$/su.exec(text)!;
  const subfields = rest!
    .split('$')
    .slice(1)
    .map((part) => ({ code: part[0]!, value: part.slice(1) }));
  return { tag: tag!, ind1: ind1!, ind2: ind2!, subfields };
}

/** A record of these fields; `008` may be given as a text. */
export function record(fields: readonly string[], control: Record<string, string> = {}): MarcRecord {
  return {
    leader: '00000nam a2200000 a 4500',
    control: Object.entries({ '001': 'b1', ...control }).map(([tag, value]) => ({ tag, value })),
    data: fields.map(field),
    problems: [],
  };
}

/** Field 008 of a single date and a language. */
export const fixedField = (year: string, language: string): string =>
  `260901s${year.padEnd(4)}    cc            000 0 ${language} d`;
