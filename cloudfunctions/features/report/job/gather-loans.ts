import { LibraryFault } from '../../../../library-systems/library-fault';
import { withinRun } from '../../../runtime/run-time';
import { findBinding } from '../../../stores/bindings';
import { endWithout, keepGathered, removeStale, tryLater } from '../../../stores/report-results';
import { findImported } from '../../../stores/report-loans-read';
import { importsOf } from '../../../stores/report-seasons';
import { letBeMade, listDue, type DueReport } from '../../../stores/report-steps';
import { findHistory, type FoundHistory } from './find-history';
import type { Run } from './run';

const PAGE = 500;
/** Readers for whom the library is asked at once: it serves others, too. */
const AT_ONCE = 5;
const MINUTE = 60_000;
/** The pauses double, so the last try is an hour after the first. */
const MOST_TRIES = 6;

type Found = FoundHistory | { kind: 'fault'; code: string; cause?: unknown };

/**
 * How far a run came: nobody is left whose turn is now; the time is over; the library does not answer, and there is
 * no use in asking it now.
 */
export type GatheringEnd = 'all' | 'late' | 'away';

/** Looks for the loans of those who opted in: in an import, at the library, in what was seen here. */
export async function gatherLoans(run: Run): Promise<GatheringEnd> {
  const { context, time, season } = run;
  while (time.isLeft()) {
    const due = await listDue(season._id, 'gather', context.now(), PAGE);
    if (due.length === 0) return 'all';
    await run.lookAgain();
    const imported = await findImported(
      season._id,
      due.map(({ patron }) => patron),
      importsOf(run.season),
    );
    // who disputes what an import told is not told the same again, where the library can be asked
    const [known, others] = split(due, ({ patron, disputes }) => imported.has(patron) && disputes === 0);
    if (known.length > 0) await letBeMade(idsOf(known), context.now());
    run.count('reports.imported', known.length);
    for (let i = 0; i < others.length; i += AT_ONCE) {
      if (!time.isLeft()) return 'late';
      if (!(await gatherRound(run, others.slice(i, i + AT_ONCE), imported))) return 'away';
    }
    await run.moveOn({});
  }
  return 'late';
}

/** @returns whether the library answers */
async function gatherRound(
  run: Run,
  round: readonly DueReport[],
  imported: ReadonlySet<string>,
): Promise<boolean> {
  const ends = await Promise.all(
    round.map(async (report) => {
      const found = await find(run, report);
      await settle(run, report, found, imported.has(report.patron));
      return found;
    }),
  );
  const faults = ends.flatMap((end) => (end.kind === 'fault' ? [end] : []));
  const defect = faults.find(({ cause }) => cause !== undefined);
  if (defect) throw defect.cause;
  if (faults.length < ends.length) return true;
  // a library that is away is not asked for one reader after the other
  await run.tellTrouble(faults[0]!.code);
  return false;
}

async function find({ context, time }: Run, { owner, bindingId, version }: DueReport): Promise<Found> {
  try {
    const binding = await findBinding(context.desk(), owner, context.now());
    if (binding?.bindingId !== bindingId) return { kind: 'unbound' };
    return await withinRun(time, findHistory(context, binding, version !== undefined));
  } catch (cause) {
    if (cause instanceof LibraryFault) return { kind: 'fault', code: cause.code };
    // a defect of ours is tried no longer than a library that does not answer, and keeps nobody else waiting
    return { kind: 'fault', code: 'INTERNAL', cause };
  }
}

async function settle(run: Run, report: DueReport, found: Found, isImported: boolean): Promise<void> {
  const { context, season } = run;
  const now = context.now();
  const isLast = found.kind === 'fault' && report.tries + 1 >= MOST_TRIES;
  run.count(`reports.${found.kind}`, 1);
  if (found.kind === 'loans') {
    const { kind: _, ...loans } = found;
    const kept = { season: season._id, patron: report.patron, ...loans };
    await keepGathered(context.desk(), report, kept, now);
  } else if (found.kind === 'unbound') {
    await removeStale(report);
  } else if (found.kind === 'fault' && !isLast) {
    await tryLater(report, now + MINUTE * 2 ** report.tries, now);
  } else if (isImported && found.kind !== 'signIn') {
    // disputed, and the library tells nothing else
    await letBeMade([report._id], now);
  } else {
    const state = found.kind === 'fault' ? 'unreachable' : found.kind;
    await endWithout(
      report,
      { state, libraryText: 'libraryText' in found ? found.libraryText : undefined },
      now,
    );
  }
}

const idsOf = (reports: readonly DueReport[]): string[] => reports.map(({ _id }) => _id);

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): [T[], T[]] {
  const parts: [T[], T[]] = [[], []];
  for (const one of all) parts[isFirst(one) ? 0 : 1].push(one);
  return parts;
}
