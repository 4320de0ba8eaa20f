import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { both, number, Refused, Unsound } from '../../staff/says';
import type { Says } from '../../staff/says';
import type { Order } from './order';

/** `settings [FILE.json]`: shows them, or makes those of the file the settings. */
export const changeSettings: Order = async ({ args, call, out, tell, confirm }) => {
  const { by } = args;
  const [file] = args.what;
  const before = await call('onboarding.settings', { by });
  if (file === undefined) {
    out(JSON.stringify(before.settings, null, 2));
    const { bank } = before;
    if (bank)
      tell(
        both({
          en: `Bank: ${number(bank.items, 'question')}, version ${bank.version}.`,
          zh: `题库：${bank.items} 道题，版本 ${bank.version}。`,
        }),
      );
    else tell(both({ en: 'There is no bank yet.', zh: '还没有题库。' }));
    return 0;
  }
  const settings = await readSettings(file);
  const changes = differences(before.settings, settings);
  if (changes.length === 0) {
    out(both({ en: 'Unchanged: these are the settings already.', zh: '没有变化：设置本来就是这样。' }));
    return 0;
  }
  for (const line of changes) tell(line);
  await confirm({
    en: 'Make these the settings? They count within half a minute, for papers that begin from then on.',
    zh: '采用这些设置？半分钟内生效，用于此后开始的试卷。',
  });
  const { settings: now } = await call('onboarding.settings', { by, settings });
  out(JSON.stringify(now, null, 2));
  return 0;
};

/** What is not in the file has its default. @throws {Refused|Unsound} */
async function readSettings(file: string): Promise<OnboardingSettings> {
  let json: unknown;
  try {
    json = JSON.parse((await readFile(file, 'utf8')).replace(/^\ufeff/u, ''));
  } catch {
    throw new Refused({ en: `${file} cannot be read as JSON`, zh: `无法把 ${file} 当作 JSON 读取` });
  }
  const parsed = v.safeParse(OnboardingSettings, json);
  if (parsed.success) return parsed.output;
  throw new Unsound(
    parsed.issues.map((issue) => ({
      file,
      column: `"${v.getDotPath(issue) ?? ''}"`,
      ...explain(issue),
    })),
  );
}

function explain({ type, expected, received, message }: v.InferIssue<typeof OnboardingSettings>): Says {
  if (type === 'strict_object' && expected === 'never')
    return { en: 'there is no such setting', zh: '没有这个设置' };
  if (received === 'undefined') return { en: 'is missing', zh: '缺少这一项' };
  if (expected === 'number')
    return { en: 'expected a number, without quotation marks', zh: '应为数字，不加引号' };
  return { en: message, zh: '不符合要求，请看说明中的设置一节' };
}

function differences(before: OnboardingSettings, after: OnboardingSettings): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof OnboardingSettings)[];
  const text = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value));
  return keys
    .filter((key) => text(before[key]) !== text(after[key]))
    .map((key) => `${key}: ${text(before[key])} → ${text(after[key])}`);
}
