import type * as v from 'valibot';
import type { VerifyInput, VerifyOutput } from '../../../contracts/onboarding';
import { boundByMinute } from '../../runtime/bound-by-minute';
import type { Context } from '../../runtime/context';
import { findCertificateYear } from '../../stores/onboarding-certificates';

/** 80 random bits are not guessed at this pace. */
const count = boundByMinute({ anybody: 300, one: 30 });

/** Whether a code is that of a certificate, and of which year; nothing else about it, and nothing of whose it is. */
export async function verifyCertificate(
  context: Context,
  { code }: v.InferOutput<typeof VerifyInput>,
): Promise<v.InferOutput<typeof VerifyOutput>> {
  count(context);
  const year = await findCertificateYear(code);
  return year === undefined ? { valid: false } : { valid: true, year };
}
