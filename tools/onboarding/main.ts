import { createInterface } from 'node:readline/promises';
import { errorCode } from './error-code';
import { runOrder } from './run-order';
import { both } from './says';

/** Whoever pipes into `head` has seen enough: the order goes to its end all the same, and what is left is unsaid. */
let isOutputLost = false;
process.stdout.on('error', (error) => {
  const code = errorCode(error);
  if (code === 'EPIPE' || isOutputLost) return;
  isOutputLost = true;
  process.exitCode ||= 3;
  console.error(both({ en: `the output cannot be written (${code})`, zh: `无法写出结果（${code}）` }));
});
process.stderr.on('error', () => undefined);

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

void runOrder(process.argv.slice(2), {
  env: process.env,
  out: (line) => console.log(line),
  error: (line) => console.error(line),
  ask,
  now: () => Date.now(),
}).then((code) => {
  process.exitCode = code || (isOutputLost ? 3 : 0);
});
