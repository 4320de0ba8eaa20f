import type { ChatWords } from './zh';

export const en: ChatWords = {
  greeting:
    'Hello, this is Shutong. Just type what you want to know, such as “when do you close” or “how do I place a hold”.',
  canDo:
    'You can also send:\n· a title or an ISBN, to see whether we have it\n· “my loans”, for what you have and when it is due\n· “renew”, to renew all that can be renewed\n· “librarian” and your question, for a human to answer',
  otherLanguage: '也可以用中文写。',
  onlyText: 'I can read words only. Please type your question.',
  welcome: 'Thank you for following. This is Shutong: ask me anything about the library.',
  tooLong: (most) =>
    `That is more than ${most} characters, so I have not read it, lest I get it wrong. Please send the one sentence that matters; to give the whole text to a librarian, write it under “Write to the library” in the mini program.`,
  rejected:
    'WeChat’s content check did not let this pass, so I cannot deal with it. Please put it another way.',
  tooMany: 'You are writing faster than I can answer. Come back in a few minutes.',
  defect:
    'Something went wrong on our side, and this was not done. Try again in a while; if it still fails, tell us under “Write to the library” in the mini program.',

  nearest: 'Did you mean:',
  pick: 'Reply with a number for the answer; if it is none of these, reply “librarian”.',
  others: 'Related; reply with a number to read on:',
  none: 'I do not know that one. Reply “librarian” and I will pass it on to a human.',
  noneOfficial:
    'I do not know that one. Try other words, or ask a librarian under “Write to the library” in the mini program.',
  gone: 'That was too long ago for me to remember. Please ask again.',

  handedOn: 'Passed on to a librarian. The answer will be under “What I wrote” in the mini program.',
  handedOnUnchecked:
    'Kept. WeChat’s content check has not answered yet; once it has passed, a librarian can see it. The answer will be under “What I wrote” in the mini program.',
  handWhat:
    'To reach a librarian, send your question along, for example: librarian My card does not open the gate',
  handTooMany:
    'Several of your questions are waiting for a librarian already. They are under “What I wrote” in the mini program.',
  handNotHere:
    'I cannot pass it on from the official account. Please write under “Write to the library” in the mini program; a librarian answers there.',
  handDesk: 'I am calling a colleague.',

  bind: 'I can see your loans only once your library card is bound. Once is enough, in the mini program.',
  signIn:
    'The library wants you to sign in again before I can look. Do that in the mini program, then write again.',
  notLinked:
    'In the official account I cannot tell which reader you are, so loans are for the mini program only.',
  away: 'The library’s system does not answer just now, so I cannot tell. Please try again in a while.',
  awayNothingDone:
    'The library’s system does not answer just now; nothing was renewed. Please try again in a while.',
  busy: 'What you asked before is not finished yet. Please try again in a while.',
  unsupported: 'This library’s system does not offer that. Please ask at the desk.',
  denied: 'The library said no: ',

  loansCount: (n) => (n === 1 ? '1 book on loan:' : `${n} books on loan:`),
  noLoans: 'You have no books on loan.',
  stale: (at) =>
    `The library’s system does not answer just now. This is as of ${at}; changes since then are not shown.`,
  due: (day) => `due ${day}`,
  overdue: (day) => `was due ${day}, overdue`,
  more: (n) => `Not listed here: ${n} more.`,
  renewHint: 'Reply “renew” to renew all that can be renewed.',

  renewed: (n) => `Renewed: ${n}`,
  refused: (n) => `Not renewed: ${n}`,
  unknown: (n) =>
    `Not certain: ${n}. The library did not reply; they may have been renewed or not. See the due dates under “Shelf”.`,
  untitled: 'a book',
  nothingToRenew: 'You have no books on loan, so there is nothing to renew.',
  newDue: (day) => `due ${day}`,
  quote: (text) => ` (the library: “${text}”)`,

  noHolds: 'You have no holds.',
  holdsCount: (n) => (n === 1 ? '1 hold:' : `${n} holds:`),
  holdReady: (place, until) =>
    `ready for pickup${place === '' ? '' : ` at ${place}`}${until === '' ? '' : `, kept until ${until}`}`,
  holdWaiting: (position) => (position === '' ? 'waiting' : `waiting, number ${position} in the queue`),
  holdInTransit: 'on its way',
  holdExpired: 'was not picked up in time',
  holdUnknown: 'state not known; ask at the desk',

  found: (n) => (n > 1 ? `${n} titles found; the first ones:` : 'We have it:'),
  notFound: 'I found no such book here. Try other words, or ask a librarian.',
  notFoundIsbn: (isbn) => `The library has no book with the ISBN ${isbn}.`,
  onShelf: (n, total) => `on the shelf: ${n} of ${total}`,
  allOut: (total, back) => `copies: ${total}, all out${back === '' ? '' : `; ${back}`}`,
  firstDue: (day) => `the first is due ${day}`,
  returnOverdue: 'return overdue',
  noCopies: 'no copy that is lent',
  shelved: (place, callNumber) => [place, callNumber].filter((part) => part !== '').join(', '),
  copiesUnknown: 'I could not look up whether it is in',

  cut: '… Read on in the mini program.',
  pages: {
    bind: 'Bind your card',
    signIn: 'Sign in again',
    shelf: 'Open Shelf',
    holds: 'See your holds',
    book: 'See this book',
    search: 'Search for books',
    tickets: 'Open “What I wrote”',
    write: 'Write to the library',
    there: 'Go there',
  },
  page: (label) => `(in the mini program: ${label})`,
  list: ', ',
};
