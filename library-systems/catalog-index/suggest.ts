import { fold } from './fold';
import { NAME } from './names';
import { pinyinWords } from './match-reading';
import type { IndexRecord } from './record';
import { readAloud } from './readings';
import { nameOf } from './shelf';
import type { Shelf } from './shelf';
import { splitUnits } from './units';

const MAX_SUGGESTIONS = 10;
/** An author may have hundreds of titles, all of which say the same. */
const MAX_RECORDS_OF_ONE_NAME = 20;

interface Candidate {
  name: string;
  doc: number;
  kind: number;
  score: number;
}

/**
 * Titles and authors that begin like this: as written, as read, or by their
 * initials (from two letters on). The more it is borrowed the earlier; what is
 * written so comes before what is read so.
 */
export function suggestNames(shelf: Shelf, records: readonly IndexRecord[], text: string): string[] {
  const prefixes = new Set([compactPrefix(text), pinyinWords(text)?.join('') ?? '']);
  const found: Candidate[] = [];
  for (const prefix of prefixes) {
    if (prefix === '') continue;
    for (const { name, entries } of shelf.names.startingWith(prefix)) {
      for (const { doc, kind } of entries.slice(0, MAX_RECORDS_OF_ONE_NAME)) {
        if (kind & NAME.initials && prefix.length < 2) continue;
        const asWritten = kind & NAME.initials ? 0 : kind & NAME.read ? 1e6 : 1e7;
        found.push({ name, doc, kind, score: (name === prefix ? 1e9 : 0) + asWritten + records[doc]!.loans });
      }
    }
  }
  found.sort((a, b) => b.score - a.score || a.doc - b.doc);
  const suggestions = new Set<string>();
  for (const { name, doc, kind } of found) {
    const record = records[doc]!;
    const suggestion = kind & NAME.title ? record.title : authorNamed(record, name);
    if (suggestion !== undefined) suggestions.add(suggestion);
    if (suggestions.size === MAX_SUGGESTIONS) break;
  }
  return [...suggestions];
}

/** Like `nameOf`, but the last word is not finished yet: no plural is cut off it. */
function compactPrefix(text: string): string {
  const units = splitUnits(text);
  const last = units.at(-1);
  if (!last || last.cjk) return nameOf(text);
  const before = units
    .slice(0, -1)
    .map((unit) => unit.text)
    .join('');
  const raw = /[\p{L}\p{N}]+$/u.exec(fold(text).trim())?.[0];
  return before + (raw?.startsWith(last.text) ? last.text : (raw ?? last.text));
}

function authorNamed(record: IndexRecord, name: string): string | undefined {
  return record.authors.find((author) => {
    const units = splitUnits(author);
    const reading = readAloud(units, true);
    return nameOf(author).startsWith(name) || reading?.compact.startsWith(name) || reading?.initials === name;
  });
}
