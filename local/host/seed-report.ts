import { createHash } from 'node:crypto';
import { MAX_PART_READERS } from '../../contracts/report/staff';
import type { ExportedReader } from '../../library-systems/demo/circulation/export-loans';
import { localDateOf } from '../../library-systems/zoned-time';
import { StaffFault, staffOver, type CallStaff } from '../../tools/staff/call-staff';
import type { Clock } from '../clock';
import type { Emulator } from '../emulator';
import type { OpenLibrary } from './library';

/** Stands in the audit. */
const BY = 'npm start';

/** The academic year that ended last, by the calendar of the demo library. */
export function lastAcademicYear(now: number): string {
  const [year = 0, month = 0] = localDateOf(now, 'Asia/Shanghai').split('-').map(Number);
  return `academic-${month >= 9 ? year - 1 : year - 2}`;
}

/**
 * Gives a cloud with the demo library a year of reading reports, by the orders that a library's staff would give: the
 * loans of all its readers, from the start to the publication. The job then makes it ready at its next beats. A cloud
 * that has the year is left as it is; whoever is killed in between goes on at the next start.
 */
export async function seedReport(
  emulator: Pick<Emulator, 'callAsPlatform'>,
  { exportLoans }: Pick<OpenLibrary, 'exportLoans'>,
  clock: Clock,
): Promise<void> {
  if (!exportLoans) return;
  const call = staffOver((event) => emulator.callAsPlatform({ function: 'staff', event }));
  const season = lastAcademicYear(clock.now());
  try {
    if ((await stageOf(call, season)) !== 'open') return;
    await putLoans(call, season, [...exportLoans()]);
    await call('report.season', { by: BY, season, publishAt: new Date(clock.now()).toISOString() });
    await call('report.start', { by: BY, season });
  } catch (error) {
    process.stderr.write(`The reading reports could not be prepared: ${String(error)}\n`);
  }
}

async function stageOf(call: CallStaff, season: string): Promise<string> {
  try {
    return (await call('report.status', { by: BY, season })).stage;
  } catch (error) {
    if (!(error instanceof StaffFault && error.code === 'NOT_FOUND')) throw error;
    return (await call('report.season', { by: BY, season })).stage;
  }
}

async function putLoans(call: CallStaff, season: string, readers: ExportedReader[]): Promise<void> {
  const id = createHash('sha256').update(JSON.stringify(readers)).digest('hex').slice(0, 16);
  const parts = Math.ceil(readers.length / MAX_PART_READERS);
  for (let part = 0; part < parts; part++) {
    const some = readers.slice(part * MAX_PART_READERS, (part + 1) * MAX_PART_READERS);
    await call('report.putLoans', { by: BY, season, import: id, part, readers: some });
  }
  const loans = readers.reduce((sum, reader) => sum + reader.loans.length, 0);
  await call('report.imported', { by: BY, season, import: id, parts, readers: readers.length, loans });
}
