import type * as v from 'valibot';
import type { CampusInput } from '../../../contracts/onboarding';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { keepCampus } from '../../stores/onboarding-readers';
import { openRecord } from './open-record';

/** Where the reader is: questions about other branches are not asked. */
export async function chooseCampus(
  context: Context,
  { campus }: v.InferOutput<typeof CampusInput>,
): Promise<Record<string, never>> {
  const { record } = await openRecord(context, 'write');
  const { branches } = await context.library();
  if (!branches.some(({ code }) => code === campus)) throw new AppError('BAD_REQUEST', 'no such branch');
  await keepCampus(record, campus, context.now());
  return {};
}
