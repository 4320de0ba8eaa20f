import type { BeginOutput } from '../../../../contracts/onboarding/index';
import { fill, type Language, type Texts } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { moduleTitle } from '../words';

export type Refusal = Exclude<BeginOutput, { paper: unknown }>;

interface RefusalView {
  refusal: { title: string; hint: string; isPause: boolean };
  /** Chapters that come first */
  toRead: { id: string; title: string }[];
}

export const NO_REFUSAL: RefusalView = { refusal: { title: '', hint: '', isPause: false }, toRead: [] };

/** Why there is no paper, and what to do instead. */
export function refusalView(
  { refused, until, modules = [] }: Refusal,
  { paper: t }: Texts,
  language: Language,
): RefusalView {
  const { title, hint } = t.refused[refused];
  const isPause = until !== undefined;
  return {
    refusal: {
      title: isPause ? fill(t.pausedFor, { time: momentText(until, language) }) : title,
      hint,
      isPause,
    },
    toRead: modules.map((id) => ({ id, title: moduleTitle(id, language) })),
  };
}
