import { dictionary, type Language, type Texts } from '../i18n/index';
import { language, settings } from './settings';

type Section = keyof Texts;

/** What every page has in its data: its texts and how large they are. */
export interface Ui<S extends Section> {
  t: Texts[S];
  common: Texts['common'];
  /** Language of `t` */
  lang: Language;
  /** Class of the page's root: "large" or nothing */
  textSize: 'large' | '';
}

/** The texts in the language chosen now. */
export function texts(): Texts {
  return dictionary(language());
}

export function ui<S extends Section>(section: S): Ui<S> {
  const { [section]: t, common } = texts();
  return { t, common, lang: language(), textSize: settings().largeText ? 'large' : '' };
}

interface Page {
  data: { lang: Language; textSize: string };
  setData(data: Record<string, unknown>): void;
}

/**
 * Brings a page up to the chosen language and text size; call it in onShow.
 * @returns whether the language changed, so that texts made from data must be made again
 */
export function refreshUi(page: Page, section: Section, title: keyof Texts['nav']): boolean {
  const next = ui(section);
  const languageChanged = next.lang !== page.data.lang;
  void wx.setNavigationBarTitle({ title: texts().nav[title] });
  if (languageChanged || next.textSize !== page.data.textSize) page.setData({ ...next });
  return languageChanged;
}

/** The tab bar can be spoken to only while one of its pages is shown. */
export function refreshTabBar(): void {
  const { tabs } = texts();
  void wx.setTabBarItem({ index: 0, text: tabs.home });
  void wx.setTabBarItem({ index: 1, text: tabs.shelf });
  void wx.setTabBarItem({ index: 2, text: tabs.me });
}
