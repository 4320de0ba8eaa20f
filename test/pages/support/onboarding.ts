import type { OverviewOutput, Paper, PaperItem, ResultOutput } from '../../../contracts/onboarding';
import { MODULES } from '../../../contracts/onboarding/words';

export const ATTEMPT = 'reader-attempt-1';

type Module = (typeof MODULES)[number];

/** How far each chapter was read: all of them, or as said. */
export function chapters(
  change: Partial<Record<Module, Partial<OverviewOutput['modules'][number]>>> = {},
  read = true,
): OverviewOutput['modules'] {
  return MODULES.map((module) => ({ module, read, cards: 0, again: false, ...change[module] }));
}

export function overview(change: Partial<OverviewOutput> = {}): OverviewOutput {
  return {
    now: new Date().toISOString(),
    standing: 'required',
    locked: ['holds.place', 'borrowing'],
    readerCode: '0123-4567-89AB',
    modules: chapters(),
    rules: { items: 20, passMark: 80, minutes: 30, pauseAfter: 3, pauseMinutes: 10, mustRead: true },
    campuses: [],
    failures: 0,
    ...change,
  };
}

const words = (text: string) => ({ zh: text, en: `${text} (en)` });

export function item(type: PaperItem['type'], n: number): PaperItem {
  const options = type === 'true-false' ? ['对', '错'] : ['甲', '乙', '丙', '丁'];
  return {
    module: MODULES[n % MODULES.length]!,
    type,
    stem: words(`题干${n}`),
    options: options.map(words),
  };
}

export function paper(change: Partial<Paper> = {}): Paper {
  const types = ['single', 'multiple', 'true-false', 'order', 'locate'] as const;
  return {
    attemptId: ATTEMPT,
    now: new Date().toISOString(),
    endsAt: new Date(Date.now() + 30 * 60_000).toISOString(),
    items: types.map(item),
    answers: {},
    ...change,
  };
}

export function result(change: Partial<ResultOutput> = {}): ResultOutput {
  return {
    attemptId: ATTEMPT,
    passed: false,
    mark: 70,
    passMark: 80,
    right: 14,
    total: 20,
    mustKnowMissed: false,
    late: false,
    submittedAt: new Date().toISOString(),
    modules: MODULES.map((module) => ({ module, right: 2, total: 2, again: false })),
    wrong: [],
    mustRead: true,
    failures: 1,
    ...change,
  };
}
