/** Cuts a run of Han characters into words. */
export type CutWords = (han: string) => string[];

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** By the dictionary of ICU that Node.js brings: docs/adr/0016 says why by no package. */
export const cutWords: CutWords = (han) => Array.from(segmenter.segment(han), ({ segment }) => segment);
