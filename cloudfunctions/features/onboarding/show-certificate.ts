import type * as v from 'valibot';
import type { CertificateOutput } from '../../../contracts/onboarding';
import type { Context } from '../../runtime/context';
import { HOME_TIME_ZONE, localDate, timestamp } from '../../runtime/format-time';
import { requireFound } from '../../runtime/require';
import { inTime } from '../../runtime/in-time';
import { listModules } from './list-modules';
import { openRecord } from './open-record';

/** What stands on the certificate of who has passed. */
export async function showCertificate(context: Context): Promise<v.InferOutput<typeof CertificateOutput>> {
  const { record, binding } = await openRecord(context, 'read');
  const { code, at, mark } = requireFound(record.pass, 'certificate');
  const maskedName = binding.profile?.maskedName;
  const library = await inTime(context.library());
  return {
    code,
    ...(library && { library: library.name }),
    ...(maskedName !== undefined && { maskedName }),
    passedAt: timestamp(at),
    year: Number(localDate(at, HOME_TIME_ZONE).slice(0, 4)),
    mark,
    hasRead: listModules(record).every(({ read }) => read),
  };
}
