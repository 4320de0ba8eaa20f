import { createInterface } from 'node:readline/promises';
import { runOrder } from './run-order';

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
  process.exitCode = code;
});
