import * as v from 'valibot';
import { LocalDate } from '../fields';
import { ModuleId, TopicId, Words } from './words';

/** `order` and `locate` with several shelves are answered by a sequence, `multiple` by a set, the others by one. */
export const ITEM_TYPES = ['single', 'multiple', 'true-false', 'order', 'locate'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

const OptionId = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,15}$/, 'a short lower-case id such as "a"'));

export const BankOption = v.strictObject({ id: OptionId, ...Words(80, 160).entries });

/** Whether an answer can be right for its options. @returns what is wrong, or undefined */
function faultOf({ type, options, answer }: { type: ItemType; options: { id: string }[]; answer: string[] }) {
  const ids = options.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) return 'options must have different ids';
  if (new Set(answer).size !== answer.length) return 'the answer names an option twice';
  if (answer.some((id) => !ids.includes(id))) return 'the answer names an option that is not there';
  switch (type) {
    case 'multiple':
      if (answer.length < 2) return 'a multiple-choice item has at least two right options';
      return answer.length === ids.length ? 'an item whose options are all right asks nothing' : undefined;
    case 'order':
      return answer.length === ids.length ? undefined : 'the answer of an order item names every option once';
    case 'true-false':
      if (ids.join() !== 'true,false') return 'a true-false item has the options "true" and "false"';
      return answer.length === 1 ? undefined : 'exactly one option is right';
    default:
      return answer.length === 1 ? undefined : 'exactly one option is right';
  }
}

/** One question with its key. It never leaves the server whole. */
export const BankItem = v.pipe(
  v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{1,47}$/, 'lower-case letters, digits and dashes')),
    /** Raised when the question changes in what it asks, so that statistics do not mix. */
    version: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999)),
    module: ModuleId,
    type: v.picklist(ITEM_TYPES),
    stem: Words(200, 400),
    options: v.pipe(v.array(BankOption), v.minLength(2), v.maxLength(6)),
    /** Ids of the right options; for `order` all of them, in the right order. */
    answer: v.pipe(v.array(OptionId), v.minLength(1), v.maxLength(6)),
    explanation: Words(240, 500),
    mustKnow: v.optional(TopicId),
    /** The rule that it rests on, for whoever keeps the bank. */
    ruleRef: v.optional(v.pipe(v.string(), v.maxLength(80))),
    /** Code of a branch: asked only of readers who said they are there. */
    campus: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(32))),
    /** Local dates, both included, between which it is asked. */
    validFrom: v.optional(LocalDate),
    validTo: v.optional(LocalDate),
  }),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    const fault = faultOf(dataset.value);
    if (fault !== undefined) addIssue({ message: fault, path: [keyPath(dataset.value, 'answer')] });
    const { validFrom, validTo } = dataset.value;
    if (validFrom !== undefined && validTo !== undefined && validTo < validFrom) {
      addIssue({ message: 'ends before it begins', path: [keyPath(dataset.value, 'validTo')] });
    }
  }),
);
export type BankItem = v.InferOutput<typeof BankItem>;

const keyPath = <T extends object>(input: T, key: keyof T & string): v.ObjectPathItem => ({
  type: 'object',
  origin: 'value',
  input: input as Record<string, unknown>,
  key,
  value: input[key],
});
