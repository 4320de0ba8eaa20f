import { MESSAGE_KINDS, type MessageKind } from '../../../../contracts/messages/kinds';

const FAMILIES = {
  recalled: 'loans',
  holdExpiring: 'holds',
  holdReady: 'holds',
  dueSoon: 'loans',
  overdue: 'loans',
  cannotRenew: 'loans',
  backOnShelf: 'shelf',
  feedbackAnswered: 'announced',
  onboardingResult: 'announced',
  reportReady: 'announced',
} as const satisfies Record<MessageKind, string>;

/** What a kind of message is about: what the library lists of a reader, of a title, or what a feature has announced. */
export const familyOf = (kind: MessageKind): (typeof FAMILIES)[MessageKind] => FAMILIES[kind];

export const ANNOUNCED = MESSAGE_KINDS.filter((kind) => familyOf(kind) === 'announced');

export const isAskedOfLibrary = (kind: MessageKind): boolean => familyOf(kind) !== 'announced';
