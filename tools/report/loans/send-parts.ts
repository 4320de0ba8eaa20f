import { Interrupted } from '../../staff/says';
import type { CallStaff } from '../../staff/call-staff';
import type { Part } from './make-parts';

/**
 * Sends what of an import is not there yet. Nothing is used of it before it is whole.
 * @param progress told how many parts are there
 * @throws {StaffFault|Interrupted}
 */
export async function sendParts(
  parts: AsyncIterable<Part>,
  to: { by: string; season: string; import: string },
  call: CallStaff,
  { progress, signal }: { progress: (part: number) => void; signal: AbortSignal },
): Promise<void> {
  const there = new Set((await call('report.importParts', to)).parts);
  let part = 0;
  for await (const { readers } of parts) {
    if (signal.aborted) throw stopped(part);
    if (!there.has(part)) await call('report.putLoans', { ...to, part, readers });
    progress(++part);
  }
  if (signal.aborted) throw stopped(part);
}

const stopped = (part: number): Interrupted =>
  new Interrupted({
    en: `Stopped after ${part} parts. The same command goes on with the rest; until then the import before stays.`,
    zh: `已停止，发送了 ${part} 部分。再次运行同一命令会接着发送；在此之前仍使用原来的导入。`,
  });
