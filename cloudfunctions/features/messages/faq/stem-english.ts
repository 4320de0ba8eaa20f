/** Endings of inflected words, longest first; what is left must have a vowel and three letters. */
const ENDINGS = [
  'ations',
  'ation',
  'ingly',
  'edly',
  'ings',
  'ing',
  'ied',
  'ies',
  'ed',
  'als',
  'al',
  'ly',
  'es',
  's',
  'e',
];
const VOWEL = /[aeiouy]/;

/**
 * A light stem, so that renew, renews, renewed, renewing and renewal meet. It may cut too much (books and booking
 * are one), never too little for what readers ask; the words beside decide.
 * @param word lower-case Latin letters
 */
export function stemEnglish(word: string): string {
  if (word.length < 4 || word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending)) continue;
    const stem = word.slice(0, -ending.length);
    if (stem.length < 3 || !VOWEL.test(stem)) continue;
    return undouble(ending === 'ies' || ending === 'ied' ? `${stem}y` : stem);
  }
  return word;
}

/** stopp → stop, but not bill, pass, off. */
function undouble(stem: string): string {
  const last = stem.at(-1);
  return stem.length > 3 && last === stem.at(-2) && !'lsfz'.includes(last ?? '') ? stem.slice(0, -1) : stem;
}
