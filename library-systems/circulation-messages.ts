import * as v from 'valibot';
import { SIGN_IN_METHODS, SignInAnswers } from '../contracts/cards';
import { Named } from '../contracts/catalog';
import { Denied } from '../contracts/denials';
import { Count, Id, LocalDate, PageInput, Timestamp } from '../contracts/fields';
import { Hold, HoldTarget } from '../contracts/holds';
import { Fine, Loan } from '../contracts/loans';
import { PastLoan } from '../contracts/personal';

/** What the operations of the circulation take and answer on their way between gateway and client. */

/** Most loans that are renewed in one call; a department's card has some hundreds. */
const MAX_RENEWED = 500;

const Access = v.object({
  ref: Id,
  session: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(4_096))),
});
const Choice = v.object({
  pickup: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(64))),
  confirm: v.exactOptional(v.boolean()),
});
const Refusal = v.object({ denied: Denied });

const Patron = v.object({
  ref: Id,
  cardNumber: v.string(),
  name: v.exactOptional(v.string()),
  readerType: Named,
  department: v.exactOptional(v.string()),
  grade: v.exactOptional(v.string()),
  expiresAt: v.exactOptional(LocalDate),
  blocks: v.array(Denied),
});

export const Proof = v.object({
  method: v.picklist(SIGN_IN_METHODS),
  answers: SignInAnswers,
  state: v.exactOptional(v.pipe(v.string(), v.maxLength(4_096))),
});
export const AccessInput = v.object({ access: Access });
export const OpenBorrowingInput = v.object({
  access: Access,
  key: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
});
export const RenewInput = v.object({
  access: Access,
  loanIds: v.pipe(v.array(Id), v.maxLength(MAX_RENEWED)),
});
export const HistoryInput = v.object({ access: Access, page: PageInput });
export const TargetInput = v.object({ access: Access, target: HoldTarget });
export const PlaceInput = v.object({ access: Access, target: HoldTarget, choice: Choice });
export const CancelInput = v.object({ access: Access, holdId: Id, choice: v.pick(Choice, ['confirm']) });

export const ProofAnswer = v.union([
  Refusal,
  v.object({
    patron: Patron,
    session: v.exactOptional(v.object({ token: v.string(), expiresAt: Timestamp })),
  }),
]);
export const PatronAnswer = v.union([Refusal, Patron]);
export const OpenBorrowingAnswer = v.union([Refusal, v.object({ done: v.literal(true) })]);
export const LoansAnswer = v.union([Refusal, v.object({ loans: v.array(Loan) })]);
export const HistoryAnswer = v.union([Refusal, v.object({ items: v.array(PastLoan), total: Count })]);
export const HoldsAnswer = v.union([Refusal, v.object({ holds: v.array(Hold) })]);
export const FinesAnswer = v.union([
  Refusal,
  v.object({
    fines: v.array(Fine),
    blockAtCents: v.exactOptional(Count),
    payAt: v.exactOptional(v.string()),
  }),
]);
