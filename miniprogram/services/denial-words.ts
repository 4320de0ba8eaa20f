import type { Denied } from '../../contracts/denials';
import { fill } from '../i18n/index';
import { dayText } from '../lib/dates';
import type { FaultNotice } from './fault-notice';
import { language } from './settings';
import { texts } from './ui';

/** Why the library says no, ready to be shown. */
export interface DenialWords {
  title: string;
  /** The next step */
  hint: string;
  /** The library's own words, quoted; empty when it has none */
  quote: string;
}

export const NO_DENIAL: DenialWords = { title: '', hint: '', quote: '' };

export function denialWords({ code, libraryText = '', retryAt }: Denied): DenialWords {
  const { denials, denial } = texts();
  // A function newer than this app may answer with a code that it does not know.
  const { title, hint } = (denials as Partial<typeof denials>)[code] ?? denials.OTHER;
  const later = retryAt !== undefined && Date.parse(retryAt) - Date.now() > DAY_MS;
  const retry = later ? fill(denial.retryOn, { day: dayText(retryAt, language()) }) : '';
  return {
    title,
    hint: [hint, retry].filter((part) => part !== '').join(language() === 'en' ? ' ' : ''),
    quote: libraryText === '' ? '' : fill(denial.quote, { text: libraryText }),
  };
}

/** The same as a page shows it in place of its content. */
export function denialNotice(denied: Denied): FaultNotice {
  const { title, hint, quote } = denialWords(denied);
  return { title, hint, action: texts().common.retry, note: quote };
}

const DAY_MS = 86_400_000;
