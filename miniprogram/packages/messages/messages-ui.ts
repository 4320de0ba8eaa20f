import type { Language } from '../../i18n/index';
import { setTitle } from '../../services/phone';
import { language, settings } from '../../services/settings';
import { texts } from '../../services/ui';
import { messagesWords, type MessagesWords } from './words/index';

/** The sections that are pages: each has a title. */
type Section = {
  [S in keyof MessagesWords]: MessagesWords[S] extends { title: string } ? S : never;
}[keyof MessagesWords];

/** What a page of the messages has in its data, as `ui` gives it to others. */
interface MessagesUi<S extends Section> {
  t: MessagesWords[S];
  common: ReturnType<typeof texts>['common'];
  lang: Language;
  textSize: 'large' | '';
}

export function messagesUi<S extends Section>(section: S): MessagesUi<S> {
  const { [section]: t } = messagesWords(language());
  const textSize = settings().largeText ? 'large' : '';
  return { t, common: texts().common, lang: language(), textSize };
}

interface Page {
  data: { lang: Language; textSize: string };
  setData(data: Record<string, unknown>): void;
}

/**
 * As `refreshUi`, for pages of the messages: call it in onShow.
 * @returns whether the language changed, so that texts made from data must be made again
 */
export function refreshMessagesUi(page: Page, section: Section): boolean {
  const next = messagesUi(section);
  const languageChanged = next.lang !== page.data.lang;
  setTitle(next.t.title);
  if (languageChanged || next.textSize !== page.data.textSize) page.setData({ ...next });
  return languageChanged;
}
