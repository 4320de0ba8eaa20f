import type { BankItem } from '../../../../contracts/onboarding/bank';
import { PAPER_ITEMS } from '../../../../contracts/onboarding';
import { TOPICS } from '../../../../contracts/onboarding/words';
import { AppError } from '../../../runtime/app-error';
import type { Context } from '../../../runtime/context';
import { writeAudit } from '../../../stores/audit';
import { readSettled, readSlices, settleDraft } from '../../../stores/onboarding-banks';
import { keepCurrentBank, readRules } from '../../../stores/onboarding-settings';
import type { StaffInput, StaffOutput } from './staff-input';

/** Makes a draft the bank from now on, whole or not at all. Papers that are open keep the questions that they have. */
export async function publishBank(
  context: Context,
  { by, draft, slices, items }: StaffInput<'onboarding.publish'>,
): Promise<StaffOutput<'onboarding.publish'>> {
  const { bank } = await readRules();
  if (bank?.version === draft) return { version: draft, changed: false };
  requireWhole(await readSlices(draft), { slices, items });
  await settleDraft(draft);
  // a part may have lapsed between; from here on none can
  requireWhole(await readSettled(draft), { slices, items });
  const now = context.now();
  await writeAudit({ by, action: 'onboarding.publish', details: { version: draft, items } }, now);
  await keepCurrentBank({ version: draft, slices, items }, now);
  return { version: draft, changed: true, ...(bank && { before: bank.version }) };
}

/** @throws {AppError} BAD_REQUEST when it is not what was announced, or no paper could be made of it */
function requireWhole(parts: BankItem[][], announced: { slices: number; items: number }): void {
  const items = parts.flat();
  const wrong = (expected: string): AppError => new AppError('BAD_REQUEST', `draft: expected ${expected}`);
  if (parts.length !== announced.slices || items.length !== announced.items) {
    throw wrong(`${announced.slices} parts with ${announced.items} items`);
  }
  if (new Set(items.map(({ id }) => id)).size !== items.length) throw wrong('each id once');
  const always = items.filter(({ campus, validFrom, validTo }) => !(campus ?? validFrom ?? validTo));
  if (always.length < PAPER_ITEMS)
    throw wrong(`${PAPER_ITEMS} items that can be asked of everybody at any time`);
  const missing = TOPICS.filter((topic) => !always.some(({ mustKnow }) => mustKnow === topic));
  if (missing.length > 0) throw wrong(`an item for everybody on ${missing.join(', ')}`);
}
