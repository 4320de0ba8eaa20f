import type { Finding } from '../../library-systems/connected-system';
import type { Row } from './probe';

const MARKS = { ok: 'ok     ', warning: 'WARNING', error: 'ERROR  ' } as const;
const OPERATION_WIDTH = 22;
const RESULT_WIDTH = 8;

export const findingLine = ({ level, topic, text }: Finding): string => `  ${MARKS[level]} ${topic}: ${text}`;

export const HEAD = `  ${'operation'.padEnd(OPERATION_WIDTH)} ${'result'.padEnd(RESULT_WIDTH)} ${'ms'.padStart(6)}  remark`;

export const rowLine = ({ operation, result, ms, remark }: Row): string =>
  `  ${operation.padEnd(OPERATION_WIDTH)} ${result.padEnd(RESULT_WIDTH)} ${(ms === undefined ? '' : String(ms)).padStart(6)}  ${remark}`.trimEnd();

/** What to do about refusals whose words nobody has mapped to a code. */
export function unmappedLines(texts: readonly string[]): string[] {
  if (texts.length === 0) return [];
  return [
    '',
    'Refusals in words that no pattern knows; readers see them as they are, without a next step.',
    'Give each a line in "denialTexts": {"pattern": "…", "code": "…"} (codes: contracts/denials.ts).',
    ...texts.map((text) => `  ${JSON.stringify(text)}`),
  ];
}
