import * as v from 'valibot';
import type { ConnectedSystem } from '../../library-systems/connected-system';
import { LibraryFault } from '../../library-systems/library-fault';
import type { FaultReason } from '../../library-systems/library-fault';
import { OPERATION_NAMES, operations } from '../../library-systems/operations';
import type { OperationName } from '../../library-systems/operations';
import { describeFault } from './describe-fault';
import { probes } from './probes';
import type { Probe, Row, Setting, Verdict } from './probe';

/** In the order of the probes: what is learnt from one serves the next. */
const ORDER = Object.keys(probes) as OperationName[];

/**
 * Tries every operation that a library system has, one after the other, so
 * that the times are those of a system at rest.
 * @param done told of every row as soon as it stands
 */
export async function runChecks(
  system: ConnectedSystem,
  setting: Omit<Setting, 'learnt' | 'method' | 'system'>,
  done: (row: Row) => void,
): Promise<Row[]> {
  if (ORDER.length !== OPERATION_NAMES.length) throw new Error('A probe is missing');
  const rows: Row[] = [];
  const told = new Set<FaultReason>();
  const whole: Setting = { ...setting, system, method: system.signIn?.methods[0] ?? 'pin', learnt: {} };
  for (const name of ORDER) {
    const row = await check(name, system, whole, told);
    rows.push(row);
    done(row);
  }
  return rows;
}

async function check(
  name: OperationName,
  system: ConnectedSystem,
  setting: Setting,
  told: Set<FaultReason>,
): Promise<Row> {
  const operation = operations[name];
  const call = operation.of(system) as ((input: unknown) => Promise<unknown>) | undefined;
  if (!call) return { operation: name, result: 'absent', remark: '' };
  const probe = probes[name] as unknown as Probe<OperationName>;
  let started = performance.now();
  const row = (verdict: Verdict, timed: boolean): Row => ({
    operation: name,
    result: verdict.result,
    ...(timed && { ms: Math.round(performance.now() - started) }),
    remark: verdict.remark,
  });
  try {
    const asked = await probe.input(setting);
    if ('result' in asked) return row(asked, false);
    started = performance.now();
    const answer = await call(asked.input);
    const checked = v.safeParse(operation.output, answer);
    if (!checked.success) {
      const where = checked.issues.map((issue) => v.getDotPath(issue) ?? '').join(', ');
      return row({ result: 'failed', remark: `the adapter answered in a wrong form (${where})` }, true);
    }
    return row(probe.judge(checked.output, setting), true);
  } catch (error) {
    if (!(error instanceof LibraryFault)) throw error;
    return row({ result: 'failed', remark: describeFault(error, told) }, true);
  }
}

/** Whether something that is configured does not work. */
export const isFailure = ({ operation, result }: Row): boolean =>
  result === 'failed' || (result === 'refused' && operation === 'signIn.complete');
