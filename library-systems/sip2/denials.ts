import type { DenialCode, Denied } from '../../contracts/denials';
import type { AdapterContext } from '../connected-system';
import { denialTexts } from '../denial-texts';
import type { Sip2Config } from './config';
import { all } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/**
 * What Koha's and Evergreen's servers say (AF), and words that Chinese systems
 * share. A site's own patterns are asked first.
 */
const BUILT_IN: readonly (readonly [RegExp, DenialCode])[] = [
  [
    /outstanding hold|on hold for|\bon_reserve\b|has holds|被.{0,6}预约|有(人|读者|他人|其他).{0,4}预约/iu,
    'ON_HOLD',
  ],
  [/recall|催还|召回/iu, 'RECALLED'],
  [/too many renew|renewal limit|maximum.{0,12}renew|no more renew|\btoo_many\b/iu, 'TOO_MANY_RENEWALS'],
  [/续借次数|最大续借|已续借过|不能再续/u, 'TOO_MANY_RENEWALS'],
  [/too soon|\btoo_soon\b|[不未]到续借|续借时间未到/iu, 'TOO_SOON'],
  [/auto.?renew|自动续借/iu, 'AUTO_RENEW'],
  [/not checked out to|not on loan to|非本人|未借此书|未找到.{0,6}借阅|没有借阅/iu, 'NOT_YOURS'],
  [/挂失|card.{0,12}(lost|stolen)|(lost|stolen).{0,6}card|reported lost/iu, 'CARD_LOST'],
  [/invalid (password|pin|card)|密码(错误|不正确|有误)/iu, 'BAD_PIN'],
  [/locked|锁定|尝试次数/iu, 'LOCKED'],
  [/expired|证.{0,6}(过期|失效|到期)|有效期/iu, 'EXPIRED'],
  [/owes|\bfines?\b|\bfees?\b|debt|欠款|欠费|罚款|未缴|未交/iu, 'DEBT'],
  [/already (on hold|requested|reserved)|duplicate|重复预约|已经?预约/iu, 'DUPLICATE'],
  [/too many (holds|reserves)|hold limit|预约.{0,6}(上限|已满|超)|超.{0,6}预约/iu, 'TOO_MANY_HOLDS'],
  [/already (on loan|checked out|borrowed)|已借(有|过|阅)此|您已借/iu, 'ALREADY_ON_LOAN'],
  [/on shelf|available for checkout|在架|可直接借/iu, 'ON_SHELF'],
  [/not holdable|cannot be (held|reserved)|holds? not allowed|不(能|可|允许|提供)预约/iu, 'NOT_HOLDABLE'],
  [/pick.?up (location|library)|取书(点|地)/iu, 'BAD_PICKUP'],
  [/overdue|超期|逾期|过期/iu, 'OVERDUE'],
  [/renewals? not allowed|not renewable|cannot be renewed|不(办理|允许|可|能)续借/iu, 'ITEM_TYPE'],
  [/blocked|barred|restricted|suspended|停借|暂停|冻结|注销|黑名单/iu, 'BLOCKED'],
];

/** Greetings and thanks, which say nothing about a reader. */
const SAYS_NOTHING = /^(greetings from \w+\.?|thank you.{0,60}|welcome.{0,60}|欢迎.{0,30}|谢谢.{0,30})\s*/iu;
/** Koha's server joins its messages with this. */
const JOINED = / -- /;
/** Longest text that patterns are tried on, in UTF-16 units. */
const MAX_MATCHED = 500;

export interface Words {
  /** What a server says on its screen (AF), in parts, without what says nothing. */
  partsOf: (answer: Answer) => string[];
  /** A refusal in the library's words; a text that no pattern knows is reported as unmapped. */
  refusal: (answer: Answer) => Denied;
  toDenied: (text: string) => Denied;
  /** The code of a text, where a pattern knows it. */
  codeOf: (text: string) => DenialCode | undefined;
}

export function readWords({ denialTexts: site, ignoredTexts }: Sip2Config, context: AdapterContext): Words {
  const toDenied = denialTexts(site, BUILT_IN, context);
  const codes = denialTexts(site, BUILT_IN, {});
  const ignored = ignoredTexts.map((pattern) => new RegExp(pattern, 'iu'));
  const strip = (text: string): string =>
    ignored.reduce((rest, pattern) => rest.replace(pattern, ''), text.replace(SAYS_NOTHING, '')).trim();
  const partsOf = (answer: Answer): string[] =>
    all(answer, 'AF')
      .flatMap((text) => text.split(JOINED))
      .map((text) => strip(text.trim().slice(0, MAX_MATCHED)))
      .filter((text) => text !== '');
  return {
    partsOf,
    refusal: (answer) => toDenied(partsOf(answer).join(' ')),
    toDenied: (text) => toDenied(text),
    codeOf: (text) => {
      // OTHER stands for "no pattern" as well as for a site's own OTHER; both say nothing more.
      const { code } = codes(text);
      return code === 'OTHER' ? undefined : code;
    },
  };
}
