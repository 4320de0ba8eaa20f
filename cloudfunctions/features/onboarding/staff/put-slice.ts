import type { StaffInput } from './staff-input';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { keepSlice } from '../../../stores/onboarding-banks';

/** Takes in a part of a bank that is on its way; nothing is asked from it before it is published. */
export async function putSlice(
  context: Context,
  { draft, slice, items }: StaffInput<'onboarding.putSlice'>,
): Promise<Record<string, never>> {
  if (!(await keepSlice(draft, slice, items, context.now()))) {
    throw new AppError('BAD_REQUEST', 'draft: expected the same content as before under the same digest');
  }
  return {};
}
