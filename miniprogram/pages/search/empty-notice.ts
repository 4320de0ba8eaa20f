import { fill } from '../../i18n/index';
import { texts } from '../../services/ui';

/** What to say, and to offer, when nothing was found. */
export function emptyNotice(text: string, filtered: boolean, oneField: boolean) {
  const { search: t } = texts();
  if (filtered) return { heading: t.noMatchFiltered, hint: '', action: t.clearFilters };
  const heading = fill(t.noMatch, { text });
  return oneField
    ? { heading, hint: t.noMatchHintField, action: t.anyField }
    : { heading, hint: t.noMatchHint, action: '' };
}
