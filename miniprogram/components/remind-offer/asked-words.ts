import { fill, type Texts } from '../../i18n/index';
import type { Asked } from '../../services/ask-to-remind';

/** What became of the question, in words; `settings`: WeChat's own settings can change it. */
export function askedWords(asked: Asked, { remind: t }: Texts): { words: string; settings: boolean } {
  switch (asked.kind) {
    case 'allowed': {
      const kinds = asked.kinds.map((kind) => t.kinds[kind]).join(t.between);
      return { words: fill(asked.kinds.length === 1 ? t.allowedOne : t.allowed, { kinds }), settings: false };
    }
    case 'switchedOff':
      return { words: t.switchedOff, settings: true };
    default:
      return { words: t[asked.kind], settings: false };
  }
}
