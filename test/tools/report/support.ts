import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReportLoan } from '../../../contracts/report/loan';
import { runOrder } from '../../../tools/report/run-order';
import type { StaffOutput } from '../../../tools/staff/call-staff';
import { ok, startFakeStaff } from '../../support/fake-staff';
import type { FakeStaff } from '../../support/fake-staff';

export type Status = StaffOutput<'report.status'>;

export const status = (over: Partial<Status> = {}): Status => ({
  season: 'academic-2025',
  window: { kind: 'academic', year: 2025, from: '2025-09-01', to: '2026-08-31' },
  stage: 'open',
  optedIn: 12,
  states: { waiting: 0, made: 0, noSource: 0, signIn: 0, unreachable: 0, denied: 0 },
  counted: 0,
  returnsKnown: true,
  lateImports: 0,
  ...over,
});

/** A cloud that takes imports in and keeps every part apart. */
export interface FakeCloud extends FakeStaff {
  /** By import, by part: who came with which loans, in order; a part that came twice is there twice. */
  parts: Map<string, Map<number, { ref: string; readerType?: string; loans: ReportLoan[] }[][]>>;
  /** All loans that came, as `ref` and loan. */
  loans: () => { ref: string; loan: ReportLoan }[];
}

export async function startFakeCloud(acts: Parameters<typeof startFakeStaff>[0] = {}): Promise<FakeCloud> {
  const parts: FakeCloud['parts'] = new Map();
  const of = (id: string) => parts.get(id) ?? parts.set(id, new Map()).get(id)!;
  const staff = await startFakeStaff({
    'report.status': () => ok(status()),
    'report.season': () => ok(status()),
    'report.importParts': (input: { import: string }) => ok({ parts: [...of(input.import).keys()] }),
    'report.putLoans': (input: { import: string; part: number; readers: never[] }) => {
      const own = of(input.import);
      own.set(input.part, [...(own.get(input.part) ?? []), input.readers]);
      return ok({});
    },
    'report.imported': ({ import: id, readers, loans }: { import: string; readers: number; loans: number }) =>
      ok(status({ import: { id, readers, loans, whole: true } })),
    ...acts,
  });
  return {
    ...staff,
    parts,
    loans: () =>
      [...parts.values()].flatMap((own) =>
        [...own]
          .sort(([a], [b]) => a - b)
          .flatMap(([, sent]) => sent.flat())
          .flatMap(({ ref, loans }) => loans.map((loan) => ({ ref, loan }))),
      ),
  };
}

/** Runs an order as from the command line. */
export async function run(
  argv: string[],
  { answer, signal = new AbortController().signal }: { answer?: string; signal?: AbortSignal } = {},
): Promise<{ code: number; out: string; error: string; asked: string[] }> {
  const [out, error, asked]: [string[], string[], string[]] = [[], [], []];
  const code = await runOrder(argv, {
    env: { TENCENTCLOUD_SECRETID: 'id', TENCENTCLOUD_SECRETKEY: 'key' },
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    now: () => Date.parse('2026-09-21T10:00:00+08:00'),
    interruption: () => signal,
  });
  return { code, out: out.join('\n'), error: error.join('\n'), asked };
}

/** A folder of the test's own, and files in it. */
export async function makeFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'shutong-report-'));
  return {
    path: folder,
    write: async (name: string, content: string | Uint8Array): Promise<string> => {
      const file = path.join(folder, name);
      await writeFile(file, content);
      return file;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
