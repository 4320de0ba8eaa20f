import type { Texts } from '../../../i18n/index';
import type { MessagesWords } from '../words/index';

/** The pages that answers lead to, by the name that stands above them. */
const TITLES: Readonly<Record<string, keyof Texts['nav']>> = {
  'packages/card/bind/bind': 'bind',
  'packages/card/card/card': 'card',
  'packages/card/fines/fines': 'fines',
  'packages/card/history/history': 'history',
  'packages/card/holds/holds': 'holds',
  'packages/onboarding/certificate/certificate': 'certificate',
  'packages/onboarding/overview/overview': 'onboarding',
  'packages/report/overview/overview': 'report',
  'pages/me/me': 'me',
  'pages/privacy/privacy': 'privacy',
  'pages/reading-list/reading-list': 'readingList',
  'pages/scan/scan': 'scan',
  'pages/search/search': 'search',
  'pages/shelf/shelf': 'shelf',
};

/** The same, of this package. */
const OWN: Readonly<Record<string, 'ask' | 'write' | 'inbox' | 'settings'>> = {
  'packages/messages/ask/ask': 'ask',
  'packages/messages/inbox/inbox': 'inbox',
  'packages/messages/settings/settings': 'settings',
  'packages/messages/write/write': 'write',
};

/** What a page is called; undefined where it has no name that would help. */
export function pageName(path: string, { nav, tabs }: Texts, words: MessagesWords): string | undefined {
  const own = OWN[path];
  if (own !== undefined) return words[own].title;
  // above the home page stands the name of the app
  if (path === 'pages/home/home') return tabs.home;
  const title = TITLES[path];
  return title === undefined ? undefined : nav[title];
}
