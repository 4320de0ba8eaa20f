import { openDemoLibrary } from '../../../library-systems/demo';
import { CATALOG_FILE, NOW } from '../support/demo';

/**
 * A process that renews and holds without end in the demo library of the folder
 * that it is given, and prints a line for each write once it was acknowledged.
 */
async function main(): Promise<void> {
  const dataDir = process.argv[2]!;
  const library = await openDemoLibrary({ catalogFile: CATALOG_FILE, dataDir, clock: { now: () => NOW } });
  for (const ref of ['p2', 'p1', 'p17']) {
    const answer = await library.loans!.list({ ref });
    if ('denied' in answer) throw new Error(answer.denied.code);
    for (const { loanId } of answer.loans) {
      const [outcome] = await library.loans!.renew({ ref }, [loanId]);
      if (outcome!.status === 'renewed') process.stdout.write(`${JSON.stringify({ ref, ...outcome })}\n`);
    }
  }
  process.stdout.write('"done"\n');
}

void main();
