import * as v from 'valibot';
import { staffApi } from '../../contracts/staff';
import type { StaffApi } from '../../contracts/staff';
import { FAULT_CODES } from '../../contracts/result';
import type { FaultCode } from '../../contracts/result';
import type { Says } from './says';

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
    /** Of an order that only reads: whatever became of it, nothing was changed. */
    readonly isRead = false,
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
]);
/** Settings are read where none are given. */
const isRead = (action: StaffAction, input: object): boolean =>
  READS.has(action) || (action === 'onboarding.settings' && !('settings' in input && input.settings));

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
    const reads = isRead(action, input);
    // May simply be given again: reads, and slices of a draft, which are the same each time.
    const repeatable = reads || action === 'onboarding.putSlice';
    for (let left = repeatable ? TRIES : 1; ; left--) {
      try {
        return await once(action, input);
      } catch (error) {
        if (!(error instanceof StaffFault)) throw error;
        if (left <= 1 || !AWAY.has(error.code)) throw new StaffFault(error.code, error.detail, reads);
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

export function describeFault(fault: StaffFault): Says {
  switch (fault.code) {
    case 'UNREACHABLE':
      return { en: `the cloud cannot be reached (${fault.detail})`, zh: `无法连接云端（${fault.detail}）` };
    case 'NOT_FOUND':
      // What is read is of the bank or of all readers; what is changed, of one reader.
      return fault.isRead
        ? { en: 'there is no bank yet', zh: '还没有题库' }
        : { en: 'there is no such reader', zh: '没有这位读者' };
    case 'BAD_REQUEST':
      return {
        en: `the function refused the input (request ${fault.detail})`,
        zh: `云函数拒绝了输入内容（请求号 ${fault.detail}）`,
      };
    case 'LOST':
    case 'GARBLED':
    case 'INTERNAL':
      if (fault.isRead) {
        return {
          en: `no clear answer (${fault.code} ${fault.detail}): nothing was changed; try again`,
          zh: `没有得到明确回答（${fault.code} ${fault.detail}）：没有改动任何内容，请再试一次`,
        };
      }
      return {
        en: `no clear answer: it is not known whether it was done (${fault.code} ${fault.detail})`,
        zh: `没有得到明确回答，不知道是否已执行（${fault.code} ${fault.detail}）`,
      };
    default:
      return {
        en: `the function refused: ${fault.code} ${fault.detail}`,
        zh: `云函数拒绝：${fault.code} ${fault.detail}`,
      };
  }
}
