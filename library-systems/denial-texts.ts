import type { DenialCode, Denied } from '../contracts/denials';
import type { AdapterContext } from './connected-system';
import type { DenialText } from './site-settings';

/** Longest text that patterns are tried on, in UTF-16 units; a site's pattern may be a slow one. */
const MAX_MATCHED = 500;

/**
 * Maps the library's words to a code and keeps them: patterns of the site first,
 * then the adapter's own, in their order. Words that none knows become
 * `fallback`; without one they become OTHER and are reported as unmapped.
 */
export function denialTexts(
  site: readonly DenialText[],
  builtIn: readonly (readonly [RegExp, DenialCode])[],
  { unmapped }: Pick<AdapterContext, 'unmapped'>,
): (libraryText: string, fallback?: DenialCode) => Denied {
  const patterns = [
    ...site.map(({ pattern, code }) => [new RegExp(pattern, 'iu'), code] as const),
    ...builtIn,
  ];
  return (libraryText, fallback) => {
    const text = libraryText.trim();
    const words = text === '' ? {} : { libraryText: text };
    const known = patterns.find(([pattern]) => pattern.test(text.slice(0, MAX_MATCHED)));
    if (known) return { code: known[1], ...words };
    if (fallback === undefined && text !== '') unmapped?.(text);
    return { code: fallback ?? 'OTHER', ...words };
  };
}
