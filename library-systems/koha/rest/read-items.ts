import * as v from 'valibot';
import type { Item } from '../../../contracts/catalog';
import { zonedTimestampOf } from '../../zoned-time';
import { branchNamed } from '../connection';
import type { Koha } from '../connection';
import type { Rest } from './rest-client';

const Label = v.nullish(v.object({ str: v.nullish(v.string()) }));
const Text = v.nullish(v.string());
const Flag = v.nullish(v.number());

const KohaItem = v.object({
  item_id: v.pipe(v.number(), v.integer()),
  external_id: Text,
  holding_library_id: Text,
  home_library_id: Text,
  location: Text,
  callnumber: Text,
  lost_status: Flag,
  withdrawn: Flag,
  damaged_status: Flag,
  not_for_loan_status: Flag,
  effective_not_for_loan_status: Flag,
  checked_out_date: Text,
  checkout: v.nullish(v.object({ due_date: v.nullish(v.pipe(v.string(), v.isoTimestamp())) })),
  transfer: v.nullish(v.looseObject({})),
  first_hold: v.nullish(v.object({ status: Text })),
  _strings: v.nullish(
    v.object({
      location: Label,
      lost_status: Label,
      withdrawn: Label,
      damaged_status: Label,
      not_for_loan_status: Label,
    }),
  ),
});
type KohaItem = v.InferOutput<typeof KohaItem>;

/** Loans, transfers and holds tell where a copy really is; `+strings` what the library calls things. */
const EMBEDDED = { 'x-koha-embed': '+strings,checkout,transfer,first_hold' };

/** All copies of a title; `undefined` for one that Koha does not have. @throws {LibraryFault} */
export async function readItems(koha: Koha, rest: Rest, bibId: string): Promise<Item[] | undefined> {
  const path = `/biblios/${bibId}/items`;
  // A title without copies and no title at all are both an empty list to some versions, so the title is asked for.
  const bib = await rest.get({ path: `/biblios/${bibId}` }, [200, 404]);
  if (bib.status === 404) return undefined;
  const items = await rest.readAll({ path, headers: EMBEDDED }, KohaItem);
  return items.map((item) => describeItem(koha, item));
}

/** At the head of a list SQL::Abstract takes these for operators: one alone asks for every copy there is. */
const OPERATOR = /^-(?:and|or)$/i;

/** The copies that bear one of these barcodes, by the numbers of their titles. @throws {LibraryFault} */
export async function findBibs(rest: Rest, barcodes: readonly string[]): Promise<Set<string>> {
  const asked = barcodes.filter((barcode) => !OPERATOR.test(barcode));
  if (asked.length === 0) return new Set();
  const found = await rest.readAll(
    { path: '/items', query: { q: JSON.stringify({ external_id: asked }) } },
    v.object({ biblio_id: v.pipe(v.number(), v.integer()) }),
  );
  return new Set(found.map(({ biblio_id }) => String(biblio_id)));
}

function describeItem(koha: Koha, item: KohaItem): Item {
  const branch = branchNamed(koha, item.holding_library_id ?? item.home_library_id ?? '');
  const location = item.location ?? '';
  const { status, due, words } = stateOf(item);
  return {
    itemId: String(item.item_id),
    barcode: item.external_id ?? '',
    branch,
    location: location === '' ? branch : { code: location, name: item._strings?.location?.str ?? location },
    ...(item.callnumber && { callNumber: item.callnumber }),
    status,
    ...(words && { statusText: words }),
    ...(due && { dueAt: zonedTimestampOf(Date.parse(due), koha.config.timeZone) }),
  };
}

interface State {
  status: Item['status'];
  due?: string | null | undefined;
  words?: string | null | undefined;
}

/** What keeps a copy from its readers for longest is told first. */
function stateOf(item: KohaItem): State {
  const strings = item._strings;
  const notForLoan = item.effective_not_for_loan_status ?? item.not_for_loan_status ?? 0;
  if (item.lost_status) return { status: 'missing', words: strings?.lost_status?.str };
  if (item.withdrawn) return { status: 'missing', words: strings?.withdrawn?.str };
  if (item.checkout || item.checked_out_date) return { status: 'onLoan', due: item.checkout?.due_date };
  // Negative values are those of copies that are still to come: ordered, at the binder's.
  if (notForLoan < 0) return { status: 'processing', words: strings?.not_for_loan_status?.str };
  if (item.damaged_status) return { status: 'processing', words: strings?.damaged_status?.str };
  if (item.transfer || item.first_hold?.status === 'T') return { status: 'inTransit' };
  if (item.first_hold?.status === 'W') return { status: 'onHoldShelf' };
  if (item.first_hold?.status === 'P') return { status: 'processing' };
  if (notForLoan > 0) return { status: 'referenceOnly', words: strings?.not_for_loan_status?.str };
  return { status: 'available' };
}
