import type { DenialCode, Denied } from '../../contracts/denials';
import type { AdapterContext } from '../connected-system';
import { denialTexts } from '../denial-texts';
import type { Sip2Config } from './config';
import { all } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

/** Nothing is owed or late: `欠款：0.00元`, `超期 0 册`. */
const NONE = '(?!\\D{0,6}(?<!\\d)0+(?:\\.0+)?(?![\\d.]))';
const pattern = (...sources: string[]): RegExp => new RegExp(sources.join('|'), 'iu');

/**
 * What Koha's and Evergreen's servers say (AF), and words that Chinese systems
 * share. A site's own patterns are asked first. Servers also tell what is well
 * (没有欠款, 有效期至…) in the same field: a word counts only where it is not denied.
 */
const BUILT_IN: readonly (readonly [RegExp, DenialCode])[] = [
  [/outstanding hold|on hold for|\bon_reserve\b|has holds/iu, 'ON_HOLD'],
  [
    /(?<![未没])被.{0,6}预约|(?<!没)有(人|读者|他人|其他).{0,4}预约|预约.{0,6}(不能|不可|不得|无法)续借/u,
    'ON_HOLD',
  ],
  [/recall|催还|召回/iu, 'RECALLED'],
  [/too many renew|renewal limit|maximum.{0,12}renew|no more renew|\btoo_many\b/iu, 'TOO_MANY_RENEWALS'],
  [
    /(超|达|满|完).{0,6}续借次数|续借次数.{0,4}(超|达|满|完|上限|不足)|最大续借|已续借过|不能再续/u,
    'TOO_MANY_RENEWALS',
  ],
  [/too soon|\btoo_soon\b|[不未]到续借|续借时间未到/iu, 'TOO_SOON'],
  [/auto.?renew|自动续借/iu, 'AUTO_RENEW'],
  [/not checked out to|not on loan to|非本人|未借此书|未找到.{0,6}借阅|没有借阅(?!权|资格)/iu, 'NOT_YOURS'],
  [/(?<!未|解除|取消|如需|办理|申请|若|如)挂失(?!请|者|须知|电话|热线|办理|手续|登记|补办)/u, 'CARD_LOST'],
  [
    /^(?!.*(\bif\b|\bnot (reported )?(lost|stolen)|\?)).*(\bcard\b.{0,12}\b(lost|stolen)|\b(lost|stolen)\b.{0,6}\bcard\b)/iu,
    'CARD_LOST',
  ],
  [/invalid (password|pin|card)|密码(错误|不正确|有误)/iu, 'BAD_PIN'],
  [
    /(?<!not )\blocked\b|(?<!未)锁定|(超|达|过多).{0,6}尝试次数|尝试次数.{0,4}(超|达|过多|用完|上限)/iu,
    'LOCKED',
  ],
  [
    /(?<!not )\bexpired\b|证.{0,6}(?<!即将|快|未)(过期|失效|到期)|(过|超|不在).{0,4}有效期|有效期.{0,2}(已过|已满|已到)/iu,
    'EXPIRED',
  ],
  [
    pattern(
      `\\bowes\\b${NONE}`,
      `(?<!\\bno )\\b(?:fines?|fees?|debts?)\\b${NONE}`,
      `(?<!无|没有|未)(?:欠款|欠费|罚款)${NONE}`,
      '未缴|未交',
    ),
    'DEBT',
  ],
  [/already (on hold|requested|reserved)|duplicate|重复预约|已经?预约/iu, 'DUPLICATE'],
  [/too many (holds|reserves)|hold limit|预约.{0,6}(上限|已满|超)|超.{0,6}预约/iu, 'TOO_MANY_HOLDS'],
  [/already (on loan|checked out|borrowed)|已借(有|过|阅)此|您已借/iu, 'ALREADY_ON_LOAN'],
  [/(?<!not )(on shelf|available for checkout)|(?<!不|未|没有?)在架|可直接借/iu, 'ON_SHELF'],
  [/not holdable|cannot be (held|reserved)|holds? not allowed|不(能|可|允许|提供)预约/iu, 'NOT_HOLDABLE'],
  [/pick.?up (location|library)|取书(点|地)/iu, 'BAD_PICKUP'],
  [pattern(`(?<!\\bno |\\bnot )\\boverdue\\b${NONE}`, `(?<!无|没有|未)(?:超期|逾期|过期)${NONE}`), 'OVERDUE'],
  [/renewals? not allowed|not renewable|cannot be renewed|不(办理|允许|可|能)续借/iu, 'ITEM_TYPE'],
  [/blocked|barred|restricted|suspended|没有借阅(权|资格)|停借|暂停|冻结|注销|黑名单/iu, 'BLOCKED'],
];

/** Greetings and thanks to the end of their sentence, which say nothing about a reader. */
const SAYS_NOTHING =
  /^(?:(?:greetings from \w+|thank you|welcome|欢迎|谢谢)[^.!;。！；]{0,60}[.!;。！；]*\s*)+/iu;
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
  const isKnown = (text: string): boolean => codes(text).code !== 'OTHER';
  // "欢迎使用，您的证已挂失" is more than a greeting.
  const ungreet = (text: string): string =>
    text.replace(SAYS_NOTHING, (greeting) => (isKnown(greeting) ? greeting : ''));
  const strip = (text: string): string =>
    ignored.reduce((rest, one) => rest.replace(one, ''), ungreet(text)).trim();
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
