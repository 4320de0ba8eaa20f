import type { Finding } from '../connected-system';
import { describeItems } from '../marc';
import type { MarcRecord } from '../marc';
import type { SruConfig } from './config';
import { itemFieldsOf } from './describe-record';

const notMarc = ({ recordSchema }: SruConfig): Finding => ({
  topic: 'configuration',
  level: 'error',
  text: `The records in the schema ${recordSchema} are no MARCXML: set recordSchema to the server's name of MARCXML`,
});

/** UTF-8 that was taken for Latin-1 or Windows-1252, or damage that stands in the record. */
const MOJIBAKE =
  /\ufffd|[\u00c2\u00c3][\u0080-\u00bf]|[\u00e3-\u00e9][\u0080-\u00bf\u2018-\u201e\u0152\u0153\u0160\u0161]{2}/;

/** What one record shows of format, character set, copies and branches. */
export function lookAtRecord(config: SruConfig, marc: MarcRecord | undefined): Finding[] {
  if (!marc) return [notMarc(config)];
  const findings: Finding[] = [];
  const titleField = { marc21: '245', unimarc: '200' } as const;
  const { format } = config.marc;
  const other = format === 'marc21' ? 'unimarc' : 'marc21';
  const has = (tag: string): boolean => marc.data.some((field) => field.tag === tag);
  if (!has(titleField[format])) {
    findings.push({
      topic: 'configuration',
      level: 'error',
      text: has(titleField[other])
        ? `The records are ${other}, not ${format}: set marc.format to ${other}`
        : `The records have no title in ${titleField[format]}: set marc.format`,
    });
  }
  if (marc.data.some(({ subfields }) => subfields.some(({ value }) => MOJIBAKE.test(value)))) {
    findings.push({
      topic: 'charset',
      level: 'error',
      text: 'The texts are in another character set than the server says: set charset',
    });
  }
  return [...findings, ...lookAtItems(config, marc)];
}

function lookAtItems(config: SruConfig, marc: MarcRecord): Finding[] {
  const map = itemFieldsOf(config);
  const items = describeItems(marc, map);
  if (items.length === 0) {
    const held = [...new Set(marc.data.map(({ tag }) => tag))].filter((tag) => /^[89]/.test(tag));
    return [
      {
        topic: 'configuration',
        level: 'warning',
        text: `The record that was looked at has no copies in ${map.tag}; it has ${held.join(', ') || 'no fields 8xx and 9xx'}: set items`,
      },
    ];
  }
  const known = new Set(config.branches.map(({ code }) => code));
  const unknown = [...new Set(items.map(({ branchCode }) => branchCode))].filter(
    (code) => code !== undefined && !known.has(code),
  );
  return unknown.length === 0
    ? []
    : [
        {
          topic: 'configuration',
          level: 'warning',
          text: `Copies are at branches that branches does not name: ${unknown.join(', ')}`,
        },
      ];
}
