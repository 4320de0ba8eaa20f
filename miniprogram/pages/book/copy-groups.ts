import type { Holdings, Item } from '../../../contracts/catalog';
import { fill, type Language, type Texts } from '../../i18n/index';
import { dayText, daysUntil, relativeDay, today } from '../../lib/dates';

/** A copy, ready to be shown. */
export interface CopyLine {
  itemId: string;
  barcode: string;
  /** What it is doing now */
  status: string;
  /** `in`: on the shelf; `out`: comes back; `late`: should have come back */
  tone: 'in' | 'out' | 'late';
  /** When it is due, in words; empty when it is not out */
  due: string;
  /** The library's own words, where they say more than ours */
  libraryText: string;
  /** Where on the shelves */
  shelf: string;
  /** The copy whose barcode was scanned */
  scanned: boolean;
  /** It is out, and it may be this one that is wanted: the one scanned, or one of several volumes */
  wantable: boolean;
}

export interface Room {
  code: string;
  name: string;
  copies: CopyLine[];
}

export interface BranchCopies {
  code: string;
  name: string;
  /** "2 / 3 本在架" */
  summary: string;
  rooms: Room[];
  /** Copies beyond the first few that are not listed yet; zero when all are */
  hidden: number;
  hiddenWords: string;
}

const FOLDED_LENGTH = 6;

/**
 * Copies by branch and room, in the library's order of branches, those on the shelf first.
 * Days are counted from the one on which the library said so.
 * @param open codes of the branches whose copies are all listed; of others only the first few
 */
export function copyGroups(
  { items, asOf }: Holdings,
  scanned: string,
  open: readonly string[],
  texts: Texts,
  language: Language,
): BranchCopies[] {
  const saidOn = today(new Date(asOf));
  const volumes = new Set(items.map(({ callNumber }) => callNumber)).size > 1;
  const branches = [...groupBy(items, (item) => item.branch.code).values()];
  return branches.map((ofBranch) => {
    const { code, name } = (ofBranch[0] as Item).branch;
    const sorted = [...ofBranch].sort((a, b) => rank(a, scanned) - rank(b, scanned));
    const shown = open.includes(code) ? sorted : sorted.slice(0, FOLDED_LENGTH);
    const inside = ofBranch.filter((item) => item.status === 'available').length;
    const hidden = sorted.length - shown.length;
    return {
      code,
      name,
      summary: fill(texts.book.inOf, { in: inside, total: ofBranch.length }),
      rooms: [...groupBy(shown, (item) => item.location.code).values()].map((ofRoom) => ({
        ...(ofRoom[0] as Item).location,
        copies: ofRoom.map((item) => copyLine(item, saidOn, scanned, volumes, texts, language)),
      })),
      hidden,
      hiddenWords: fill(texts.book.showAll, { n: hidden }),
    };
  });
}

function copyLine(
  item: Item,
  saidOn: string,
  scanned: string,
  volumes: boolean,
  { book: t, itemStatus }: Texts,
  language: Language,
): CopyLine {
  const isScanned = scanned !== '' && item.barcode === scanned;
  const late = item.status === 'onLoan' && item.dueAt !== undefined && daysUntil(item.dueAt, saidOn) < 0;
  const status = itemStatus[item.status];
  const libraryText = item.statusText ?? '';
  return {
    itemId: item.itemId,
    barcode: fill(t.barcode, { code: item.barcode }),
    status,
    tone: item.status === 'available' ? 'in' : late ? 'late' : 'out',
    due: item.dueAt === undefined ? '' : dueWords(item.dueAt, saidOn, late, t, language),
    libraryText: libraryText === status ? '' : libraryText,
    shelf: item.shelf ?? '',
    scanned: isScanned,
    wantable: item.status === 'onLoan' && (isScanned || volumes),
  };
}

function dueWords(
  dueAt: string,
  saidOn: string,
  late: boolean,
  t: Texts['book'],
  language: Language,
): string {
  const day = dayText(dueAt, language, saidOn);
  return late
    ? fill(t.dueOverdue, { day })
    : fill(t.dueBack, { day, relative: relativeDay(dueAt, language, saidOn) });
}

function rank(item: Item, scanned: string): number {
  if (scanned !== '' && item.barcode === scanned) return 0;
  if (item.status === 'available') return 1;
  return item.status === 'onLoan' ? 2 : 3;
}

function groupBy(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
