import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { both } from '../../staff/says';
import type { Order } from './order';

/** Below this many answers, difficulty and discrimination are hardly more than chance. */
const LEAST_ASKED = 30;

/** `stats`: completion by college and grade, and how each question does. */
export const showStatistics: Order = async ({ args, call, out }) => {
  const statistics = await call('onboarding.statistics', { by: args.by });
  if (args.json) {
    out(JSON.stringify(statistics, null, 2));
    return 0;
  }
  const { asOf, groups, items } = statistics;
  const time = timeAtHome(asOf);
  out(both({ en: `As of ${time}`, zh: `截至 ${time}` }));
  out('');
  out('begun 开始\tpassed 通过\twaived 免除\tgrade 年级\tcollege 学院');
  for (const { begun, passed, waived, grade, college } of groups) {
    out(`${begun}\t${passed}${percent(passed, begun)}\t${waived}\t${grade || '–'}\t${college || '–'}`);
  }
  out('');
  out('asked 次数\tright 难度\tdiscr. 区分度\titem 题目\tremark 备注');
  for (const item of items) {
    const { asked, difficulty, discrimination } = item;
    const telling = discrimination === undefined ? '–' : discrimination.toFixed(2);
    out(`${asked}\t${difficulty.toFixed(2)}\t${telling}\t${item.id} v${item.version}\t${remark(item)}`);
  }
  return 0;
};

/** Of none there is no share. */
const percent = (part: number, of: number): string =>
  of === 0 ? '' : ` (${Math.round((100 * part) / of)}%)`;

function remark(item: StaffOutput<'onboarding.statistics'>['items'][number]): string {
  const { asked, difficulty, discrimination } = item;
  if (asked < LEAST_ASKED) return both({ en: 'too few answers yet', zh: '作答太少' });
  if (discrimination !== undefined && discrimination < 0) {
    return both({ en: 'look at it: who knows more gets it wrong', zh: '请检查：水平高的反而答错' });
  }
  if (difficulty < 0.3) return both({ en: 'very hard, or its key is wrong', zh: '太难，或答案有误' });
  if (difficulty > 0.97) return both({ en: 'nearly everybody is right', zh: '几乎人人答对' });
  return '';
}
