import type { PrivacyEraseOutput } from '../../../contracts/personal';
import { fill, type Language, type Texts } from '../../i18n/index';
import { momentText } from '../../lib/dates';

/** What stays after erasing, why, and until when. */
export function keptLines({ kept }: PrivacyEraseOutput, t: Texts['privacy'], language: Language): string[] {
  return (['signIns', 'cards', 'erasures', 'papers'] as const).flatMap((what) => {
    const until = kept[what];
    return until === undefined ? [] : fill(t.keptUntil[what], { time: momentText(until, language) });
  });
}

/** What erasing has erased. */
export function erasedWords({ erased }: PrivacyEraseOutput, t: Texts['privacy'], stays: boolean): string {
  const n = Object.values(erased).reduce((sum, count) => sum + count, 0);
  return [fill(t.erased, { n }), ...(stays ? [t.keptBelow] : [])].join('\n');
}
