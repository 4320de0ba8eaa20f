import type * as v from 'valibot';
import type { ReadInput, ReadOutput } from '../../../contracts/onboarding';
import type { Context } from '../../runtime/context';
import { findRecord, keepReading as keep } from '../../stores/onboarding-readers';
import { listModules } from './list-modules';
import { openRecord } from './open-record';

/** Keeps how far the reader has read a module. */
export async function keepReading(
  context: Context,
  { module, cards, of }: v.InferOutput<typeof ReadInput>,
): Promise<v.InferOutput<typeof ReadOutput>> {
  const { readerKey, record } = await openRecord(context, 'write');
  await keep(record, module, { cards, of }, context.now());
  return { modules: listModules((await findRecord(readerKey)) ?? record) };
}
