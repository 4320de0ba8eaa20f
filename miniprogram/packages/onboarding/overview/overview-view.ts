import type { OverviewOutput } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { dayAtHome, dayText } from '../../../lib/dates';
import { MODULES } from '../content/index';
import { fillServices, inLanguage, lockedWords, moduleTitle } from '../words';
import type { NextStep } from './next-step';

/** Where the reader stands, in the first lines of the page. */
export interface Hero {
  /** Nothing is asked of this reader, and no time runs */
  isFree: boolean;
  passed: boolean;
  title: string;
  text: string;
  /** How far what the pass opens has been opened */
  unlock: string;
  /** The library's own words, quoted */
  quote: string;
}

export interface ModuleRow {
  id: string;
  icon: string;
  title: string;
  summary: string;
  status: string;
  tone: 'new' | 'begun' | 'read' | 'again';
  /** The one to be read next */
  isNext: boolean;
}

export interface Progress {
  read: number;
  of: number;
  words: string;
  /** Of the ring, in degrees */
  degrees: number;
}

/** The one button, what stands below it, and where it leads. */
export interface Step {
  button: string;
  hint: string;
  target: 'paper' | 'certificate' | 'module' | 'none';
  module: string;
}

export const NO_HERO: Hero = { isFree: false, passed: false, title: '', text: '', unlock: '', quote: '' };
export const NO_PROGRESS: Progress = { read: 0, of: 0, words: '', degrees: 0 };
export const NO_STEP: Step = { button: '', hint: '', target: 'none', module: '' };

export function heroOf(overview: OverviewOutput, texts: Texts, language: Language): Hero {
  const { onboarding: t } = texts;
  const { pass, waiver, standing, locked, open } = overview;
  if (pass !== undefined) {
    const day = dayText(dayAtHome(pass.at), language, '');
    return {
      isFree: false,
      passed: true,
      title: t.passed,
      text: fill(t.passedText, { day, mark: pass.mark }),
      ...openingWords(pass, texts),
    };
  }
  const isFree = standing !== 'required' && open === undefined;
  const rest = { isFree, passed: false, unlock: '', quote: '' };
  if (standing === 'exempt') return { ...rest, title: t.exempt, text: t.exemptText };
  if (standing === 'waived') {
    const opening = waiver === undefined ? {} : openingWords(waiver, texts);
    return { ...rest, title: t.waived, text: waiver?.unlock === 'failed' ? '' : t.waivedText, ...opening };
  }
  const services = lockedWords(locked, texts);
  return { ...rest, title: t.required, text: fillServices(t.requiredText, t.requiredPlain, services) };
}

function openingWords(
  { unlock, libraryOpens, libraryText }: NonNullable<OverviewOutput['waiver']>,
  { onboarding: t, denial }: Texts,
): Pick<Hero, 'unlock' | 'quote'> {
  const opened = libraryOpens ? t.unlocked : t.unlockedHere;
  return {
    unlock: unlock === 'unlocked' ? opened : unlock === 'failed' ? t.unlockFailed : t.unlocking,
    quote: libraryText === undefined ? '' : fill(denial.quote, { text: libraryText }),
  };
}

/** @param modules how far each was read; empty where it is not known: then they are only listed */
export function moduleRows(
  modules: OverviewOutput['modules'],
  next: NextStep | undefined,
  { onboarding: t }: Texts,
  language: Language,
): ModuleRow[] {
  const nextModule = next !== undefined && 'module' in next ? next.module : undefined;
  return MODULES.map((module) => {
    const progress = modules.find((other) => other.module === module.id);
    const { read = false, again = false, cards = 0 } = progress ?? {};
    const tone = again ? 'again' : read ? 'read' : cards > 0 ? 'begun' : 'new';
    return {
      id: module.id,
      icon: `/packages/onboarding/images/${module.id}.svg`,
      title: inLanguage(module.title, language),
      summary: inLanguage(module.summary, language),
      status:
        tone === 'new'
          ? fill(t.minutes, { n: module.minutes })
          : fill(t.states[tone], { n: Math.min(cards, module.cards.length) }),
      tone,
      isNext: module.id === nextModule,
    };
  });
}

export function progressOf({ modules }: OverviewOutput, { onboarding: t }: Texts): Progress {
  const read = modules.filter((module) => module.read && !module.again).length;
  const of = modules.length;
  return {
    read,
    of,
    words: fill(t.progress, { n: read, of }),
    degrees: of === 0 ? 0 : Math.round((360 * read) / of),
  };
}

/** @param time what is left of the open paper or of the pause, as "12:34" */
export function stepWords(
  overview: OverviewOutput,
  next: NextStep,
  time: string,
  { onboarding: t }: Texts,
  language: Language,
): Step {
  const reading = (module: string | undefined, words: string): Pick<Step, 'button' | 'target' | 'module'> =>
    module === undefined
      ? { button: '', target: 'none', module: '' }
      : { button: fill(words, { module: moduleTitle(module, language) }), target: 'module', module };
  const window = overview.rules.window;
  switch (next.kind) {
    case 'passed':
      return { button: t.certificate, hint: '', target: 'certificate', module: '' };
    case 'continue':
      return {
        button: t.continuePaper,
        hint: fill(t.openPaper, { time, n: overview.open?.answered ?? 0 }),
        target: 'paper',
        module: '',
      };
    case 'paused':
      return { ...reading(next.module, t.readAgain), hint: fill(t.paused, { time }) };
    case 'closed':
      return {
        ...reading(next.module, t.goOn),
        hint: window === undefined ? '' : fill(t.closed, windowDays(window, language)),
      };
    case 'read': {
      const untouched = overview.modules.every(({ read, cards }) => !read && cards === 0);
      const words = next.isAgain ? t.readAgain : untouched ? t.begin : t.goOn;
      const n = next.modules.length;
      const left = n === 1 ? t.toPaperFirstOne : fill(t.toPaperFirst, { n });
      return { ...reading(next.module, words), hint: next.isAgain ? t.toPaperAgain : left };
    }
    case 'paper':
      return { button: t.toPaper, hint: '', target: 'paper', module: '' };
  }
}

/** Of an open paper that the server could not be asked about. @param time left, as "12:34"; empty where the phone's clock is in doubt */
export function hintHere({ open }: OverviewOutput, time: string, { onboarding: t }: Texts): string {
  const n = open?.answered ?? 0;
  return time === '' ? fill(t.openPaperUntimed, { n }) : fill(t.openPaperHere, { time, n });
}

const windowDays = (window: { from: string; to: string }, language: Language) => ({
  from: dayText(window.from, language),
  to: dayText(window.to, language),
});

/** The rules of the paper, a line each. */
export function ruleLines(
  { rules }: Pick<OverviewOutput, 'rules'>,
  { onboarding: { ruleLines: t } }: Texts,
  language: Language,
): string[] {
  return [
    fill(t.items, { n: rules.items }),
    fill(t.minutes, { n: rules.minutes }),
    t.save,
    fill(t.pass, { n: rules.passMark }),
    rules.mustRead ? t.retry : t.retryFreely,
    ...(rules.pauseMinutes > 0 ? [fill(t.pause, { n: rules.pauseAfter, m: rules.pauseMinutes })] : []),
    ...(rules.window === undefined ? [] : [fill(t.window, windowDays(rules.window, language))]),
  ];
}
