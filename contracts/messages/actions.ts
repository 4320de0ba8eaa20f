import * as v from 'valibot';
import { Count, NoInput, Timestamp } from '../fields';
import { MessageBody, MessageTimes } from './body';
import { DELIVERIES, MessageKind, MOMENTS, MOST_TEMPLATES_ASKED } from './kinds';
import { TemplateId } from './templates';

const MessageId = v.pipe(v.string(), v.regex(/^[\w-]{16,64}$/));
const Ids = v.pipe(v.array(MessageId), v.minLength(1), v.maxLength(100));

export const InboxItem = v.object({
  id: MessageId,
  ...MessageTimes.entries,
  body: MessageBody,
  read: v.boolean(),
  delivery: v.picklist(DELIVERIES),
});
export type InboxItem = v.InferOutput<typeof InboxItem>;

/** Newest first. `before`: the `next` of the page before. */
export const InboxInput = v.object({ before: v.optional(v.pipe(v.string(), v.maxLength(100))) });
export const InboxOutput = v.object({
  items: v.array(InboxItem),
  next: v.optional(v.string()),
  unread: Count,
});
export type InboxOutput = v.InferOutput<typeof InboxOutput>;

export const UnreadOutput = v.object({ unread: Count });

/** Certain messages, or all that have come `until` then: what comes while the reader reads stays unread. */
export const MarkReadInput = v.union([v.strictObject({ ids: Ids }), v.strictObject({ until: Timestamp })]);
export const RemoveMessagesInput = v.object({ ids: Ids });

/** One kind of message as the reader has it. */
const KindSetting = v.object({
  kind: MessageKind,
  /** Off: nothing is sent to WeChat; the inbox keeps it all the same. */
  on: v.boolean(),
  /** Absent: the library has set up no template, so that this kind comes to the inbox only. */
  template: v.optional(TemplateId),
  /** How many messages the reader has allowed that were not sent yet; shared by kinds with the same template. */
  credits: v.optional(Count),
  /** In WeChat's own settings the reader refuses this template. */
  refused: v.optional(v.boolean()),
});

export const MessageSettingsOutput = v.object({
  kinds: v.array(KindSetting),
  /** Local times `HH:MM` of the library between which nothing is sent. */
  quiet: v.object({ from: v.string(), until: v.string() }),
  /**
   * Whether the library can be asked when the reader is away. `session`: only until the reader has to sign in again;
   * `never`: it asks for the PIN each time, so that nothing about loans and holds can be told; `noCard`: none is bound;
   * `away`: it does not answer just now, so that this is not known.
   */
  asking: v.picklist(['always', 'session', 'never', 'noCard', 'away']),
  /** When the library was last asked about this reader. */
  lookedAt: v.optional(Timestamp),
});
export type MessageSettingsOutput = v.InferOutput<typeof MessageSettingsOutput>;

export const SwitchKindInput = v.object({ kind: MessageKind, on: v.boolean() });

/** What `wx.requestSubscribeMessage` said of each template. A claim: WeChat's own events confirm it. */
export const GrantedInput = v.object({
  moment: v.picklist(MOMENTS),
  language: v.picklist(['zh-CN', 'en']),
  answers: v.pipe(
    v.array(v.object({ template: TemplateId, answer: v.picklist(['accept', 'reject', 'ban', 'filter']) })),
    v.minLength(1),
    v.maxLength(MOST_TEMPLATES_ASKED),
  ),
  /** Made once for each tap: the same id never counts twice. */
  requestId: v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/)),
});

export const messagesApi = {
  'messages.inbox': { input: InboxInput, output: InboxOutput },
  'messages.unread': { input: NoInput, output: UnreadOutput },
  'messages.markRead': { input: MarkReadInput, output: UnreadOutput },
  'messages.remove': { input: RemoveMessagesInput, output: UnreadOutput },
  'messages.settings': { input: NoInput, output: MessageSettingsOutput },
  'messages.switch': { input: SwitchKindInput, output: MessageSettingsOutput },
  'messages.granted': { input: GrantedInput, output: MessageSettingsOutput },
} as const;
