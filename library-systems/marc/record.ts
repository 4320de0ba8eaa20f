export interface ControlField {
  readonly tag: string;
  readonly value: string;
}

export interface Subfield {
  readonly code: string;
  readonly value: string;
}

export interface DataField {
  readonly tag: string;
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly Subfield[];
}

/** A bibliographic record as it was written (ISO 2709, MARCXML 1.1), nothing interpreted or trimmed. */
export interface MarcRecord {
  readonly leader: string;
  readonly control: readonly ControlField[];
  readonly data: readonly DataField[];
  /** What could not be read as it was meant, for logs and checks: no contents, e.g. "880: not of EACC". */
  readonly problems: readonly string[];
}

/** Value of the first control field with this tag. */
export function controlValue(record: MarcRecord, tag: string): string | undefined {
  return record.control.find((field) => field.tag === tag)?.value;
}

export function fieldsOf(record: MarcRecord, ...tags: readonly string[]): DataField[] {
  return record.data.filter(({ tag }) => tags.includes(tag));
}

/** First value that is not blank of one of the subfields, in the order of `codes`. */
export function subfield(field: DataField, ...codes: readonly string[]): string | undefined {
  for (const code of codes) {
    const found = field.subfields.find((each) => each.code === code && each.value.trim() !== '');
    if (found) return found.value.trim();
  }
  return undefined;
}

/** All values that are not blank of these subfields, as they stand in the field. */
export function subfieldsOf(field: DataField, codes: string): string[] {
  return field.subfields
    .filter(({ code, value }) => codes.includes(code) && value.trim() !== '')
    .map(({ value }) => value.trim());
}
