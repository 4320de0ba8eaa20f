import type { SearchField } from '../../contracts/catalog';

/** How the page of a scan is opened: with what was scanned, with what went wrong, or to scan there. */
export type ScanQuery =
  { text: string } | { trouble: 'denied' | 'failed' } | { mode: 'many' | 'history' | 'next' };

/** Opens the page of a title; `barcode` marks the copy that was scanned. */
export function openBook(bibId: string, barcode = ''): void {
  void wx.navigateTo({ url: bookUrl(bibId, barcode) });
}

/** The same, in the place of the page shown. */
export function replaceWithBook(bibId: string, barcode: string): void {
  void wx.redirectTo({ url: bookUrl(bibId, barcode) });
}

export function bookUrl(bibId: string, barcode = ''): string {
  return `/pages/book/book?${queryString(barcode === '' ? { bibId } : { bibId, barcode })}`;
}

export function openSearch(field?: SearchField): void {
  void wx.navigateTo({
    url: `/pages/search/search${field === undefined ? '' : `?${queryString({ field })}`}`,
  });
}

export function openScan(query: ScanQuery): void {
  void wx.navigateTo({ url: `/pages/scan/scan?${queryString(query)}` });
}

export function replaceWithScan(query: ScanQuery): void {
  void wx.redirectTo({ url: `/pages/scan/scan?${queryString(query)}` });
}

export function openReadingList(): void {
  void wx.navigateTo({ url: '/pages/reading-list/reading-list' });
}

export function openPrivacy(): void {
  void wx.navigateTo({ url: '/pages/privacy/privacy' });
}

/** The pages around the card lie in a package of their own, fetched when the first of them is opened. */
export type CardPage = 'bind' | 'card' | 'holds' | 'fines' | 'history';

export function openCardPage(page: CardPage): void {
  void wx.navigateTo({ url: cardPageUrl(page) });
}

export function replaceWithCardPage(page: CardPage): void {
  void wx.redirectTo({ url: cardPageUrl(page) });
}

function cardPageUrl(page: CardPage): string {
  return `/packages/card/${page}/${page}`;
}

/** The pages of the onboarding lie in a package of their own, too. */
export type OnboardingPage = 'overview' | 'module' | 'paper' | 'result' | 'certificate' | 'verify';

export function openOnboarding(page: OnboardingPage, query: Record<string, string> = {}): void {
  void wx.navigateTo({ url: onboardingUrl(page, query) });
}

export function replaceWithOnboarding(page: OnboardingPage, query: Record<string, string> = {}): void {
  void wx.redirectTo({ url: onboardingUrl(page, query) });
}

/** Back to the overview where it lies below; in the place of the page shown where it does not. */
export function backToOnboarding(): void {
  const path = 'packages/onboarding/overview/overview';
  const pages = getCurrentPages();
  const at = pages.map(({ route }) => route).lastIndexOf(path);
  if (at < 0) replaceWithOnboarding('overview');
  else void wx.navigateBack({ delta: pages.length - 1 - at });
}

export function onboardingUrl(page: OnboardingPage, query: Record<string, string> = {}): string {
  const values = queryString(query);
  return `/packages/onboarding/${page}/${page}${values === '' ? '' : `?${values}`}`;
}

/** The pages of the annual report, in a package of their own as well. */
export type ReportPage = 'overview' | 'story' | 'books' | 'share' | 'poster' | 'shared';

export function openReport(page: ReportPage, query: Record<string, string> = {}): void {
  void wx.navigateTo({ url: reportUrl(page, query) });
}

export function replaceWithReport(page: ReportPage, query: Record<string, string> = {}): void {
  void wx.redirectTo({ url: reportUrl(page, query) });
}

export function reportUrl(page: ReportPage, query: Record<string, string> = {}): string {
  const values = queryString(query);
  return `/packages/report/${page}/${page}${values === '' ? '' : `?${values}`}`;
}

/** The pages of the messages, and of questions to the library. */
export type MessagesPage = 'inbox' | 'settings' | 'ask' | 'write' | 'tickets' | 'ticket';

export function openMessages(page: MessagesPage, query: Record<string, string> = {}): void {
  void wx.navigateTo({ url: messagesUrl(page, query) });
}

export function replaceWithMessages(page: MessagesPage, query: Record<string, string> = {}): void {
  void wx.redirectTo({ url: messagesUrl(page, query) });
}

export function messagesUrl(page: MessagesPage, query: Record<string, string> = {}): string {
  const values = queryString(query);
  return `/packages/messages/${page}/${page}${values === '' ? '' : `?${values}`}`;
}

/** Searches for some words. */
export function openSearchFor(text: string): void {
  void wx.navigateTo({ url: `/pages/search/search?${queryString({ q: text })}` });
}

const TABS = ['pages/home/home', 'pages/shelf/shelf', 'pages/me/me'];

/** Opens a page that an answer of the library's names, with or without a query: "packages/card/holds/holds". */
export function openPath(path: string): void {
  if (TABS.includes(path)) void wx.switchTab({ url: `/${path}` });
  else if (/^(pages|packages)\/[\w/-]+(\?.*)?$/.test(path)) void wx.navigateTo({ url: `/${path}` });
}

export function openHome(): void {
  void wx.switchTab({ url: '/pages/home/home' });
}

export function openShelf(): void {
  void wx.switchTab({ url: '/pages/shelf/shelf' });
}

/** One page back; to the home page when this one was opened from outside. */
export function goBack(): void {
  if (getCurrentPages().length > 1) void wx.navigateBack();
  else void wx.switchTab({ url: '/pages/home/home' });
}

/** A value of a page's address as it was before encoding: WeChat passes it on encoded. */
export function queryText(value: string | undefined): string {
  try {
    return decodeURIComponent(value ?? '');
  } catch {
    return value ?? '';
  }
}

function queryString(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
}
