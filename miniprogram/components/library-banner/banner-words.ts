import type { SystemStatus } from '../../../contracts/library';
import { fill } from '../../i18n/index';
import { momentText } from '../../lib/dates';
import { language } from '../../services/settings';
import { texts } from '../../services/ui';

/** What the banner says; no words, no banner. */
export function bannerWords({ state, since, retryAt }: SystemStatus): { words: string; detail: string } {
  const { libraryStatus: t } = texts();
  if (state === 'recovering') return { words: t.recovering, detail: t.recoveringHint };
  if (state !== 'down') return { words: '', detail: '' };
  const time = (at: string): string => momentText(at, language());
  const parts = [
    ...(since === undefined ? [] : [fill(t.since, { time: time(since) })]),
    ...(retryAt === undefined ? [] : [fill(t.retryAt, { time: time(retryAt) })]),
  ];
  return { words: t.down, detail: parts.join(t.between) || t.downHint };
}
