import { dateText } from '../../../cloudfunctions/features/report/engine/local-clock';
import { both } from '../../staff/says';
import type { Findings } from './findings';
import type { Source } from './open-source';
import { printable } from '../../staff/printable';
import { inThousands as n } from './show-progress';
import type { Survey } from './survey-loans';

const SEPARATORS = {
  ',': { en: 'commas', zh: '逗号' },
  ';': { en: 'semicolons', zh: '分号' },
  '\t': { en: 'tabs', zh: '制表符' },
} as const;

const ENCODING_NAMES = {
  'utf-8': 'UTF-8',
  gb18030: 'GBK/GB 18030',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
};

/** How a file was read and what is in it, for whoever has to see whether it was read rightly. */
export function* describeSurvey(source: Source, survey: Survey, season?: string): Generator<string> {
  const { columns, encoding, separator, seen } = survey;
  const form =
    separator === undefined
      ? 'JSON'
      : both({ en: `CSV, ${SEPARATORS[separator].en}`, zh: SEPARATORS[separator].zh });
  yield `${source.name}: ${[form, ENCODING_NAMES[encoding], ...(source.isPacked ? ['gzip'] : [])].join(', ')}`;
  for (const [field, index] of columns.at) yield `  ${field} ← ${columns.nameOf(index)}`;
  if (columns.renewalAt !== undefined)
    yield `  ${both({ en: 'renewals', zh: '续借' })} ← ${columns.nameOf(columns.renewalAt)}`;
  if (columns.unread.length > 0)
    yield `  ${both({ en: 'not read', zh: '未读取' })}: ${columns.unread.join(', ')}`;
  yield both({
    en: `${n(seen.rows)} rows: ${n(seen.loans)} loans, ${n(seen.renewals)} renewals left out, ${n(seen.badRows)} bad rows`,
    zh: `${n(seen.rows)} 行：${n(seen.loans)} 次借阅，略去续借 ${n(seen.renewals)} 行，有错误 ${n(seen.badRows)} 行`,
  });
  if (seen.dated > 0) {
    const [from, to] = [dateText(seen.firstDay), dateText(seen.lastDay)];
    yield both({ en: `Borrowed from ${from} to ${to}`, zh: `借出日期从 ${from} 到 ${to}` });
    if (season !== undefined)
      yield both({
        en: `In ${season}: ${n(seen.inWindow)} loans`,
        zh: `属于 ${season}：${n(seen.inWindow)} 次`,
      });
  }
  const types = [...seen.types].filter(([type]) => type !== '');
  if (types.length > 0) {
    const text = types.map(([type, count]) => `${printable(type)} ${n(count)}`).join(', ');
    yield `${both({ en: 'Loans by type of reader', zh: '各类读者的借阅' })}: ${text}`;
  }
  if (seen.firstTitle !== undefined)
    yield `${both({ en: 'First title', zh: '第一个题名' })}: ${printable(seen.firstTitle)}`;
}

/** The first of them row by row, then how many there are of each kind. */
export function* describeFindings(findings: Findings, what: { en: string; zh: string }): Generator<string> {
  if (findings.total === 0) return;
  yield `${both({
    en: `${n(findings.total)} ${what.en} in ${n(findings.rows)} rows`,
    zh: `${what.zh} ${n(findings.total)} 处，在 ${n(findings.rows)} 行中`,
  })}:`;
  for (const line of findings.shown) yield `  ${line}`;
  const left = findings.total - findings.shown.length;
  if (left <= 0) return;
  yield `  ${both({ en: `… and ${n(left)} more; in all`, zh: `……还有 ${n(left)} 处；合计` })}:`;
  for (const [text, count] of findings.counts) yield `  ${n(count)} × ${text}`;
}
