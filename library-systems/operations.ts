import * as v from 'valibot';
import {
  Bib,
  BibIdInput,
  BibPage,
  Holdings,
  Item,
  MAX_SEARCH_TEXT,
  Named,
  RelatedBibs,
  SearchAbilities,
  SearchInput,
  SearchOutput,
} from '../contracts/catalog';
import { SIGN_IN_METHODS, SignInStart, StartInput } from '../contracts/cards';
import { Id, LocalDate, NoInput, PageInput, RequiredText } from '../contracts/fields';
import { Step } from '../contracts/holds';
import { LoanPolicy, OpeningDay, SystemStatus } from '../contracts/library';
import { RenewOutcome } from '../contracts/loans';
import {
  AccessInput,
  CancelInput,
  FinesAnswer,
  HistoryAnswer,
  HistoryInput,
  HoldsAnswer,
  LoansAnswer,
  OpenBorrowingAnswer,
  OpenBorrowingInput,
  PatronAnswer,
  PlaceInput,
  Proof,
  ProofAnswer,
  RenewInput,
  TargetInput,
} from './circulation-messages';
import { AFTER_BINDING } from './library-system';
import type { LibrarySystem } from './library-system';

/** Longest span of days that `policy.openingHours` answers at once. */
const MAX_DAYS = 62;
const DAY_MS = 86_400_000;

/**
 * One operation of the port as it travels: what goes in, what comes out, and
 * how it is called on a library system. `of` gives `undefined` when the system
 * lacks the capability. A `read` may be repeated freely, a `write` never.
 */
export interface Operation<I extends v.GenericSchema, O extends v.GenericSchema> {
  readonly kind: 'read' | 'write';
  readonly input: I;
  readonly output: O;
  of(system: LibrarySystem): ((input: v.InferOutput<I>) => Promise<v.InferOutput<O>>) | undefined;
}

const read = <I extends v.GenericSchema, O extends v.GenericSchema>(
  input: I,
  output: O,
  of: Operation<I, O>['of'],
): Operation<I, O> => ({ kind: 'read', input, output, of });

const write = <I extends v.GenericSchema, O extends v.GenericSchema>(
  input: I,
  output: O,
  of: Operation<I, O>['of'],
): Operation<I, O> => ({ kind: 'write', input, output, of });

/** "Unknown id" travels as null, so that an empty body is never taken for it. */
const orNull = <T>(value: T | undefined): T | null => value ?? null;

const TextInput = v.object({ text: RequiredText(MAX_SEARCH_TEXT) });
const BarcodeInput = v.object({ barcode: RequiredText(64) });
const FoundItem = v.object({ item: Item, bibId: Id });
const DaysInput = v.pipe(
  v.object({
    branchCode: v.pipe(v.string(), v.minLength(1), v.maxLength(32)),
    from: LocalDate,
    to: LocalDate,
  }),
  v.check(({ from, to }) => {
    const span = Date.parse(to) - Date.parse(from);
    return span >= 0 && span < MAX_DAYS * DAY_MS;
  }, `from..to must span 1 to ${MAX_DAYS} days`),
);

/**
 * Everything the gateway answers and its client asks: `<capability>.<operation>`,
 * the path being `/v1/` and this name. Server and client share the table, so an
 * operation cannot be known to one of them only.
 */
export const operations = {
  'system.status': read(NoInput, SystemStatus, ({ status }) => status && (() => status())),
  'catalog.search': read(
    SearchInput,
    SearchOutput,
    ({ catalog }) => catalog && ((query) => catalog.search(query)),
  ),
  'catalog.suggest': read(
    TextInput,
    v.array(v.string()),
    ({ catalog }) => catalog?.suggest && (({ text }) => catalog.suggest!(text)),
  ),
  'catalog.bib': read(
    BibIdInput,
    v.nullable(Bib),
    ({ catalog }) => catalog && (async ({ bibId }) => orNull(await catalog.bib(bibId))),
  ),
  'catalog.holdings': read(
    BibIdInput,
    v.nullable(Holdings),
    ({ catalog }) => catalog && (async ({ bibId }) => orNull(await catalog.holdings(bibId))),
  ),
  'catalog.related': read(
    BibIdInput,
    v.nullable(RelatedBibs),
    ({ catalog }) => catalog?.related && (async ({ bibId }) => orNull(await catalog.related!(bibId))),
  ),
  'catalog.itemByBarcode': read(
    BarcodeInput,
    v.nullable(FoundItem),
    ({ catalog }) =>
      catalog?.itemByBarcode && (async ({ barcode }) => orNull(await catalog.itemByBarcode!(barcode))),
  ),
  'catalog.newBooks': read(
    PageInput,
    BibPage,
    ({ catalog }) => catalog?.newBooks && ((page) => catalog.newBooks!(page)),
  ),
  'catalog.mostBorrowed': read(
    PageInput,
    BibPage,
    ({ catalog }) => catalog?.mostBorrowed && ((page) => catalog.mostBorrowed!(page)),
  ),
  'policy.openingHours': read(
    DaysInput,
    v.array(OpeningDay),
    ({ policy }) => policy && (({ branchCode, from, to }) => policy.openingHours(branchCode, from, to)),
  ),
  'policy.loanRules': read(
    NoInput,
    LoanPolicy,
    ({ policy }) => policy?.loanRules && (() => policy.loanRules!()),
  ),
  'signIn.start': read(
    StartInput,
    SignInStart,
    ({ signIn }) => signIn && (({ method }) => signIn.start(method)),
  ),
  // Not a read: a wrong PIN is counted each time.
  'signIn.complete': write(Proof, ProofAnswer, ({ signIn }) => signIn && ((proof) => signIn.complete(proof))),
  'patrons.patron': read(
    AccessInput,
    v.nullable(PatronAnswer),
    ({ patrons }) => patrons && (async ({ access }) => orNull(await patrons.patron(access))),
  ),
  'patrons.openBorrowing': write(
    OpenBorrowingInput,
    OpenBorrowingAnswer,
    ({ patrons }) => patrons?.openBorrowing && (({ access, key }) => patrons.openBorrowing!(access, key)),
  ),
  'loans.list': read(AccessInput, LoansAnswer, ({ loans }) => loans && (({ access }) => loans.list(access))),
  'loans.renew': write(
    RenewInput,
    v.array(RenewOutcome),
    ({ loans }) => loans && (({ access, loanIds }) => loans.renew(access, loanIds)),
  ),
  'loans.history': read(
    HistoryInput,
    HistoryAnswer,
    ({ loans }) => loans?.history && (({ access, page }) => loans.history!(access, page)),
  ),
  'holds.list': read(AccessInput, HoldsAnswer, ({ holds }) => holds && (({ access }) => holds.list(access))),
  'holds.place': write(
    PlaceInput,
    Step,
    ({ holds }) => holds && (({ access, target, choice }) => holds.place(access, target, choice)),
  ),
  'holds.cancel': write(
    CancelInput,
    Step,
    ({ holds }) => holds && (({ access, holdId, choice }) => holds.cancel(access, holdId, choice)),
  ),
  'holds.pickupPlaces': read(
    TargetInput,
    v.array(Named),
    ({ holds }) => holds && (({ access, target }) => holds.pickupPlaces(access, target)),
  ),
  'fines.list': read(AccessInput, FinesAnswer, ({ fines }) => fines && (({ access }) => fines.list(access))),
} as const;

export type OperationName = keyof typeof operations;
export const OPERATION_NAMES = Object.keys(operations) as OperationName[];

/** What the library's system itself is asked; of its status whoever guards it tells. */
export type AskedOperation = Exclude<OperationName, 'system.status'>;

/** Asked once by a client: `POST /v1/system.describe`. */
export const DESCRIBE = 'system.describe';
export const Description = v.object({
  name: v.string(),
  branches: v.array(Named),
  timeZone: v.string(),
  /** The operations that this library's system can do; unknown names are of a newer gateway and ignored. */
  operations: v.array(v.string()),
  /** Present when the search does not understand everything. */
  searchAbilities: v.optional(SearchAbilities),
  /** The next two are there when readers can sign in. */
  afterBinding: v.optional(v.picklist(AFTER_BINDING)),
  signInMethods: v.optional(v.array(v.picklist(SIGN_IN_METHODS))),
});
export type Description = v.InferOutput<typeof Description>;

/** What a library system says of itself. */
export function describeSystem(system: LibrarySystem): Description {
  return {
    name: system.name,
    branches: [...system.branches],
    timeZone: system.timeZone,
    operations: OPERATION_NAMES.filter((name) => operations[name].of(system) !== undefined),
    ...(system.catalog?.abilities && { searchAbilities: system.catalog.abilities }),
    ...(system.afterBinding !== undefined && { afterBinding: system.afterBinding }),
    ...(system.signIn && { signInMethods: [...system.signIn.methods] }),
  };
}
