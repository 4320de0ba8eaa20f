import type * as v from 'valibot';
import type { HoldTarget, PickupOutput } from '../../../contracts/holds';
import { requireReader } from '../../readers/reader';
import type { Context } from '../../runtime/context';
import { requireCapability } from '../../runtime/require';
import { countRead } from '../../stores/rates';

export async function listPickupPlaces(
  context: Context,
  { target }: { target: HoldTarget },
): Promise<v.InferOutput<typeof PickupOutput>> {
  const { library, access } = await requireReader(context);
  await countRead(context.openid, context.now());
  return { places: await requireCapability(library.holds, 'holds').pickupPlaces(access, target) };
}
