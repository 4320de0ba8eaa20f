import * as v from 'valibot';
import { Count, Timestamp } from '../fields';
import { DELIVERIES, MessageKind } from './kinds';
import { MessageSettings } from './templates';

const By = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));

/** How far back the staff may look; the inbox keeps no message longer. */
export const MOST_STATUS_DAYS = 180;

/** What the library's staff may order about messages. */
export const messagesStaffApi = {
  /** Shows the templates and accounts, or puts them in; they count everywhere within half a minute. */
  'messages.templates': {
    input: v.object({ by: By, settings: v.optional(MessageSettings) }),
    output: v.object({ settings: MessageSettings }),
  },
  /** How messages fare: numbers only, about no reader. */
  'messages.status': {
    input: v.object({
      by: By,
      days: v.optional(v.pipe(Count, v.minValue(1), v.maxValue(MOST_STATUS_DAYS)), 7),
    }),
    output: v.object({
      asOf: Timestamp,
      /** Messages told since then, by kind and by what became of them. */
      counts: v.array(
        v.object({
          kind: MessageKind,
          delivery: v.picklist(DELIVERIES),
          /** WeChat's number, where it refused. */
          errcode: v.optional(v.pipe(v.number(), v.integer())),
          count: Count,
        }),
      ),
      /** Kinds that have a template. */
      set: v.array(MessageKind),
      /** WeChat takes no more: nothing is sent until then. */
      pausedUntil: v.optional(Timestamp),
      /** Readers with a card; about how many of them the library has answered in the last 24 hours; and where it last did not. */
      readers: Count,
      askedToday: Count,
      failing: Count,
      /** When the library was last asked about anybody. */
      lastAskedAt: v.optional(Timestamp),
      /** Messages that should have gone out half an hour ago or longer; absent where the day has not gone on so long. */
      late: v.optional(Count),
      /** Pushes of WeChat's about permissions, and to customer service, that were taken in the last 24 hours. */
      pushes: Count,
    }),
  },
} as const;
