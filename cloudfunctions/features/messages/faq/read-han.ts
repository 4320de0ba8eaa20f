import { pinyin } from 'pinyin-pro';

/**
 * Reads a run of Han characters aloud: syllables without tones, one a character, `lv` for 绿. Phrases decide between
 * the readings of a character: 还书 is huan shu, 还有 hai you.
 */
export function readHan(han: string): string[] {
  const options = { toneType: 'none', type: 'array', v: true } as const;
  const chars = [...han];
  const syllables = pinyin(han, options);
  return syllables.length === chars.length
    ? syllables
    : chars.map((char) => pinyin(char, options)[0] ?? char);
}
