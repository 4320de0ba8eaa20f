import type { ItemStatus } from '../../contracts/catalog';
import { parseFieldRef, readParts, readRef } from './field-ref';
import type { FieldRef } from './field-ref';
import type { DataField, MarcRecord } from './record';
import { fieldsOf, subfield, subfieldsOf } from './record';

/** What a subfield says of a copy when it is filled. */
export interface StateRule {
  /** Subfield code. */
  readonly code: string;
  /** Values that it holds for; any but blank and `0` when absent. */
  readonly values?: readonly string[] | undefined;
  readonly status: ItemStatus;
}

/** Where the copies stand in a record. */
export interface ItemFieldMap {
  /** One field a copy, such as 952. */
  readonly tag: string;
  /** Subfield codes, first choice first. A barcode that is repeated within a field means several copies. */
  readonly barcode: string;
  readonly itemId?: string | undefined;
  readonly branch?: readonly string[] | undefined;
  /** A place of the record that names the branch of all copies, such as `905$a`. */
  readonly branchOfAll?: string | undefined;
  readonly location?: readonly string[] | undefined;
  /** Such as `$o` or `$d/$e`. */
  readonly callNumber?: string | undefined;
  readonly shelf?: string | undefined;
  /**
   * Only for servers that change the record with every loan. Without it, and with records that are filled once at
   * night, nobody knows where a copy is, and its state is `unknown`.
   */
  readonly state?:
    | {
        /** Subfield with the date due (`YYYY-MM-DD` or `YYYYMMDD`): filled means on loan. */
        readonly due?: string | undefined;
        /** The first that holds decides. */
        readonly rules?: readonly StateRule[] | undefined;
        readonly otherwise: ItemStatus;
      }
    | undefined;
}

/** A copy as its record describes it; codes are the library's own. */
export interface ItemFacts {
  barcode: string;
  /** The library's number for the copy, where the record holds one. */
  itemId?: string;
  branchCode?: string;
  locationCode?: string;
  callNumber?: string;
  shelf?: string;
  status: ItemStatus;
  /** Local date, `YYYY-MM-DD`, of a copy that is on loan. */
  dueAt?: string;
}

/** Koha's 952 (Koha manual, "Holdings data fields (9xx)"), without its state. */
export const KOHA_952: ItemFieldMap = {
  tag: '952',
  barcode: 'p',
  itemId: '9',
  branch: ['b', 'a'],
  location: ['c'],
  callNumber: '$o',
};

/** The state in Koha's 952, for servers whose index follows circulation at once. */
export const KOHA_952_STATE: NonNullable<ItemFieldMap['state']> = {
  due: 'q',
  rules: [
    { code: '0', status: 'missing' },
    { code: '1', status: 'missing' },
    { code: '4', status: 'processing' },
    // Negative: not for loan yet (ordered, being catalogued).
    { code: '7', values: ['-1', '-2', '-3', '-4'], status: 'processing' },
    { code: '7', status: 'referenceOnly' },
  ],
  otherwise: 'available',
};

/** Reader of the copies in the records of one library; made once for each map. */
export function itemReader(map: ItemFieldMap): (record: MarcRecord) => ItemFacts[] {
  const callNumber = map.callNumber === undefined ? undefined : parseFieldRef(`${map.tag}${map.callNumber}`);
  const branchOfAll = map.branchOfAll === undefined ? undefined : [parseFieldRef(map.branchOfAll)];
  return (record) => {
    const ofAll = branchOfAll && readRef(record, branchOfAll);
    return fieldsOf(record, map.tag).flatMap((field) => itemsOf(field, map, callNumber, ofAll));
  };
}

/** The copies in a record. For many records make an `itemReader`. @param map where they stand; see `KOHA_952` */
export function describeItems(record: MarcRecord, map: ItemFieldMap): ItemFacts[] {
  return itemReader(map)(record);
}

function itemsOf(
  field: DataField,
  map: ItemFieldMap,
  callNumber: FieldRef | undefined,
  branchOfAll: string | undefined,
): ItemFacts[] {
  const one = (codes: readonly string[] | undefined): string | undefined => subfield(field, ...(codes ?? []));
  const facts = {
    ...present('branchCode', one(map.branch) ?? branchOfAll),
    ...present('locationCode', one(map.location)),
    ...present('callNumber', callNumber && readParts(field, callNumber.parts)),
    ...present('shelf', map.shelf === undefined ? undefined : one([map.shelf])),
    ...stateOf(field, map.state),
  };
  const barcodes = subfieldsOf(field, map.barcode);
  if (barcodes.length > 1) return barcodes.map((barcode) => ({ barcode, ...facts }));
  const itemId = map.itemId === undefined ? undefined : one([map.itemId]);
  // A field without a barcode is still a copy when it says anything else of it.
  if (barcodes.length === 0 && itemId === undefined && Object.keys(facts).length === 1) return [];
  return [{ barcode: barcodes[0] ?? '', ...present('itemId', itemId), ...facts }];
}

function stateOf(field: DataField, state: ItemFieldMap['state']): Pick<ItemFacts, 'status' | 'dueAt'> {
  if (!state) return { status: 'unknown' };
  for (const { code, values, status } of state.rules ?? []) {
    const value = subfield(field, code);
    if (value !== undefined && (values ? values.includes(value) : value !== '0')) return { status };
  }
  const due = state.due === undefined ? undefined : subfield(field, state.due);
  if (due === undefined) return { status: state.otherwise };
  const date = /^(\d{4})-?(\d\d)-?(\d\d)(?!\d)/.exec(due);
  return { status: 'onLoan', ...(date && { dueAt: `${date[1]!}-${date[2]!}-${date[3]!}` }) };
}

function present<K extends 'itemId' | 'branchCode' | 'locationCode' | 'callNumber' | 'shelf'>(
  key: K,
  value: string | undefined,
): Partial<Record<K, string>> {
  // A computed key widens to any string; K is what it is.
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}
