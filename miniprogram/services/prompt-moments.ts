import type { MessageKind, Moment } from '../../contracts/messages/kinds';

/**
 * For what is asked at each moment: PROMPTS of contracts/messages/kinds.ts, written again because the app takes only types
 * from the contracts; a test holds one against the other.
 */
export const PROMPTS: Readonly<Record<Exclude<Moment, 'settings'>, readonly MessageKind[]>> = {
  loans: ['dueSoon', 'overdue', 'recalled'],
  renewed: ['dueSoon', 'cannotRenew', 'recalled'],
  holdPlaced: ['holdReady', 'holdExpiring'],
  watched: ['backOnShelf'],
  feedbackSent: ['feedbackAnswered'],
  paperHandedIn: ['onboardingResult'],
  reportOptedIn: ['reportReady'],
};

export const MOST_TEMPLATES_ASKED = 3;

/** What is told only where the library can be asked about the reader. */
export const NEED_LIBRARY: ReadonlySet<MessageKind> = new Set([
  'recalled',
  'holdExpiring',
  'holdReady',
  'dueSoon',
  'overdue',
  'cannotRenew',
]);
