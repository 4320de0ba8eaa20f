import * as v from 'valibot';

/** An original id, an appid (WeChat's page about functions that take pushes has it there), or an openid. */
const Account = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
/** Seconds since the epoch; of a push of WeChat's never far from now, but no clock is asked here. */
const Seconds = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
  v.maxValue(99_999_999_999),
);
/**
 * Written as a number it may have lost its last digits on the way, so that it is never trusted alone. Of a push to a function
 * WeChat's page shows hex digits, `_` and the time.
 */
const MsgId = v.union([
  v.pipe(v.number(), v.minValue(0), v.finite()),
  v.pipe(v.string(), v.regex(/^[\w-]{1,128}$/)),
]);
const Envelope = v.object({ ToUserName: Account, FromUserName: Account, CreateTime: Seconds });
const Message = v.object({
  ...Envelope.entries,
  MsgId,
  MsgType: v.pipe(v.string(), v.regex(/^[a-z_]{1,32}$/)),
});
const Typed = v.object({ Content: v.string() });
const Event = v.object({
  ...Envelope.entries,
  MsgType: v.literal('event'),
  Event: v.pipe(v.string(), v.regex(/^\w{1,64}$/)),
  EventKey: v.optional(v.string()),
});
const MOST_KEY = 128;

interface Common {
  /** The original id of the account that was written to. */
  to: string;
  /** Who wrote, as that account knows them. */
  from: string;
  /** What makes two pushes the same one. */
  parts: readonly unknown[];
}

/** What WeChat has pushed, as far as anything here answers it. */
export type Push =
  | (Common & { kind: 'text'; text: string })
  /** A picture, a voice, a card of the mini program … */
  | (Common & { kind: 'other' })
  | (Common & { kind: 'event'; event: string; key: string });

/** Reads a push; undefined for what is none. Whether it is WeChat that pushes is judged apart. */
export function readPush(event: unknown): Push | undefined {
  const asEvent = v.safeParse(Event, event);
  if (asEvent.success) return readEvent(asEvent.output, event as Record<string, unknown>);
  const asMessage = v.safeParse(Message, event);
  if (!asMessage.success || asMessage.output.MsgType === 'event') return undefined;
  const { ToUserName: to, FromUserName: from, CreateTime, MsgId: id, MsgType } = asMessage.output;
  const parts = [to, MsgType, String(id), CreateTime];
  if (MsgType !== 'text') return { kind: 'other', to, from, parts };
  const typed = v.safeParse(Typed, event);
  return typed.success ? { kind: 'text', to, from, parts, text: typed.output.Content } : undefined;
}

function readEvent(
  {
    ToUserName: to,
    FromUserName: from,
    CreateTime,
    Event: event,
    EventKey: key = '',
  }: v.InferOutput<typeof Event>,
  { List: list, trace_id: trace }: Record<string, unknown>,
): Push | undefined {
  if (key.length > MOST_KEY) return undefined;
  // two taps within a second are told apart by what they are about
  const about = [...templatesIn(list), ...(typeof trace === 'string' ? [trace.slice(0, MOST_KEY)] : [])];
  return { kind: 'event', to, from, event, key, parts: [to, 'event', event, CreateTime, key, about] };
}

/** `List` is an object for one template and an array for several. */
const templatesIn = (list: unknown): string[] =>
  (Array.isArray(list) ? (list as unknown[]) : [list]).slice(0, 10).flatMap((one) => {
    const parsed = v.safeParse(Listed, one);
    return parsed.success ? [JSON.stringify(parsed.output)] : [];
  });
const Short = v.pipe(v.string(), v.maxLength(MOST_KEY));
const Listed = v.object({
  TemplateId: Short,
  SubscribeStatusString: v.optional(Short),
  MsgID: v.optional(v.union([Short, v.number()])),
});
