/**
 * The gateway as a program: `node main.cjs --config gateway.json [--secrets gateway.env]`.
 * SIGHUP reads the configuration again, SIGTERM and SIGINT end it once running
 * requests have ended; a second one ends it at once. Logs go to standard output.
 */
import { parseArgs } from 'node:util';
import { openLibrary } from './open-library';
import { runGateway } from './run';
import type { RunOptions } from './run';

const USAGE = 'Usage: node main.cjs --config gateway.json [--secrets gateway.env]';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}

function readArguments(): Pick<RunOptions, 'configFile' | 'secretsFile'> | undefined {
  try {
    const { values } = parseArgs({ options: { config: { type: 'string' }, secrets: { type: 'string' } } });
    if (values.config === undefined) return undefined;
    return {
      configFile: values.config,
      ...(values.secrets !== undefined && { secretsFile: values.secrets }),
    };
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const files = readArguments();
  if (files === undefined) {
    complain(USAGE);
    process.exitCode = 2;
    return;
  }
  const starting = runGateway({
    ...files,
    environment: process.env,
    connect: openLibrary,
    clock: Date,
    log: say,
  });
  process.on('SIGHUP', () => void starting.then((gateway) => gateway.reload()));
  let asked = 0;
  const stop = (): void => {
    asked += 1;
    if (asked > 1) process.exit(1);
    starting
      .then((gateway) => gateway.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          complain(error);
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  await starting;
}

main().catch((error: unknown) => {
  complain(error);
  // What was opened before the failure would hold the process.
  process.exit(1);
});
