import * as v from 'valibot';

/**
 * What a reader may be told, the most urgent first: of two that share a permission the first gets it.
 * - recalled: the library wants a loan back early
 * - holdReady, holdExpiring: a hold waits at the pickup place; today or tomorrow is its last day
 * - dueSoon: three days before a loan is due, or fewer when that day was missed
 * - overdue: a loan is late
 * - cannotRenew: a loan that could be renewed cannot be any more
 * - backOnShelf: a title that the reader watches has a copy on the shelf
 * - feedbackAnswered, onboardingResult, reportReady: what the reader has asked for is there
 */
export const MESSAGE_KINDS = [
  'recalled',
  'holdExpiring',
  'holdReady',
  'dueSoon',
  'overdue',
  'cannotRenew',
  'backOnShelf',
  'feedbackAnswered',
  'onboardingResult',
  'reportReady',
] as const;
export const MessageKind = v.picklist(MESSAGE_KINDS);
export type MessageKind = v.InferOutput<typeof MessageKind>;

/** When a reader is asked for permissions, always by a tap of theirs; see PROMPTS. */
export const MOMENTS = [
  'loans',
  'renewed',
  'holdPlaced',
  'watched',
  'feedbackSent',
  'paperHandedIn',
  'reportOptedIn',
  'settings',
] as const;
export type Moment = (typeof MOMENTS)[number];

/** WeChat asks for at most three templates at once. */
export const MOST_TEMPLATES_ASKED = 3;

/** For what is asked at each moment; kinds that share a template are asked for once. `settings`: the kind that was tapped. */
export const PROMPTS: Readonly<Record<Exclude<Moment, 'settings'>, readonly MessageKind[]>> = {
  loans: ['dueSoon', 'overdue', 'recalled'],
  renewed: ['dueSoon', 'cannotRenew', 'recalled'],
  holdPlaced: ['holdReady', 'holdExpiring'],
  watched: ['backOnShelf'],
  feedbackSent: ['feedbackAnswered'],
  paperHandedIn: ['onboardingResult'],
  reportOptedIn: ['reportReady'],
};

/**
 * What became of a message outside of the inbox.
 * - sent: WeChat took it
 * - unknown: WeChat's answer was lost; it is not sent again
 * - waiting: it will be sent, for WeChat takes no more just now
 * - noCredit: the reader had allowed none
 * - switchedOff: the reader has switched this kind off, here or in WeChat
 * - failed: WeChat refused it for a reason that the library's IT must mend
 * - outdated: WeChat took no more, and when it did it was not true any more; it stays in the inbox as it was told
 * - inboxOnly: no template is set up for this kind
 */
export const DELIVERIES = [
  'sent',
  'unknown',
  'waiting',
  'noCredit',
  'switchedOff',
  'failed',
  'outdated',
  'inboxOnly',
] as const;
export type Delivery = (typeof DELIVERIES)[number];
