import { MODULES } from '../../../contracts/onboarding/words';
import { wrong } from '../../staff/arguments';
import { MODULE_NAMES } from '../bank/names';
import { readBank } from '../bank/read-bank';
import type { Bank } from '../bank/read-bank';
import { putBank } from '../put-bank';
import { both, number } from '../../staff/says';
import type { Order } from './order';

/** `import FILE…`: checks the files as one bank and makes it the bank from now on, whole or not at all. */
export const importBank: Order = async ({ args, call, out, tell, today, confirm }) => {
  if (args.what.length === 0) throw wrong('name the files of the bank', '请写出题库文件');
  const bank = await readBank(args.what, today);
  for (const line of summarize(bank)) out(line);
  if (args.dryRun) {
    out(both({ en: 'Sound. Nothing was sent (--dry-run).', zh: '没有错误。未发送（--dry-run）。' }));
    return 0;
  }
  await confirm({
    en: `Make ${number(bank.items.length, 'question')} the bank from now on? Papers that are open stay as they are.`,
    zh: `从现在起使用这 ${bank.items.length} 道题？已经开始的试卷不变。`,
  });
  const { changed, version, before } = await putBank(bank, args.by, call, (done, of) =>
    tell(both({ en: `sent ${done} of ${of} parts`, zh: `已发送 ${done}/${of} 部分` })),
  );
  out(
    changed
      ? both({
          en: `Published: ${number(bank.items.length, 'question')}, version ${version}.`,
          zh: `已发布，共 ${bank.items.length} 道题，版本 ${version}。`,
        })
      : both({
          en: `Unchanged: the bank has this very content already (version ${version}).`,
          zh: `没有变化：题库内容本来就是这些（版本 ${version}）。`,
        }),
  );
  if (before !== undefined) {
    tell(
      both({
        en: `To go back: export-bank FILE.xlsx --version ${before}, then import that file.`,
        zh: `要换回旧题库：先 export-bank FILE.xlsx --version ${before}，再导入这个文件。`,
      }),
    );
  }
  return 0;
};

function* summarize({ items, read }: Bank): Generator<string> {
  for (const { file, readAs, items: count } of read) {
    yield `${file}: ${readAs}, ${both({ en: number(count, 'question'), zh: `${count} 道题` })}`;
  }
  for (const module of MODULES) {
    const own = items.filter((item) => item.module === module);
    const mustKnow = own.filter((item) => item.mustKnow !== undefined).length;
    const counts = both({
      en: `${own.length}, must-know ${mustKnow}`,
      zh: `${own.length} 道，必会 ${mustKnow} 道`,
    });
    yield `  ${module} ${MODULE_NAMES[module]}: ${counts}`;
  }
  // Whoever sees the first question sees whether the letters were read rightly.
  const [first] = items;
  if (first) yield `  ${first.id}: ${first.stem.zh}`;
}
