import type { Denied } from '../../contracts/denials';
import type { GatedService } from '../../contracts/onboarding';
import { AppError } from '../runtime/app-error';
import type { Context } from '../runtime/context';
import { findLeave } from '../stores/onboarding-readers';
import { currentRules } from '../stores/onboarding-settings';
import { addUnlock, describeUnlock, findUnlock } from '../stores/onboarding-unlocks';
import { readerKeyOf } from '../stores/reader-key';
import { isAskedOf, type Belonging } from './onboarding-demand';
import type { Reader } from './reader';

/**
 * Why a service waits until the reader has passed the onboarding; undefined when it does not. What decides it and
 * cannot be read is a fault: the gate is never open or shut by accident.
 */
export async function onboardingDenial(
  context: Context,
  reader: Reader,
  service: GatedService,
): Promise<Denied | undefined> {
  const { settings } = await currentRules(context.now());
  if (!settings.services.includes(service) || settings.requiredOf.length === 0) return undefined;
  if (!isAskedOf(await belongingOf(reader), settings)) return undefined;
  const { patronRef } = reader.binding;
  const readerKey = readerKeyOf(context.desk().lookup, patronRef);
  const leave = await findLeave(readerKey);
  if (!leave?.passed && !leave?.waived) return { code: 'ONBOARDING_REQUIRED' };
  if (leave.waived && !leave.passed && settings.services.includes('borrowing')) {
    await orderUnlock(context, { readerKey, patronRef, key: `waiver-${readerKey}` });
  }
  return undefined;
}

/**
 * Has the library open borrowing for a reader for whom no marking could order it: who was let off, or who passed
 * before the library let borrowing wait. The job does it.
 */
export async function orderUnlock(
  context: Context,
  order: { readerKey: string; patronRef: string; key: string },
): Promise<void> {
  if (await findUnlock(order.readerKey)) return;
  await addUnlock(describeUnlock(context.desk(), order, context.now()));
}

/** As the library last described the card; asked again where that cannot be read any more. */
async function belongingOf({ binding, library, access }: Reader): Promise<Belonging> {
  if (binding.profile) return binding.profile;
  const patron = await library.patrons?.patron(access);
  if (!patron || 'denied' in patron) throw new AppError('LIBRARY_UNREACHABLE', 'no card data', true);
  return patron;
}
