import type { DataField, MarcRecord } from './record';
import { subfield } from './record';

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** A field that could not be decoded whole does not count: what stands beside it can be read. */
export const hasEastAsian = ({ subfields }: DataField): boolean =>
  subfields.some(({ code, value }) => code !== '6' && EAST_ASIAN.test(value)) &&
  !subfields.some(({ value }) => value.includes('\ufffd'));

/**
 * A record whose fields are in the script that its readers read. MARC21 writes the romanised text into 245 and the
 * original into an 880 that is linked by $6 (MARC21, appendix A); where that original is Chinese, Japanese or Korean it
 * takes the place of its romanisation. An 880 whose partner is missing ("260-00") stands for itself. Other scripts stay
 * as the cataloguer put them first.
 */
export function inOriginalScript(record: MarcRecord): MarcRecord {
  if (!record.data.some(({ tag }) => tag === '880')) return record;
  const originals = new Map<string, DataField>();
  const unlinked: DataField[] = [];
  for (const field of record.data) {
    if (field.tag !== '880') continue;
    const link = /^([0-9A-Za-z]{3})-(\d\d)/.exec(subfield(field, '6') ?? '');
    if (!link?.[1] || !link[2]) continue;
    if (link[2] === '00') unlinked.push({ ...field, tag: link[1] });
    else if (hasEastAsian(field)) originals.set(`${link[1]}-${link[2]}`, field);
  }
  const data = record.data.map((field) => {
    const link = /^880-(\d\d)/.exec(subfield(field, '6') ?? '');
    const original = link?.[1] === undefined ? undefined : originals.get(`${field.tag}-${link[1]}`);
    // What an indicator means (264 _1: of publication) is the partner's to say; cataloguers leave it blank in 880.
    return original && !hasEastAsian(field) ? { ...field, subfields: original.subfields } : field;
  });
  return { ...record, data: [...data, ...unlinked] };
}

/** Of several fields that say the same in different scripts (UNIMARC repeats the field) the East Asian one, else the first. */
export function preferEastAsian(fields: readonly DataField[]): DataField | undefined {
  return fields.find(hasEastAsian) ?? fields[0];
}
