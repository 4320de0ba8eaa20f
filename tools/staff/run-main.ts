import { ask } from './ask';
import { errorCode } from './error-code';
import type { Console, ExitCode } from './run-order';
import { both } from './says';

/** Runs an order for whoever sits at the terminal. */
export function runMain(runOrder: (argv: string[], console: Console) => Promise<ExitCode>): void {
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

  void runOrder(process.argv.slice(2), {
    env: process.env,
    out: (line) => console.log(line),
    error: (line) => console.error(line),
    ask: (question) => ask(question),
    now: () => Date.now(),
    interruption,
  }).then((code) => {
    process.exitCode = code || (isOutputLost ? 3 : 0);
  });
}

/** From now on the first signal asks the order to stop, which is said at once; the next one ends it. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(INTERRUPTED);
      controller.abort();
      console.error(both(STOPPING));
    });
  }
  return controller.signal;
}

const STOPPING = {
  en: 'Stopping at the next safe place. Ctrl-C again ends at once.',
  zh: '将在下一个安全的位置停止。再按一次 Ctrl-C 立即结束。',
};

/** As shells say of a program that Ctrl-C has ended. */
const INTERRUPTED = 130;
