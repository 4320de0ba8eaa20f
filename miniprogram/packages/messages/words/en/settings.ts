import type { MessagesWords } from '../zh-CN/index';

export const settings: MessagesWords['settings'] = {
  title: 'Message settings',
  ruleTitle: 'One tap, one message',
  rule: 'This is WeChat’s rule: each time you tap “Allow”, the library may send you one message. You can tap several times to save some up; they do not expire. Once they are used, tap again.',
  ruleInbox: 'Sent to WeChat or not, every message is kept in Messages.',
  askingTitle: 'At the library',
  asking: {
    always:
      'Each night your loans and holds are looked at, and once more right before a message is sent: for a book that is back you are not reminded.',
    session:
      'Each night your loans and holds are looked at, and once more right before a message is sent. This library wants you to sign in again from time to time; once your sign-in has ended nothing can be seen and you are not reminded until you sign in.',
    never:
      'This library asks for your PIN each time, and Shutong keeps no PIN. So nothing can be asked while you are away: there are no reminders about loans and holds. Other messages come as usual.',
    away: 'The library system does not answer now, so it is not known whether it can be asked for you. Come back in a while.',
    noCard: 'No card is bound, so nobody knows what you have borrowed or wait for.',
  },
  bind: 'Bind my card',
  lookedAt: 'Last looked: {time}',
  notLooked: 'Not looked yet; it will be done in the first night after binding.',
  quiet: 'Nothing is sent from {from} to {until}.',
  groups: { loans: 'Books that you have', holds: 'Books that you wait for', answers: 'Answers to you' },
  kinds: {
    recalled: { name: 'Recalls', when: 'When the library wants a book back early' },
    holdExpiring: { name: 'Last day of a hold', when: 'On the last day that it is kept, and the day before' },
    holdReady: { name: 'Hold ready', when: 'When the book waits at the pickup place' },
    dueSoon: { name: 'Due soon', when: 'Three days before, one message a day at most for all books' },
    overdue: { name: 'Overdue', when: 'On days 1, 3, 7, 14 and 30 after the due date' },
    cannotRenew: {
      name: 'No longer renewable',
      when: 'When a book that is due within a week cannot be renewed because others wait',
    },
    backOnShelf: { name: 'Back on the shelf', when: 'When a title that you watch has a copy in' },
    feedbackAnswered: { name: 'Answers', when: 'When a librarian answers what you wrote' },
    onboardingResult: {
      name: 'Result of the induction',
      when: 'When the test is marked or borrowing opened',
    },
    reportReady: { name: 'Reading report ready', when: 'When it is published and yours is written' },
  },
  off: 'Off: kept in Messages only',
  inboxOnly: 'The library sends none of these to WeChat; kept in Messages only',
  credits: '{n} {n|message|messages} left',
  noCredits: 'None allowed yet: kept in Messages only',
  shared: 'Shared: {kinds}',
  between: ', ',
  refused: 'You refuse this kind in WeChat',
  allow: 'Allow one',
  allowMore: 'Allow one more',
  declined: 'Fine, nothing is sent.',
  openSettings: 'Switch it on in WeChat’s settings',
  openSettingsHint: 'Tap “Notifications” there, allow this kind, then come back and tap “Allow”.',
  stale: 'Could not update. This is as it was a moment ago',
};
