import { runOrder } from '../../../../tools/onboarding/run-order';

export * from '../../../support/fake-staff';

/** Runs an order as from the command line. */
export async function run(
  argv: string[],
  { env = {}, answer }: { env?: Record<string, string>; answer?: string } = {},
): Promise<{ code: number; out: string; error: string; asked: string[] }> {
  const [out, error, asked]: [string[], string[], string[]] = [[], [], []];
  const code = await runOrder(argv, {
    env,
    out: (line) => out.push(line),
    error: (line) => error.push(line),
    ask: async (question) => {
      asked.push(question);
      return answer;
    },
    now: () => Date.parse('2026-11-21T10:00:00+08:00'),
    interruption: () => new AbortController().signal,
  });
  return { code, out: out.join('\n'), error: error.join('\n'), asked };
}
