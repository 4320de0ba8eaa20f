import type { Hold } from '../../../contracts/holds';
import { fill, type Language, type Texts } from '../../i18n/index';
import { dayText } from '../../lib/dates';

/** A hold, ready to be shown. */
export interface HoldLine {
  holdId: string;
  bibId: string;
  title: string;
  author: string;
  status: string;
  /** Place in the queue, or where and until when it waits */
  words: string;
  placed: string;
  /** `ready`: it can be fetched; `gone`: no longer kept */
  tone: 'ready' | 'waiting' | 'gone';
  /** The library's own words */
  libraryText: string;
  busy: boolean;
}

export function holdLine(hold: Hold, busy: boolean, { holds: t }: Texts, language: Language): HoldLine {
  const { holdId, status, placedAt } = hold;
  return {
    holdId,
    bibId: hold.bibId ?? '',
    title: hold.title,
    author: hold.author ?? '',
    status: t.statuses[status],
    words: words(hold, t, language),
    placed: placedAt === undefined ? '' : fill(t.placedAt, { day: dayText(placedAt, language) }),
    tone: status === 'ready' ? 'ready' : status === 'expired' ? 'gone' : 'waiting',
    libraryText: hold.libraryText ?? '',
    busy,
  };
}

function words(hold: Hold, t: Texts['holds'], language: Language): string {
  // Nothing waits there any more.
  const place = hold.status === 'expired' ? undefined : hold.pickup?.name;
  if (hold.status === 'ready' && hold.readyUntil !== undefined) {
    const day = dayText(hold.readyUntil, language);
    return place === undefined ? fill(t.readyUntilOnly, { day }) : fill(t.readyUntil, { day, place });
  }
  const parts = [
    hold.status === 'waiting' && hold.position !== undefined ? fill(t.position, { n: hold.position }) : '',
    place === undefined ? '' : fill(t.pickup, { place }),
  ];
  return parts.filter((part) => part !== '').join(language === 'en' ? ', ' : '，');
}

/** What can be fetched comes first, then the queue; what is no longer kept last. */
export function holdLines(
  holds: readonly Hold[],
  busy: readonly string[],
  texts: Texts,
  language: Language,
): HoldLine[] {
  const rank = { ready: 0, waiting: 1, gone: 2 };
  return holds
    .map((hold) => holdLine(hold, busy.includes(hold.holdId), texts, language))
    .sort((a, b) => rank[a.tone] - rank[b.tone]);
}
