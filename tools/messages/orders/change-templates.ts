import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { MESSAGE_KINDS } from '../../../contracts/messages/kinds';
import { MessageSettings } from '../../../contracts/messages/templates';
import { errorCode } from '../../staff/error-code';
import { both, number, Refused, Unsound } from '../../staff/says';
import type { Says } from '../../staff/says';
import { KIND_NAMES } from '../kind-names';
import type { Order } from './order';

/** `templates [FILE.json]`: shows them, or puts those of the file in the place of all there are. */
export const changeTemplates: Order = async ({ args, call, out, tell, confirm }) => {
  const { by } = args;
  const [file] = args.what;
  const wanted = file === undefined ? undefined : await readSettings(file);
  if (args.dryRun) {
    if (!wanted) throw new Refused({ en: 'name a file to check', zh: '请写出要检查的文件' });
    tellKinds(wanted, tell);
    out(both({ en: 'The file is sound; nothing was changed.', zh: '文件没有问题；没有改动任何内容。' }));
    return 0;
  }
  if (wanted && 'env' in (args.target ?? {})) refuseInvented(wanted);
  const { settings: before } = await call('messages.templates', { by });
  if (!wanted) {
    out(JSON.stringify(before, null, 2));
    tellKinds(before, tell);
    return 0;
  }
  if (JSON.stringify(before) === JSON.stringify(wanted)) {
    out(both({ en: 'Unchanged: it is so already.', zh: '没有变化：设置本来就是这样。' }));
    return 0;
  }
  tellKinds(wanted, tell);
  await confirm({
    en: `Put in ${number(wanted.templates.length, 'template')} in the place of ${before.templates.length}? What readers have allowed of a template that goes is of no use any more.`,
    zh: `用这 ${wanted.templates.length} 个模板替换现有的 ${before.templates.length} 个？被去掉的模板，读者已给的允许就用不上了。`,
  });
  const { settings } = await call('messages.templates', { by, settings: wanted });
  out(JSON.stringify(settings, null, 2));
  return 0;
};

/** Ids of the example, which WeChat does not know. @throws {Refused} */
function refuseInvented({ templates }: MessageSettings): void {
  const invented = templates.map(({ id }) => id).filter((id) => id.startsWith('EXAMPLE-'));
  if (invented.length === 0) return;
  throw new Refused({
    en: `these ids are invented: put in those of your own templates, as WeChat’s console shows them: ${invented.join(', ')}`,
    zh: `这些模板 ID 是示例里虚构的，请换成微信后台显示的模板 ID：${invented.join('、')}`,
  });
}

/** Which kinds go out, and which stay in the inbox. */
function tellKinds({ templates }: MessageSettings, tell: (line: string) => void): void {
  const set = new Set(templates.flatMap(({ kinds }) => kinds));
  const name = (wanted: boolean): Says => {
    const kinds = MESSAGE_KINDS.filter((kind) => set.has(kind) === wanted).map((kind) => KIND_NAMES[kind]);
    return {
      en: kinds.map(({ en }) => en).join(', ') || 'none',
      zh: kinds.map(({ zh }) => zh).join('、') || '无',
    };
  };
  const [sent, kept] = [name(true), name(false)];
  tell(both({ en: `With a template: ${sent.en}`, zh: `有模板：${sent.zh}` }));
  tell(both({ en: `In the inbox only: ${kept.en}`, zh: `仅收件箱：${kept.zh}` }));
}

/** @throws {Refused|Unsound} */
async function readSettings(file: string): Promise<MessageSettings> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).replace(/^\ufeff/u, '');
  } catch (error) {
    const code = errorCode(error);
    throw new Refused({ en: `${file} cannot be read (${code})`, zh: `无法读取 ${file}（${code}）` });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/\s+/gu, ' ') : '';
    throw new Refused({
      en: `${file} is no JSON (${why}): is a comma or a quotation mark missing, or one too many?`,
      zh: `${file} 不是正确的 JSON：请检查逗号、引号是否缺少或多余，是否用了中文标点`,
    });
  }
  const parsed = v.safeParse(MessageSettings, json);
  if (parsed.success) return parsed.output;
  throw new Unsound(
    parsed.issues.map((issue) => {
      const place = v.getDotPath(issue);
      return { file, ...(place !== null && { column: `"${place}"` }), ...explain(issue) };
    }),
  );
}

/** What the schema's own messages say, in Chinese. */
const CHINESE: Readonly<Record<string, string>> = {
  'the id of a template, as the console shows it': '应为后台显示的模板 ID',
  'the name of a field, such as thing1 or time2': '应为字段名，如 thing1、time2',
  'one to five fields': '应有 1–5 个字段',
  'a kind has one template': '一种消息只能用一个模板',
  'a template is named once': '同一个模板只能写一次',
};

function explain({ type, expected, received, message }: v.InferIssue<typeof MessageSettings>): Says {
  if (type === 'strict_object' && expected === 'never')
    return { en: 'there is no such setting', zh: '没有这个设置' };
  if (received === 'undefined') return { en: 'is missing', zh: '缺少这一项' };
  const known = CHINESE[message];
  if (known !== undefined) return { en: message, zh: known };
  if (message.startsWith('a value that does not fit its field'))
    return {
      en: message,
      zh: '内容与字段类型不符：日期用 time、date、thing 或 character_string，数量用 number 等，见说明',
    };
  if (type === 'picklist') return { en: `one of ${expected}`, zh: `应为 ${expected} 之一` };
  return { en: message, zh: '不符合要求，请看说明中的模板一节' };
}
