import type { MessageBody } from '../../../../contracts/messages/body';
import {
  openBook,
  openCardPage,
  openMessages,
  openOnboarding,
  openReport,
  openShelf,
} from '../../../services/navigate';
import type { MessagesWords } from '../words/index';

type Place = keyof MessagesWords['inbox']['leads'];

/** Where what a message tells is done; undefined where each of its books has a place of its own. */
export function placeOf(body: MessageBody): Place | undefined {
  switch (body.kind) {
    case 'recalled':
    case 'dueSoon':
    case 'overdue':
    case 'cannotRenew':
      return 'shelf';
    case 'holdReady':
    case 'holdExpiring':
      return 'holds';
    case 'backOnShelf':
      return body.total === 1 ? 'book' : undefined;
    case 'feedbackAnswered':
      return 'ticket';
    case 'onboardingResult':
      return 'result';
    case 'reportReady':
      return 'report';
    default:
      return undefined;
  }
}

/** Opens that place. */
export function leadTo(body: MessageBody): void {
  switch (body.kind) {
    case 'holdReady':
    case 'holdExpiring':
      openCardPage('holds');
      return;
    case 'backOnShelf':
      if (body.total === 1 && body.books[0] !== undefined) openBook(body.books[0].bibId);
      return;
    case 'feedbackAnswered':
      openMessages('ticket', { id: body.ticket });
      return;
    case 'onboardingResult':
      openOnboarding('result', { attemptId: body.attempt });
      return;
    case 'reportReady':
      openReport('overview');
      return;
    default:
      if (placeOf(body) === 'shelf') openShelf();
  }
}
