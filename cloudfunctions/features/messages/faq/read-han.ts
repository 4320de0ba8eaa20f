import { pinyin } from 'pinyin-pro';

/** What follows 还 where it means "still": hai. In a library it is huan, "give back", everywhere else. */
const STILL = new Set('有是在没能可要想会让差不得未剩算用需显挂');

/** Reads a run of Han characters aloud: syllables without tones, one a character, `lv` for 绿. */
export function readHan(han: string): string[] {
  const options = { toneType: 'none', type: 'array', v: true } as const;
  const chars = [...han];
  const syllables = pinyin(han, options);
  const read =
    syllables.length === chars.length ? syllables : chars.map((char) => pinyin(char, options)[0] ?? char);
  return read.map((syllable, at) =>
    chars[at] === '还' ? (STILL.has(chars[at + 1] ?? '') ? 'hai' : 'huan') : syllable,
  );
}
