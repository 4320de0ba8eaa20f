import type * as v from 'valibot';
import type { VerifyInput, VerifyOutput } from '../../../contracts/onboarding';
import { AppError } from '../../runtime/app-error';
import type { Context } from '../../runtime/context';
import { findCertificateYear } from '../../stores/onboarding-certificates';

const MINUTE = 60_000;
/**
 * So many an instance looks up in a minute: 80 random bits are not guessed at this pace. Who has an identity is
 * counted apart, so that one caller cannot use up everybody's share.
 */
const MOST_IN_A_MINUTE = { anybody: 300, one: 30 };
/** Counts of this minute by identity; those without one share the empty one. */
let counted = { since: 0, counts: new Map<string, number>() };

/** Whether a code is that of a certificate, and of which year; nothing else about it, and nothing of whose it is. */
export async function verifyCertificate(
  context: Context,
  { code }: v.InferOutput<typeof VerifyInput>,
): Promise<v.InferOutput<typeof VerifyOutput>> {
  count(context.openid, context.now());
  const year = await findCertificateYear(code);
  return year === undefined ? { valid: false } : { valid: true, year };
}

/** @throws {AppError} BUSY */
function count(openid: string, at: number): void {
  if (at < counted.since || at >= counted.since + MINUTE) counted = { since: at, counts: new Map() };
  const count = (counted.counts.get(openid) ?? 0) + 1;
  counted.counts.set(openid, count);
  if (count > MOST_IN_A_MINUTE[openid === '' ? 'anybody' : 'one']) {
    throw new AppError('BUSY', 'too many codes', true);
  }
}
