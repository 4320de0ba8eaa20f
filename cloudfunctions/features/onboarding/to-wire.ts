import type { Paper, PaperItem } from '../../../contracts/onboarding';
import type { Words } from '../../../contracts/onboarding/words';
import type * as v from 'valibot';
import { timestamp } from '../../runtime/format-time';
import type { AttemptDocument } from '../../stores/onboarding-attempts';
import type { DrawnItem } from './engine/build-paper';

/** Field by field, so that nothing travels that is not meant to. */
export const toWords = ({ zh, en }: Words): Words => ({ zh, en });

/** An item as it is asked: known by its place, its options by theirs. */
export const toPaperItem = ({ item, order }: DrawnItem): PaperItem => ({
  module: item.module,
  type: item.type,
  stem: toWords(item.stem),
  options: optionsOf({ item, order }),
});

export const optionsOf = ({ item, order }: DrawnItem): Words[] =>
  order.map((id) => toWords(item.options.find((option) => option.id === id)!));

export const toPaper = (
  { _id, endsAt, answers }: AttemptDocument,
  drawn: readonly DrawnItem[],
  now: number,
): v.InferOutput<typeof Paper> => ({
  attemptId: _id,
  now: timestamp(now),
  endsAt: timestamp(endsAt),
  items: drawn.map(toPaperItem),
  answers,
});
