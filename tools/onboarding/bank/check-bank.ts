import { MODULES, TOPICS } from '../../../contracts/onboarding/words';
import { MAX_BANK_ITEMS } from '../../../contracts/staff';
import type { Problem } from '../../staff/says';
import { MODULE_NAMES, TOPIC_NAMES } from './names';
import type { FoundId, FoundItem } from './read-bank-file';

/** A paper takes at least two of each module; with fewer than this, papers would soon repeat. */
export const LEAST_OF_MODULE = 20;

/**
 * What a bank as a whole lacks, all its rows being sound.
 * @param today local date: items that are over by then do not count
 */
export function checkBank(found: readonly FoundItem[], file: string, today: string): Problem[] {
  const problems: Problem[] = [];
  if (found.length > MAX_BANK_ITEMS) {
    problems.push({
      file,
      en: `${found.length} items; a bank has at most ${MAX_BANK_ITEMS}`,
      zh: `共 ${found.length} 道题；一个题库最多 ${MAX_BANK_ITEMS} 道`,
    });
  }
  const items = found
    .map(({ item }) => item)
    .filter(({ validTo }) => validTo === undefined || validTo >= today);
  for (const module of MODULES) {
    const count = items.filter((item) => item.module === module).length;
    if (count >= LEAST_OF_MODULE) continue;
    problems.push({
      file,
      en: `module ${module} has ${count} items that are not over; at least ${LEAST_OF_MODULE} are needed`,
      zh: `模块“${MODULE_NAMES[module]}”只有 ${count} 道未过期的题；至少需要 ${LEAST_OF_MODULE} 道`,
    });
  }
  for (const topic of TOPICS) {
    const asked = items.some(
      ({ mustKnow, campus, validFrom, validTo }) =>
        mustKnow === topic && campus === undefined && validFrom === undefined && validTo === undefined,
    );
    if (asked) continue;
    problems.push({
      file,
      en: `must-know topic ${topic} has no item that is asked on every campus at all times`,
      zh: `必会知识点“${TOPIC_NAMES[topic]}”（${topic}）缺少一道不限校区、不限日期的题`,
    });
  }
  return problems;
}

/** Rows whose id another one before has, whatever else may be wrong with either. */
export function* findDuplicates(found: readonly FoundId[]): Generator<Problem> {
  const first = new Map<string, FoundId['at']>();
  for (const { id, at } of found) {
    const before = first.get(id);
    if (!before) {
      first.set(id, at);
      continue;
    }
    const place = `${before.file} ${before.row ?? `#${before.item ?? ''}`}`;
    yield {
      ...at,
      column: '"id"',
      en: `"${id}" is there already (${place}); each item has an id of its own`,
      zh: `编号“${id}”已经用过（${place}）；每道题的编号不能重复`,
    };
  }
}
