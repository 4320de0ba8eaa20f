import { MODULE_NAMES, TYPE_NAMES } from '../bank/names';
import type { Order } from './order';

/** `preview`: a paper as a reader would get it, with its answers. The same seed gives the same paper. */
export const previewPaper: Order = async ({ args, call, out }) => {
  const paper = await call('onboarding.preview', { by: args.by, seed: args.seed });
  if (args.json) {
    out(JSON.stringify(paper, null, 2));
    return 0;
  }
  paper.items.forEach(({ id, module, type, stem, options, right }, i) => {
    out(`${i + 1}. [${MODULE_NAMES[module]}, ${TYPE_NAMES[type]}, ${id}] ${stem.zh}`);
    out(`   ${stem.en}`);
    options.forEach(({ zh, en }, place) => {
      const rank = right.indexOf(place);
      const mark = rank < 0 ? ' ' : type === 'order' ? String(rank + 1) : '✓';
      out(`   ${mark} ${String.fromCharCode(65 + place)}. ${zh} / ${en}`);
    });
  });
  return 0;
};
