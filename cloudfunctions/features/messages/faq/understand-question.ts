import { correctHomophones } from './correct-homophones';
import { correctSpelling, type Vocabulary } from './correct-spelling';
import { normalise } from './normalise';
import { readPinyin, type PinyinWords } from './read-pinyin';
import { readHan } from './read-han';
import { isHan, splitRuns } from './units';

export interface Lexicon {
  /** English words of the entries, the synonyms and everyday speech, with how often each is written. */
  english: ReadonlyMap<string, number>;
  spelling: Vocabulary;
  pinyin: PinyinWords;
  /** Han characters that are known to stand together. */
  pairs: ReadonlySet<string>;
}

/** From this share of known letters on, Latin text is English; pinyin has a known word now and then by chance. */
const ENGLISH = 0.6;
/** Shorter English words (me, he, a) are syllables of pinyin just as well. */
const SURE_WORD = 3;

/**
 * The question in one form: normalised, pinyin written in characters, spelling mended. What is neither stays.
 * @param text as it was typed
 */
export function understandQuestion(text: string, lexicon: Lexicon): string {
  const understood: string[] = [];
  let latin: string[] = [];
  for (const run of [...splitRuns(normalise(text)), '']) {
    if (/^[a-z]/.test(run)) {
      latin.push(run);
      continue;
    }
    understood.push(...understandLatin(latin, lexicon), understandHan(run, lexicon));
    latin = [];
  }
  return understood.join(' ').trim();
}

const understandHan = (run: string, { pinyin, pairs }: Lexicon): string =>
  isHan(run) ? correctHomophones(run, readHan(run), pinyin, pairs) : run;

function understandLatin(words: readonly string[], lexicon: Lexicon): string[] {
  const letters = words.join('').length;
  const known = words.filter((word) => lexicon.english.has(word)).join('').length;
  if (known >= letters * ENGLISH) return correctSpelling(words, lexicon.spelling);
  const understood: string[] = [];
  let unsure: string[] = [];
  for (const word of [...words, '']) {
    const sure = word === '' || (word.length >= SURE_WORD && lexicon.english.has(word));
    if (!sure) {
      unsure.push(word);
      continue;
    }
    const read = readPinyin(unsure.join(''), lexicon.pinyin);
    understood.push(...(read === undefined ? correctSpelling(unsure, lexicon.spelling) : [read]), word);
    unsure = [];
  }
  return understood.filter((word) => word !== '');
}
