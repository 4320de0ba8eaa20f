import type { MessageBody } from '../../../../contracts/messages/body';

const query = (path: string, name: string, value: string): string =>
  `${path}?${name}=${encodeURIComponent(value)}`;

/** The page of the mini program to which a message leads, without leading slash. */
export function pageOf(body: MessageBody): string {
  switch (body.kind) {
    case 'recalled':
    case 'dueSoon':
    case 'overdue':
    case 'cannotRenew':
      return 'pages/shelf/shelf';
    case 'holdReady':
    case 'holdExpiring':
      return 'packages/card/holds/holds';
    case 'backOnShelf': {
      const [book] = body.books;
      // of several the inbox has them all
      return body.total === 1 && book
        ? query('pages/book/book', 'bibId', book.bibId)
        : 'packages/messages/inbox/inbox';
    }
    case 'feedbackAnswered':
      return query('packages/messages/ticket/ticket', 'id', body.ticket);
    case 'onboardingResult':
      return query('packages/onboarding/result/result', 'attemptId', body.attempt);
    case 'reportReady':
      return 'packages/report/overview/overview';
  }
}
