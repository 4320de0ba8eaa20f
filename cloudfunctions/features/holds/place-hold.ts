import * as v from 'valibot';
import { Step, type Hold, type HoldTarget, type PlaceHoldInput } from '../../../contracts/holds';
import { performOnce } from '../../readers/perform-once';
import { requireCountedReader } from '../../readers/reader';
import { onboardingDenial } from '../../readers/require-onboarding';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';
import { lookSoon } from '../../stores/message-plans';

/** The holds that there were before, by id. */
const Before = v.array(v.string());

/**
 * Places a hold, in as many steps as the library wants: it may ask for a pickup
 * place or a confirmation first. A title that is held already is refused here,
 * for some systems take the same hold twice; so is one that waits for the onboarding.
 */
export async function placeHold(context: Context, input: PlaceHoldInput): Promise<Step> {
  const { target, pickup, confirm, requestId } = input;
  const reader = await requireCountedReader(context, 'holds.write');
  const { binding, library, access } = reader;
  const port = requireCapability(library.holds, 'holds');
  const asked = ['holds.place', binding.bindingId, target, pickup, confirm];
  return performOnce<string[], Step>(
    context,
    binding,
    { requestId, asked },
    {
      before: Before,
      outcome: Step,
      async read() {
        const denied = await onboardingDenial(context, reader, 'holds.place');
        if (denied) return { answer: { status: 'refused', ...denied } };
        const answer = await port.list(access);
        if ('denied' in answer) return { answer: { status: 'refused', ...answer.denied } };
        if (answer.holds.some((hold) => isOpen(hold) && isFor(target, hold))) {
          return { answer: { status: 'refused', code: 'DUPLICATE' } };
        }
        return { before: answer.holds.map(({ holdId }) => holdId) };
      },
      write: () => port.place(access, target, { ...(pickup !== undefined && { pickup }), confirm }),
      async settle(before) {
        const answer = await port.list(access);
        if ('denied' in answer) return { status: 'unknown' };
        // A hold on a copy names its title, not the copy; holds of one reader are placed one at a time.
        const hold = answer.holds.find(
          (one) => !before.includes(one.holdId) && ('itemId' in target || isFor(target, one)),
        );
        return hold ? { status: 'done', hold } : { status: 'unknown' };
      },
      lost: () => ({ status: 'unknown' }),
      isSettled: ({ status }) => status !== 'unknown',
      // a question or a refusal of the library has changed nothing
      isFinal: ({ status }) => status === 'done',
      async alsoKeep({ status }) {
        // the hold stands whether or not this is written down; the night finds it, too
        if (status === 'done') await lookSoon(binding.openid, context.now()).catch(() => undefined);
      },
    },
  );
}

const isOpen = ({ status }: Hold): boolean => status !== 'expired';
const isFor = (target: HoldTarget, { bibId }: Hold): boolean => 'bibId' in target && bibId === target.bibId;
