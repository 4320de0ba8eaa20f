import { Console } from 'node:console';
import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftDate } from './shift-date';
import type { WorkerCall, WorkerReport, WorkerStart } from './worker-messages';

type Main = (event: unknown, context: unknown) => unknown;

if (!parentPort) throw new Error('a function runs in a worker only');
const port = parentPort;
const start = workerData as WorkerStart;
const report = (message: WorkerReport): void => port.postMessage(message);

let requestId = '';
let identityKeys: string[] = [];

shiftDate(new Float64Array(start.clockOffset));

// Over the same port as the answers, so that a line never overtakes the call it belongs to.
const logLines = new Writable({
  decodeStrings: false,
  write(chunk: string | Buffer, _encoding, done) {
    report({ type: 'log', requestId, text: String(chunk).replace(/\n$/, '') });
    done();
  },
});
globalThis.console = new Console({ stdout: logLines, stderr: logLines });

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);

function loadMain(): Main {
  const loaded = createRequire(start.file)(start.file) as { main?: unknown };
  if (typeof loaded.main !== 'function') throw new Error('the function does not export main');
  return loaded.main as Main;
}

function setIdentity(environment: Record<string, string>): void {
  for (const key of identityKeys) delete process.env[key];
  Object.assign(process.env, environment);
  identityKeys = Object.keys(environment);
}

async function run(main: Main, call: WorkerCall): Promise<void> {
  requestId = call.requestId;
  setIdentity(call.environment);
  try {
    const answer: unknown = await main(JSON.parse(call.event), call.context);
    // undefined for a function or symbol too: the platform answers null for what JSON cannot say
    const json = (JSON.stringify(answer) as string | undefined) ?? 'null';
    const bytes = Buffer.byteLength(json);
    report(bytes > start.resultLimit ? { type: 'answer-too-large', bytes } : { type: 'answered', json });
  } catch (error) {
    report({ type: 'failed', reason: describe(error) });
  }
}

try {
  const main = loadMain();
  port.on('message', (call: WorkerCall) => void run(main, call));
  report({ type: 'loaded' });
} catch (error) {
  report({ type: 'load-failed', reason: describe(error) });
}
