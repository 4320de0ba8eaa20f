import { fill, type Language, type Texts } from '../../../i18n/index';
import { MODULES } from '../content/index';
import type { ModuleProgress } from '../progress';
import { moduleTitle } from '../words';

/** Where the end of a chapter leads. */
export interface Next {
  words: string;
  button: string;
  target: 'module' | 'paper' | 'overview';
  module: string;
}

export const NO_NEXT: Next = { words: '', button: '', target: 'overview', module: '' };

/**
 * What to read after a chapter: first what is to be read again, then what was not read, from here on; then the paper.
 * @param progress of all chapters; empty when it is not known
 */
export function nextAfter(
  id: string,
  progress: readonly ModuleProgress[],
  { learning: t }: Texts,
  language: Language,
): Next {
  const at = MODULES.findIndex((module) => module.id === id);
  const others = [...MODULES.slice(at + 1), ...MODULES.slice(0, Math.max(at, 0))];
  const find = (wanted: (module: ModuleProgress) => boolean) =>
    others.find((other) => progress.some((module) => module.module === other.id && wanted(module)));
  const again = find((module) => module.again);
  const next = progress.length === 0 ? MODULES[at + 1] : (again ?? find((module) => !module.read));
  if (next === undefined) {
    if (progress.length === 0) return { words: '', button: t.toOverview, target: 'overview', module: '' };
    return { words: t.doneAll, button: t.toPaper, target: 'paper', module: '' };
  }
  return {
    words: fill(t.doneNext, { module: moduleTitle(next.id, language) }),
    button: t.nextModule,
    target: 'module',
    module: next.id,
  };
}
