import { mapLimited } from '../../../../library-systems/map-limited';
import { timestamp } from '../../../runtime/format-time';
import { endWithout, gatherAgain, keepReport, replaceReport } from '../../../stores/report-results';
import { findLoans, type GatheredLoans } from '../../../stores/report-loans-read';
import { importsOf } from '../../../stores/report-seasons';
import { listDue, type DueReport } from '../../../stores/report-steps';
import { chooseShown } from '../choose-shown';
import { makeReport, type ReportSetting } from '../engine/make-report';
import { loadFigures } from './figures';
import { readingsOf } from '../reading-of';
import type { Run } from './run';

const PAGE = 500;
/** Reports that are written at once. */
const AT_ONCE = 8;

/** Makes the reports whose loans are there. @returns whether none is left whose turn is now */
export async function computeReports(run: Run): Promise<boolean> {
  const { context, time } = run;
  while (time.isLeft()) {
    const due = await listDue(run.season._id, 'make', context.now(), PAGE);
    if (due.length === 0) return true;
    await run.lookAgain();
    await makePage(run, due);
    await run.moveOn({});
  }
  return false;
}

type Setting = Omit<ReportSetting, 'reading'>;

async function makePage(run: Run, due: readonly DueReport[]): Promise<void> {
  const { context, season } = run;
  const setting = { ...(await loadFigures(season)), asOf: timestamp(season.asOf!) };
  const readingOf = readingsOf(season);
  const waiting = new Map(due.map((report) => [report.patron, report]));
  const patrons = [...waiting.keys()];
  for await (const group of findLoans(context.desk(), season._id, patrons, importsOf(season))) {
    await mapLimited(group, AT_ONCE, async (reader) => {
      const report = waiting.get(reader.patron)!;
      waiting.delete(reader.patron);
      const { loans } = reader;
      if (!loans) {
        run.count('reports.closed', 1);
        await endWithout(report, { state: 'noSource' }, context.now());
        return;
      }
      const isMade = await make(
        run,
        report,
        { ...reader, loans },
        { ...setting, reading: readingOf(reader) },
      );
      run.count('reports.made', isMade ? 1 : 0);
    });
  }
  // discarded just when they opted in, or erased
  for (const report of waiting.values()) await gatherAgain(report, context.now());
}

function make(
  { context }: Run,
  report: DueReport,
  { loans, source, ...reader }: Required<Pick<GatheredLoans, 'loans'>> & GatheredLoans,
  setting: Setting & Pick<ReportSetting, 'reading'>,
): Promise<boolean> {
  const readerType = typeOf(reader, setting);
  const made = makeReport(
    {
      ...{ loans, source, version: (report.version ?? 0) + 1, sensitiveKeywords: report.sensitive },
      ...(readerType !== undefined && { readerType }),
    },
    setting,
  );
  const now = context.now();
  if (report.version === undefined) return keepReport(context.desk(), report, made, now);
  return replaceReport(
    context.desk(),
    report,
    made,
    ({ hidden, link }) => chooseShown(made, hidden, link?.cards),
    now,
  );
}

/** A reader's type by its code or by its name, whichever the library's figures know: an import may write either. */
function typeOf(
  { readerType, readerTypeName }: Pick<GatheredLoans, 'readerType' | 'readerTypeName'>,
  { library }: Setting,
): string | undefined {
  const known = new Set(library?.year.types.map((one) => one.readerType));
  return readerTypeName !== undefined && known.has(readerTypeName) ? readerTypeName : readerType;
}
