import type { ResultOutput } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { inLanguage, moduleTitle } from '../words';

export interface ResultView {
  passed: boolean;
  title: string;
  /** What is missing, or a kind word */
  text: string;
  mark: string;
  right: string;
  modules: ModuleLine[];
  wrong: WrongLine[];
}

interface ModuleLine {
  id: string;
  title: string;
  words: string;
  percent: number;
  again: boolean;
}

interface WrongLine {
  place: number;
  module: string;
  mustKnow: boolean;
  stem: string;
  /** What was chosen, a line each; empty where nothing was */
  chosen: string[];
  explanation: string;
}

export const NO_RESULT: ResultView = {
  passed: false,
  title: '',
  text: '',
  mark: '',
  right: '',
  modules: [],
  wrong: [],
};

export function resultView(result: ResultOutput, { result: t }: Texts, language: Language): ResultView {
  return {
    passed: result.passed,
    title: result.passed ? t.passed : isClose(result) ? t.nearly : t.failed,
    text: result.passed ? (result.wrong.length === 0 ? t.perfect : t.passedText) : missingWords(result, t),
    mark: fill(t.mark, { n: result.mark }),
    right: fill(t.right, { n: result.right, of: result.total }),
    modules: result.modules.map(({ module, right, total, again }) => ({
      id: module,
      title: moduleTitle(module, language),
      words: fill(t.moduleRight, { n: right, of: total }),
      percent: total === 0 ? 0 : Math.round((100 * right) / total),
      again,
    })),
    wrong: result.wrong.map((item) => ({
      place: item.place,
      module: moduleTitle(item.module, language),
      mustKnow: item.mustKnow,
      stem: inLanguage(item.stem, language),
      chosen: item.chosen.map((words) => inLanguage(words, language)),
      explanation: inLanguage(item.explanation, language),
    })),
  };
}

/** Within so many points a kind word is still true. */
const CLOSE = 15;
const isClose = ({ mark, passMark }: ResultOutput): boolean => passMark - mark <= CLOSE;

/** How many more had to be right, and whether one of those that count by themselves was wrong. */
function missingWords(result: ResultOutput, t: Texts['result']): string {
  const { passMark, right, total, mark, mustKnowMissed } = result;
  if (mark >= passMark) return t.needMustKnow;
  const m = Math.ceil((passMark * total) / 100) - right;
  return fill(mustKnowMissed ? t.needBoth : t.needMark, { n: passMark, m });
}
