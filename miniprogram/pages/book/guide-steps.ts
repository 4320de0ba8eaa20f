import type { Item } from '../../../contracts/catalog';
import { fill, type Language, type Texts } from '../../i18n/index';
import { parseCallNumber } from '../../lib/call-number';
import { clcClass } from '../../lib/clc';

export interface GuideStep {
  key: string;
  title: string;
  hint: string;
}

export interface GuidePlace {
  key: string;
  /** Branch and room */
  name: string;
  shelf: string;
}

/** The call number read aloud, piece by piece; nothing when it is not of the Chinese Library Classification. */
export function guideSteps(callNumber: string, t: Texts['guide'], language: Language): GuideStep[] {
  const parts = parseCallNumber(callNumber);
  const main = clcClass(parts?.classNumber);
  if (parts === undefined || main === undefined) return [];
  const name = language === 'en' ? main.en : main.zh;
  const { classNumber: number, bookNumber, extra } = parts;
  return [
    { key: 'class', title: fill(t.classStep, { letter: main.letter }), hint: fill(t.classHint, { name }) },
    { key: 'number', title: fill(t.numberStep, { number }), hint: t.numberHint },
    { key: 'book', title: fill(t.bookStep, { number: bookNumber }), hint: t.bookHint },
    { key: 'extra', title: fill(t.extraStep, { number: extra }), hint: t.extraHint },
  ].filter(({ key }) => (key !== 'book' || bookNumber !== '') && (key !== 'extra' || extra !== ''));
}

/** Where a copy stands that can be taken now; each place once. */
export function guidePlaces(items: readonly Item[]): GuidePlace[] {
  const places = new Map<string, GuidePlace>();
  for (const item of items) {
    if (item.status !== 'available' && item.status !== 'referenceOnly') continue;
    const key = `${item.branch.code}/${item.location.code}/${item.shelf ?? ''}`;
    places.set(key, { key, name: `${item.branch.name} · ${item.location.name}`, shelf: item.shelf ?? '' });
  }
  return [...places.values()];
}
