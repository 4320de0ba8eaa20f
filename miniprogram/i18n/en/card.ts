import type { Texts } from '../zh-CN/index';

export const card: Pick<Texts, 'bind' | 'card' | 'history' | 'privacy'> = {
  bind: {
    consentTitle: 'Before you bind',
    consent: [
      {
        title: 'What is kept',
        text: 'The library’s reference for you, your card number and name with most of it starred out, reader type, department and year, when the card expires, and when you bound it.',
      },
      {
        title: 'What for',
        text: 'To show your loans, renew and place holds. When the library does not answer, you see the list as last read; it is stored encrypted.',
      },
      { title: 'The PIN', text: 'Passed to the library once to be checked, and stored nowhere.' },
      {
        title: 'How to erase it',
        text: 'Unbind under “Card”, or erase everything under “Privacy and my data”, whenever you like. The library’s own records stay as they are.',
      },
    ],
    consentVersion: 'Version {n} of this text',
    agree: 'Agree and go on',
    disagree: 'Not now',
    outdated: 'There is a newer version of this text',
    outdatedHint: 'Leave the mini program and come back to update it, then bind.',
    method: 'How to sign in',
    methods: { pin: 'Card and PIN', 'captcha-pin': 'Card, PIN and captcha', sso: 'Campus sign-in' },
    fields: { cardNumber: 'Card number', pin: 'PIN', captcha: 'Captcha' },
    placeholders: {
      cardNumber: 'The number on your library or campus card',
      pin: 'The library’s PIN, not WeChat’s',
      captcha: 'What the picture says',
    },
    otherPicture: 'Another picture',
    captchaPicture: 'Captcha picture',
    captchaHelp: 'Tap the picture for another. If you cannot see it, the desk can help.',
    wrongCaptcha: {
      title: 'The picture says something else',
      hint: 'There is a new picture now; type what it says, and the PIN again.',
    },
    submit: 'Bind',
    checking: 'The library is checking',
    missing: '{field} is empty',
    countdown: 'Wait {time}',
    waitOver: 'You can try again',
    elsewhereTitle: 'Bound to another WeChat account',
    elsewhereText:
      'Since {time}. To move it here, type the PIN once more to show it is you; the other binding then ends, and that account is told.',
    replace: 'Move it here',
    ssoStep1: '1. Copy the address, open it in your browser and sign in to your campus account.',
    ssoCopy: 'Copy the address',
    ssoStep2: '2. The page then shows a ticket. Copy it and paste it here.',
    ssoTicket: 'Ticket',
    ssoPlaceholder: 'Paste the ticket',
    done: 'Your card is bound',
    noMethods: 'The library does not open sign-in',
    noMethodsHint: 'Its system cannot check readers this way yet.',
  },
  card: {
    barcode: 'Barcode of the card number, to be shown or scanned',
    showName: 'Show name',
    hideName: 'Hide name',
    type: 'Reader type',
    department: 'Department',
    grade: 'Year',
    expires: 'Valid until',
    boundAt: 'Bound on',
    offlineAsOf: 'Not connected; this is as of {time}. The barcode works all the same',
    noPass: 'No barcode on this phone yet',
    noPassHint: 'Read it once with a connection; after that it opens without one.',
    cannotDraw: 'This kind of barcode cannot show your number. Show the number itself.',
    number: 'Card number',
    unbind: 'Unbind',
    unbindAsk:
      'Unbind the card? The stored list of loans, the references of your holds and the barcode on this phone are erased. Your loans stay as they are.',
    unbindYes: 'Unbind',
    unbound: 'Unbound',
    notices: 'The library notes',
  },
  history: {
    offTitle: 'Remember what you have read?',
    offText:
      'Once on, Shutong remembers the books you return, and the yearly report is made from them. Only you see it, and it is stored encrypted; export, erase or switch it off whenever you like. Until then nothing is kept.',
    on: 'Switch on history',
    off: 'Switch off',
    offAsk: 'Nothing new is kept after that; what is kept already stays until you erase it.',
    offYes: 'Switch off',
    turnedOff: 'Switched off',
    sinceLibrary: 'From the library’s records',
    sinceSeen: 'Kept since {day}',
    empty: 'Nothing returned yet',
    emptyHint: 'The books you return will line up here.',
    total: '{n} books',
    totalOne: '1 book',
    span: '{from} to {to}',
    spanOpen: 'from {from}',
    renewals: 'renewed × {n}',
    export: 'Export a table',
    erase: 'Erase',
    eraseAsk:
      'Erase the history that Shutong keeps? It cannot be brought back. The library’s own records are not ours and stay.',
    eraseYes: 'Erase',
    erased: '{n} erased',
    denied: 'The library does not show its records of this card; this is not all.',
    unbound: 'Bind your card first',
    unboundHint: 'History needs to know whose it is.',
    end: 'That is all',
  },
  privacy: {
    intro: 'Shutong knows only what it must.',
    items: [
      {
        title: 'Reading list, scans, searches, language, text size',
        text: 'Kept in WeChat on this phone, never uploaded. Clear them when you like; deleting the mini program deletes them too.',
      },
      {
        title: 'What you search and scan',
        text: 'Sent to the library system to look it up, then forgotten. It is not filed under your name.',
      },
      {
        title: 'Your bound card',
        text: 'The library’s reference for you, your card number and name mostly starred out, reader type and expiry, filed under the code WeChat gives us for you. The PIN passes to the library once and is stored nowhere.',
      },
      {
        title: 'The library induction',
        text: 'What you have read, the papers you answered and when you passed are filed under your card, so that they are there on another phone or account. Unbinding leaves them; “Erase everything about me” with the card bound erases them. Papers are kept 400 days at most.',
      },
      {
        title: 'The list of loans as last read',
        text: 'Stored encrypted, shown when the library does not answer; unbinding erases it.',
      },
      {
        title: 'History and reminders',
        text: 'Kept only once you switch them on, encrypted; export and erase them when you like.',
      },
      {
        title: 'Answers not sent yet',
        text: 'What you answered in the induction test while offline stays on this phone, and goes the moment it is sent. So does when an open test ends and how many you answered, until this phone knows that it was handed in.',
      },
      {
        title: 'Messages and reminders',
        text: 'Your loans and holds are looked at so that you can be told in time. What you were told, how many messages you allowed and what you switched off is kept under your name, its content encrypted, messages for 180 days at most. Unbinding ends it and erases messages about loans and holds.',
      },
      {
        title: 'What you write to the library',
        text: 'The text is kept encrypted, pictures lie in the library’s cloud. Both pass WeChat’s content check before librarians see them, and they do not see who wrote. Delete it when you like, with its pictures.',
      },
      {
        title: 'Questions and feedback that you have begun',
        text: 'Only on this phone, and removed once sent; pictures that you chose are uploaded to the library’s cloud first and removed there when they are not sent within a day.',
      },
      {
        title: 'The barcode of your card',
        text: 'On this phone only, so that it opens without a network; unbinding erases it.',
      },
      {
        title: 'Sign-ins that failed',
        text: 'So that nobody can guess your PIN we note when sign-ins failed: 30 minutes under a code for you, a day under a code for the card number. Neither can be read back to a person, and both are removed by themselves. When you erase everything, those that still count stay until then, and you are told until when.',
      },
      {
        title: 'How often you ask',
        text: 'How many requests you made in ten minutes, so that nobody wears the library’s system out; void after ten minutes. What came of a renewal or a hold is kept two days, so that nothing is done twice.',
      },
      {
        title: 'Camera, calendar and album',
        text: 'Used only when you tap “Scan”, “Add to calendar”, “Save to album” or “Add pictures”. Only the pictures that you choose are read, no others and no appointments.',
      },
    ],
    contract: 'Read the privacy guidelines',
    mine: 'What Shutong keeps for you',
    export: 'Export my data (JSON)',
    eraseAll: 'Erase everything about me',
    eraseAsk:
      'Erase everything that Shutong keeps about you? The binding, the list of loans, history and reminders go, and the records on this phone with them. They cannot be brought back. With a card bound, the library induction goes too: where the library asks for it, it has to be passed again, and a certificate no longer verifies.',
    eraseYes: 'Erase all',
    erasedTitle: 'All erased',
    erased:
      'Records erased: {n}. Your loans, fines and holds are kept by the library itself and stay as they are; ask the library about them.',
    keptBelow: 'A few things stay for a while; they are named on this page.',
    kept: 'What stays for a while',
    keptText: 'Only codes that name nobody, removed by themselves within ten minutes of the time named.',
    keptUntil: {
      signIns:
        'Sign-ins that failed, until {time}. Erased now, somebody could go on guessing PINs by erasing in between.',
      cards:
        'Tries at a card number, without who made them, until {time}. They protect whoever owns the card.',
      erasures:
        'That you erased just now, until {time}. Otherwise erasing again and again would get round the limits.',
      papers:
        'How often a paper of the library induction failed on your card, until {time}. Otherwise erasing would get round the pause.',
    },
    libraryKeeps:
      'The library itself also keeps your loans, fines and holds. They are not ours: erasing here does not touch them.',
    clear: 'Clear the records on this phone',
    clearAsk:
      'Clear reading list, scans, searches and feedback that you have begun? They cannot be brought back.',
    clearConfirm: 'Clear',
    cleared: 'Cleared',
  },
};
