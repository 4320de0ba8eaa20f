import type { PassOutput } from '../../../contracts/cards';
import { requireReader } from '../../readers/reader';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability, requireFound } from '../../runtime/require';
import { countRead } from '../../stores/rates';

/** The card as scanners read it, straight from the library: the number is not kept with us. */
export async function showPass(context: Context): Promise<PassOutput> {
  const { library, access } = await requireReader(context);
  await countRead(context.openid, context.now());
  const patrons = requireCapability(library.patrons, 'reader data');
  const patron = requireFound(await patrons.patron(access), 'reader');
  if ('denied' in patron) throw new AppError('NOT_FOUND', `the library shows no card: ${patron.denied.code}`);
  const { cardNumber, name, readerType, expiresAt } = patron;
  return {
    cardNumber,
    symbology: context.desk().cardSymbology,
    ...(name !== undefined && { name }),
    readerType,
    ...(expiresAt !== undefined && { expiresAt }),
    asOf: timestamp(context.now()),
  };
}
