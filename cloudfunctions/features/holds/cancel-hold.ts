import * as v from 'valibot';
import { Step, type CancelHoldInput } from '../../../contracts/holds';
import { performOnce } from '../../readers/perform-once';
import { requireCountedReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';

const Before = v.string();

/** Gives up a hold, which must stand in the reader's own list. */
export async function cancelHold(context: Context, input: CancelHoldInput): Promise<Step> {
  const { holdId, confirm, requestId } = input;
  const { binding, library, access } = await requireCountedReader(context, 'holds.write');
  const port = requireCapability(library.holds, 'holds');
  const asked = ['holds.cancel', binding.bindingId, holdId, confirm];
  return performOnce<string, Step>(
    context,
    binding,
    { requestId, asked },
    {
      before: Before,
      outcome: Step,
      async read() {
        const answer = await port.list(access);
        if ('denied' in answer) return { answer: { status: 'refused', ...answer.denied } };
        if (!answer.holds.some((hold) => hold.holdId === holdId)) {
          return { answer: { status: 'refused', code: 'NOT_YOURS' } };
        }
        return { before: holdId };
      },
      write: () => port.cancel(access, holdId, { confirm }),
      async settle(before) {
        const answer = await port.list(access);
        if ('denied' in answer) return { status: 'unknown' };
        const stands = answer.holds.some((hold) => hold.holdId === before);
        return stands ? { status: 'unknown' } : { status: 'done' };
      },
      lost: () => ({ status: 'unknown' }),
      isSettled: ({ status }) => status !== 'unknown',
      isFinal: ({ status }) => status === 'done',
    },
  );
}
