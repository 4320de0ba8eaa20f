/**
 * Feeds the parsers of what comes from libraries with damaged input.
 * Run: npm run fuzz [-- --cases 1000000 --seed 1 --target sip2]
 */
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';
import { targets } from './targets';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      target: { type: 'string' },
    },
  });
  const [cases, seed] = [Number(values.cases), Number(values.seed)];
  if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(seed))
    throw new Error('--cases and --seed are whole numbers');
  const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
  if (chosen.length === 0)
    throw new Error(`--target is one of ${targets.map(({ name }) => name).join(', ')}`);
  for (const target of chosen) {
    const start = performance.now();
    const { slowestMs } = await fuzz(target, cases, seed);
    const seconds = (performance.now() - start) / 1_000;
    process.stdout.write(
      `${target.name}: ${cases} cases of seed ${seed} in ${seconds.toFixed(1)} s, slowest ${slowestMs.toFixed(1)} ms: nothing thrown\n`,
    );
  }
}

main().catch((error: unknown) => {
  const cause = error instanceof Error ? error.cause : undefined;
  const why = cause instanceof Error ? `\n${cause.stack ?? cause.message}` : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${why}\n`);
  process.exitCode = 1;
});
