import type { Choice, PaperItem } from '../../../../contracts/onboarding/index';

type ItemType = PaperItem['type'];

/** What a tap on an option makes of a choice. */
export function choose(type: ItemType, choice: Choice, place: number): Choice {
  if (type === 'order')
    return choice.includes(place) ? choice.filter((other) => other !== place) : [...choice, place];
  if (type !== 'multiple') return [place];
  const rest = choice.filter((other) => other !== place);
  return rest.length < choice.length ? rest : [...choice, place].sort((a, b) => a - b);
}

/** Moves an option of a sequence by one, towards its beginning (-1) or end (1). */
export function move(choice: Choice, place: number, by: -1 | 1): Choice {
  const at = choice.indexOf(place);
  const other = choice[at + by];
  if (at < 0 || other === undefined) return choice;
  const moved = [...choice];
  moved[at] = other;
  moved[at + by] = place;
  return moved;
}

/** Whether nothing is missing; a sequence must have all of them. */
export function isAnswered({ type, options }: PaperItem, choice: Choice = []): boolean {
  return type === 'order' ? choice.length === options.length : choice.length > 0;
}
