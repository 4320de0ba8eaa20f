import type { Hold } from '../../../../contracts/holds';
import type { Loan } from '../../../../contracts/loans';
import type { Refusal } from '../../../../library-systems/circulation';
import type { LibrarySystem } from '../../../../library-systems/library-system';
import { accessTo } from '../../../readers/reader';
import { AppError } from '../../../runtime/app-error';
import { withinRun } from '../../../runtime/run-time';
import { findBinding } from '../../../stores/bindings';
import { findPlan } from '../../../stores/message-plans';
import { planMessages } from '../../../stores/message-outbox';
import { openBody, type MessageDocument } from '../../../stores/messages';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { whatToTell } from '../rules/what-to-tell';
import { isStillSo } from './announce-reports';
import type { Current } from './current';
import { findBack } from './find-back';
import { keyOf } from './key-of';
import { familyOf } from './kinds';
import type { Run } from './run';

/** Asks the library once more whether a message is true, and what it says now. @throws {LibraryFault} */
export async function checkAgain(run: Run, message: MessageDocument): Promise<Current> {
  const family = familyOf(message.kind);
  if (family === 'announced') {
    const body = openBody(run.context.desk(), message);
    return body && (await isStillSo(run, message, body)) ? { body } : 'untrue';
  }
  const { system } = run.site;
  if (!system) throw new LibraryFault('UNREACHABLE', 'the library does not answer');
  return family === 'shelf' ? findBack(run, system, message) : ofReader(run, system, message, family);
}

type Listed = { loans: Loan[] } | { holds: Hold[] } | Refusal;

async function ofReader(
  run: Run,
  system: LibrarySystem,
  message: MessageDocument,
  family: 'loans' | 'holds',
): Promise<Current> {
  const { context, site } = run;
  const { owner: openid, bindingId, kind, keys: own = [] } = message;
  const desk = context.desk();
  const [binding, plan] = await Promise.all([findBinding(desk, openid, context.now()), findPlan(openid)]);
  if (!binding || binding.bindingId !== bindingId || plan?.bindingId !== bindingId) return 'untrue';
  let listed: Listed | undefined;
  try {
    const access = accessTo(system, binding);
    const asking = family === 'loans' ? system.loans?.list(access) : system.holds?.list(access);
    listed = asking && (await withinRun<Listed>(run.time, asking));
  } catch (error) {
    // the reader has to sign in first
    if (error instanceof AppError) return 'cannotAsk';
    throw error;
  }
  if (!listed || 'denied' in listed) return 'cannotAsk';
  const now = context.now();
  const { digests } = whatToTell({
    ...listed,
    // what this message itself told, before WeChat put it off, is no reason not to send it
    told: new Set(plan.told.filter((key) => !own.includes(key))),
    keyOf: keyOf(desk, openid),
    now,
    timeZone: site.timeZone,
  });
  const { day, closesAt } = run.hours();
  const others = digests.filter(({ body }) => body.kind !== kind);
  const planned = others.map(({ body }) => ({ openid, bindingId, kind: body.kind }));
  await planMessages(desk, planned, { day, due: now, until: closesAt }, now);
  return digests.find(({ body }) => body.kind === kind) ?? 'untrue';
}
