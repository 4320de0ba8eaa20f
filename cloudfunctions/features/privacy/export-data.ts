import type * as v from 'valibot';
import type { PrivacyExportOutput } from '../../../contracts/personal';
import type { Context } from '../../runtime/context';
import { timestamp } from '../../runtime/format-time';
import { collectPersonalData } from '../../stores/personal-data';
import { countCall } from '../../stores/rates';

/** Everything that is kept about the caller. */
export async function exportData(context: Context): Promise<v.InferOutput<typeof PrivacyExportOutput>> {
  const now = context.now();
  await countCall(context.openid, 'privacy.export', now);
  const collections = await collectPersonalData(context.desk(), context.openid, now);
  return { exportedAt: timestamp(now), collections };
}
