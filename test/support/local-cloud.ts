import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import schema from '../../cloudfunctions/schema.json';
import rules from '../../cloudfunctions/function-rules.json';
import { startGateway } from '../../gateway';
import { openDemoLibrary } from '../../library-systems/demo';
import { ShiftableClock } from '../../local/clock';
import { startEmulator } from '../../local/emulator';
import { startFaultyLink } from '../../local/faulty-link';
import { buildFunctions } from '../../tools/build-functions';
import type { ReaderAction, ReaderInput, ReaderOutput } from '../../contracts';
import type { Result } from '../../contracts/result';

const ROOT = path.resolve(__dirname, '../..');

/** Longest wait of the functions for the library, in ms; short, so that tests of a slow library end. */
const LIBRARY_TIMEOUT_MS = 1_000;

/**
 * The whole way of a call without a browser: the bundled functions with the
 * real SDKs in workers, the emulator, the signed link, the gateway and the
 * demo library, in a folder of its own.
 */
export async function startLocalCloud() {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'shutong-test-'));
  const clock = new ShiftableClock();
  const logs: string[] = [];
  const log = (line: string): void => void logs.push(line);
  const functionsDir = path.join(folder, 'functions');
  await buildFunctions({ outDir: functionsDir });
  const library = await openDemoLibrary({
    catalogFile: path.join(ROOT, 'local/seed/catalog/books.jsonl.gz'),
    dataDir: path.join(folder, 'library'),
    clock,
  });
  const key = { id: 'test', secret: randomBytes(32).toString('hex') };
  const gateway = await startGateway({ library, keys: [key], clock, log });
  const link = await startFaultyLink(gateway.url, log);
  const emulator = await startEmulator({
    dataDir: path.join(folder, 'cloud'),
    functionsDir,
    schema,
    rules,
    clock,
    log,
    functionEnv: {
      LIBRARY_GATEWAY_URL: link.url,
      LIBRARY_GATEWAY_KEY_ID: key.id,
      LIBRARY_GATEWAY_KEY: key.secret,
      LIBRARY_TIMEOUT_MS: String(LIBRARY_TIMEOUT_MS),
    },
  });

  const send = (event: unknown, openid = 'o-test-reader'): Promise<unknown> =>
    emulator.callAsClient({ function: 'reader', openid, event });

  return {
    clock,
    library,
    link,
    /** Every line that the functions, the gateway and the emulator logged. */
    logs,
    send,
    /** An action of the reader function as a client calls it. */
    async call<A extends ReaderAction>(action: A, input: ReaderInput<A>): Promise<Result<ReaderOutput<A>>> {
      return (await send({ action, input })) as Result<ReaderOutput<A>>;
    },
    async stop(): Promise<void> {
      await emulator.close();
      await link.close();
      await gateway.close();
      await library.close();
      await fs.rm(folder, { recursive: true, force: true });
    },
  };
}

export type LocalCloud = Awaited<ReturnType<typeof startLocalCloud>>;

/** The data of an answer; fails the test when it is a fault. */
export function dataOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`answered ${JSON.stringify(result.error)}`);
  return result.data;
}
