const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Text for a notice of one line: no line breaks, control characters, half characters or quotes. */
export const cleanText = (text: string): string =>
  text
    .replace(/["“”]/gu, '')
    // beside controls: what only changes the direction of reading
    .replace(/[\p{Cc}\p{Cs}\p{Co}\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/**
 * At most so many characters, with `…` where some are missing. Counted in UTF-16 units, as strictly as anybody may count,
 * and cut between what a reader sees as characters.
 */
export function shorten(text: string, most: number, mark = '…'): string {
  if (text.length <= most) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (kept.length + segment.length + mark.length > most) break;
    kept += segment;
  }
  return kept.trimEnd() + mark;
}
