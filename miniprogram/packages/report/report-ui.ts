import type { Language } from '../../i18n/index';
import { setTitle } from '../../services/phone';
import { language, settings } from '../../services/settings';
import { texts } from '../../services/ui';
import { reportWords, type ReportWords } from './words/index';

/** What a page of the report has in its data, as `ui` gives it to others. */
export interface ReportUi<S extends keyof ReportWords> {
  t: ReportWords[S];
  common: ReturnType<typeof texts>['common'];
  lang: Language;
  textSize: 'large' | '';
}

export function reportUi<S extends keyof ReportWords>(section: S): ReportUi<S> {
  const { [section]: t } = reportWords(language());
  const textSize = settings().largeText ? 'large' : '';
  return { t, common: texts().common, lang: language(), textSize };
}

interface Page {
  data: { lang: Language; textSize: string };
  setData(data: Record<string, unknown>): void;
}

/**
 * As `refreshUi`, for pages of the report: call it in onShow.
 * @returns whether the language changed, so that texts made from data must be made again
 */
export function refreshReportUi(page: Page, section: keyof ReportWords): boolean {
  const next = reportUi(section);
  const languageChanged = next.lang !== page.data.lang;
  setTitle(texts().nav.report);
  if (languageChanged || next.textSize !== page.data.textSize) page.setData({ ...next });
  return languageChanged;
}
