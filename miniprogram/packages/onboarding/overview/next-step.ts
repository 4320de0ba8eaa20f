import type { OverviewOutput } from '../../../../contracts/onboarding/index';
import { dayAtHome } from '../../../lib/dates';

type Module = OverviewOutput['modules'][number]['module'];

/** What a reader does next; the server decides again when a paper is asked for. */
export type NextStep =
  | { kind: 'continue' }
  | { kind: 'passed' }
  | { kind: 'paused'; module: Module | undefined }
  | { kind: 'closed'; module: Module | undefined }
  /** `isAgain`: it was asked for after a failure; `modules`: all that come before the next paper */
  | { kind: 'read'; module: Module; isAgain: boolean; modules: Module[] }
  /** `module`: not read, though the library does not insist */
  | { kind: 'paper'; module: Module | undefined };

/** @param now the server's time, ms */
export function nextStep(overview: OverviewOutput, now: number): NextStep {
  const { modules, rules, pass, pausedUntil, lastAttemptId, open } = overview;
  if (pass !== undefined) return { kind: 'passed' };
  if (open !== undefined && Date.parse(open.endsAt) > now) return { kind: 'continue' };
  const again = modules.filter((module) => module.again);
  const unread = modules.filter((module) => !module.read && !module.again);
  const first = (again[0] ?? unread[0])?.module;
  if (pausedUntil !== undefined && Date.parse(pausedUntil) > now) return { kind: 'paused', module: first };
  const day = dayAtHome(now);
  if (rules.window !== undefined && (day < rules.window.from || day > rules.window.to))
    return { kind: 'closed', module: first };
  if (first === undefined) return { kind: 'paper', module: undefined };
  const mustRead = rules.mustRead && (again.length > 0 || lastAttemptId === undefined);
  if (!mustRead) return { kind: 'paper', module: first };
  const before = (again.length > 0 ? again : unread).map(({ module }) => module);
  return { kind: 'read', module: first, isAgain: again.length > 0, modules: before };
}
