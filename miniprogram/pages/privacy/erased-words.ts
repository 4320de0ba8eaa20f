import type { PrivacyEraseOutput } from '../../../contracts/personal';
import { fill, type Language, type Texts } from '../../i18n/index';
import { momentText } from '../../lib/dates';

/** What erasing has erased, and what stays, why, and until when. */
export function erasedWords(
  { erased, kept }: PrivacyEraseOutput,
  t: Texts['privacy'],
  language: Language,
): string {
  const n = Object.values(erased).reduce((sum, count) => sum + count, 0);
  const stays = (['signIns', 'cards', 'erasures'] as const).flatMap((what) => {
    const until = kept[what];
    return until === undefined ? [] : fill(t.keptUntil[what], { time: momentText(until, language) });
  });
  return [fill(t.erased, { n }), ...(stays.length === 0 ? [] : [t.kept, ...stays])].join('\n');
}
