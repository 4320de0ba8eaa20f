import type { CutWords } from './cut-words';
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
export const cutIntl: CutWords = (han) => Array.from(segmenter.segment(han), ({ segment }) => segment);
