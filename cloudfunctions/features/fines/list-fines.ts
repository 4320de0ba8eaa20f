import type { FinesOutput } from '../../../contracts/loans';
import { requireReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { requireCapability } from '../../runtime/require';
import { countRead } from '../../stores/rates';

export async function listFines(context: Context): Promise<FinesOutput> {
  const { library, access } = await requireReader(context);
  await countRead(context.openid, context.now());
  const answer = await requireCapability(library.fines, 'fines').list(access);
  if ('denied' in answer) return answer;
  const totalCents = answer.fines.reduce((sum, { amountCents }) => sum + amountCents, 0);
  return { asOf: timestamp(context.now()), totalCents, ...answer };
}
