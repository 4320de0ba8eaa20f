import * as v from 'valibot';
import { staffApi } from '../../contracts/staff';
import type { StaffApi } from '../../contracts/staff';
import { FAULT_CODES } from '../../contracts/result';
import type { FaultCode } from '../../contracts/result';

export type StaffAction = keyof StaffApi;
export type StaffInput<A extends StaffAction> = v.InferInput<StaffApi[A]['input']>;
export type StaffOutput<A extends StaffAction> = v.InferOutput<StaffApi[A]['output']>;

/** Gives an order to the `staff` function. @throws {StaffFault} */
export type CallStaff = <A extends StaffAction>(action: A, input: StaffInput<A>) => Promise<StaffOutput<A>>;

/** Hands `{action, input}` to the function as the cloud does, and brings what it answers. @throws {StaffFault} LOST */
export type Transport = (event: { action: string; input: unknown }) => Promise<unknown>;

/**
 * Why an order has no answer. Beside the codes of the function itself:
 * - UNREACHABLE: the cloud could not be reached; nothing was done
 * - LOST: the answer did not come; it may have been done
 * - GARBLED: what came is no answer of this function
 */
export class StaffFault extends Error {
  override readonly name = 'StaffFault';

  constructor(
    readonly code: FaultCode | 'UNREACHABLE' | 'LOST' | 'GARBLED',
    readonly detail: string,
    /** Which order it was, where that is known; `isRead`: whatever became of it, nothing was changed. */
    readonly order: { action?: StaffAction; isRead: boolean } = { isRead: false },
  ) {
    super(`${code}: ${detail}`);
  }
}

const Envelope = v.variant('ok', [
  v.object({ ok: v.literal(true), data: v.unknown() }),
  v.object({
    ok: v.literal(false),
    error: v.object({ code: v.picklist(FAULT_CODES), retryable: v.boolean(), requestId: v.string() }),
  }),
]);

const READS: ReadonlySet<StaffAction> = new Set([
  'onboarding.preview',
  'onboarding.statistics',
  'onboarding.export',
  'onboarding.bank',
  'report.status',
  'report.importParts',
  'report.preview',
  'feedback.list',
  'feedback.show',
  'messages.status',
]);
/** What changes something, and the same each time. */
const REPEATABLE: ReadonlySet<StaffAction> = new Set([
  'onboarding.putSlice',
  'report.putLoans',
  'report.imported',
  'feedback.close',
  'feedback.reopen',
  'feedback.judge',
]);

const SETTINGS: ReadonlySet<StaffAction> = new Set(['onboarding.settings', 'messages.templates']);

/** Settings are read where none are given. */
const isRead = (action: StaffAction, input: object): boolean =>
  READS.has(action) || (SETTINGS.has(action) && !('settings' in input && input.settings));

const TRIES = 3;
const PAUSE_MS = 500;

/** Orders over a transport, with answers checked against the contract. */
export function staffOver(transport: Transport): CallStaff {
  const once = async <A extends StaffAction>(action: A, input: StaffInput<A>): Promise<StaffOutput<A>> => {
    const answer = v.safeParse(Envelope, await transport({ action, input }));
    if (!answer.success) throw new StaffFault('GARBLED', 'no answer of the staff function');
    if (!answer.output.ok) {
      const { code, requestId } = answer.output.error;
      throw new StaffFault(code, requestId);
    }
    const data = v.safeParse(staffApi[action].output, answer.output.data);
    if (!data.success)
      throw new StaffFault('GARBLED', `an answer in another form: ${v.getDotPath(data.issues[0]) ?? ''}`);
    return data.output;
  };
  return async (action, input) => {
    const order = { action, isRead: isRead(action, input) };
    for (let left = order.isRead || REPEATABLE.has(action) ? TRIES : 1; ; left--) {
      try {
        return await once(action, input);
      } catch (error) {
        if (!(error instanceof StaffFault)) throw error;
        if (left <= 1 || !AWAY.has(error.code)) throw new StaffFault(error.code, error.detail, order);
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    }
  };
}

/** The cloud, and not the function, is at fault: it may be better in a moment. */
const AWAY: ReadonlySet<StaffFault['code']> = new Set(['UNREACHABLE', 'LOST']);

/** Whether there is no clear answer: an order that changes something may have been carried out all the same. */
export const isUnknown = ({ code }: StaffFault): boolean =>
  code === 'LOST' || code === 'GARBLED' || code === 'INTERNAL';
