import type * as v from 'valibot';
import type { VerifyInput, VerifyOutput } from '../../../contracts/onboarding';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { findCertificateYear } from '../../stores/onboarding-certificates';

const MINUTE = 60_000;
/** So many an instance looks up in a minute: nobody verifies more, and 80 random bits are not guessed at this pace. */
const MOST_IN_A_MINUTE = 300;
let counted = { since: 0, count: 0 };

/** Whether a code is that of a certificate, and of which year; nothing else about it, and nothing of whose it is. */
export async function verifyCertificate(
  context: Context,
  { code }: v.InferOutput<typeof VerifyInput>,
): Promise<v.InferOutput<typeof VerifyOutput>> {
  count(context.now());
  const year = await findCertificateYear(code);
  return year === undefined ? { valid: false } : { valid: true, year };
}

/** Without an identity there is nobody to count by. @throws {AppError} BUSY */
function count(now: number): void {
  if (now < counted.since || now >= counted.since + MINUTE) counted = { since: now, count: 0 };
  if (++counted.count > MOST_IN_A_MINUTE) throw new AppError('BUSY', 'too many codes', true);
}
