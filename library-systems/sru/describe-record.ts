import type { Bib, BibSummary, Item, Named } from '../../contracts/catalog';
import { countCopies } from '../count-copies';
import { KOHA_952, KOHA_952_STATE, bibReader, itemReader } from '../marc';
import type { BibFacts, ItemFacts, ItemFieldMap, MarcRecord } from '../marc';
import { toId } from '../text-ids';
import type { SruConfig } from './config';

/** Of the id of a title, in that of a copy which has no number of its own; ids have at most 64 characters. */
const MAX_STEM = 58;

/** A record in the words of the contract. */
export interface Described {
  /** The library's own number. */
  number: string;
  bib: Bib;
  items: Item[];
}

/** Reader of the records of one library; a record without a number that an id can hold has nothing to be asked by. */
export function recordReader(config: SruConfig): (record: MarcRecord) => Described | undefined {
  const readBib = bibReader(config.marc);
  const map = itemFieldsOf(config);
  const readItems = itemReader(map);
  // Nothing is counted where the record does not follow the lending.
  const counts = map.state ? countCopies : () => ({});
  return (record) => {
    const facts = readBib(record);
    const bibId = facts.bibId === undefined ? undefined : toId(facts.bibId);
    if (facts.bibId === undefined || bibId === undefined) return undefined;
    const items = readItems(record).map((item, i) =>
      itemOf(item, `${bibId.slice(0, MAX_STEM)}-${i + 1}`, config),
    );
    return { number: facts.bibId, bib: bibOf(bibId, facts, counts(items)), items };
  };
}

export function itemFieldsOf({ items }: SruConfig): ItemFieldMap {
  if (items === 'koha') return KOHA_952;
  return items === 'koha-live' ? { ...KOHA_952, state: KOHA_952_STATE } : items;
}

function bibOf(bibId: string, facts: BibFacts, counts: ReturnType<typeof countCopies>): Bib {
  const { title, author, publisher, year, isbn13, callNumber, clc, subtitle, edition, language, subjects } =
    facts;
  return {
    bibId,
    title,
    author,
    ...(publisher !== undefined && { publisher }),
    ...(year !== undefined && { year }),
    ...(isbn13 !== undefined && { isbn13 }),
    ...(callNumber !== undefined && { callNumber }),
    ...counts,
    ...(clc !== undefined && { clc }),
    ...(subtitle !== undefined && { subtitle }),
    ...(edition !== undefined && { edition }),
    ...(language !== undefined && { language }),
    subjects,
  };
}

/** A title as a line of a list. */
export function summaryOf({
  subtitle: _1,
  edition: _2,
  language: _3,
  subjects: _4,
  ...summary
}: Bib): BibSummary {
  return summary;
}

function itemOf(facts: ItemFacts, id: string, { branches, locations }: SruConfig): Item {
  const { barcode, itemId, callNumber, shelf, status, dueAt } = facts;
  return {
    itemId: toId(itemId ?? barcode) ?? id,
    barcode,
    branch: branchOf(facts.branchCode, branches),
    location: named(facts.locationCode, locations),
    ...(callNumber !== undefined && { callNumber }),
    ...(shelf !== undefined && { shelf }),
    status,
    ...(dueAt !== undefined && { dueAt }),
  };
}

/** A library with one branch need not write it into every copy. */
function branchOf(code: string | undefined, branches: readonly Named[]): Named {
  return code === undefined && branches.length === 1 ? branches[0]! : named(code, branches);
}

/** A code without a name is shown as it is; where there is none, nothing is. */
const named = (code: string | undefined, names: readonly Named[]): Named =>
  names.find((each) => each.code === code) ?? { code: code ?? '', name: code ?? '' };
