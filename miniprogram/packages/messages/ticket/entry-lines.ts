import type { Ticket } from '../../../../contracts/feedback';
import { fill, type Language } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import type { MessagesWords } from '../words/index';

interface PictureLine {
  fileId: string;
  /** Its temporary address; empty where it cannot be shown */
  url: string;
  words: string;
  label: string;
}

/** One text of a ticket, ready to be shown. */
export interface EntryLine {
  key: string;
  who: string;
  isLibrary: boolean;
  time: string;
  text: string;
  check: string;
  pictures: PictureLine[];
}

type Entry = Ticket['entries'][number];

export function entryLines(
  { entries }: Ticket,
  links: Readonly<Record<string, string>>,
  { ticket: t }: MessagesWords,
  language: Language,
): EntryLine[] {
  return entries.map((entry, at) => ({
    key: `${at}`,
    who: entry.from === 'library' ? t.library : t.you,
    isLibrary: entry.from === 'library',
    time: momentText(entry.at, language),
    text: entry.text,
    check: entry.from === 'library' ? '' : checkWords(entry, t),
    pictures: entry.pictures.map(({ fileId, ...checked }, place) => ({
      fileId,
      url: links[fileId] ?? '',
      words: pictureWords(checked, links[fileId] === undefined, t),
      label: fill(t.picture, { n: place + 1 }),
    })),
  }));
}

function checkWords(
  { check, lapsed = false }: Pick<Entry, 'check' | 'lapsed'>,
  t: MessagesWords['ticket'],
): string {
  if (check === 'rejected') return t.rejected;
  if (check === 'passed') return '';
  return lapsed ? t.lapsed : t.pending;
}

function pictureWords(
  { check, lapsed = false }: Pick<Entry, 'check' | 'lapsed'>,
  isGone: boolean,
  t: MessagesWords['ticket'],
): string {
  if (check === 'rejected') return t.pictureRejected;
  // nobody will see it: that says more than that it cannot be shown now
  if (check === 'pending' && lapsed) return t.pictureLapsed;
  if (isGone) return t.pictureGone;
  return check === 'pending' ? t.picturePending : '';
}
