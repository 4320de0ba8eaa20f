import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { cp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { builtFunctions, FUNCTION_SOURCES } from '../tools/build-functions';
import { ShiftableClock } from './clock';
import { startEmulator, type InvokeRules } from './emulator';
import type { DatabaseSchema } from './emulator/database';
import { parseArguments, USAGE, UsageError, type StartArguments } from './host/arguments';
import { deskKeys } from './host/desk-keys';
import { chooseLibrary, openLibrary } from './host/library';
import { reset } from './host/local-actions';
import { prepareNpm } from './host/prepare-npm';
import { PortInUse, startLocalServer } from './host/local-server';
import { seedMessages } from './host/seed-messages';
import { seedOnboarding } from './host/seed-onboarding';
import { seedReport } from './host/seed-report';
import { watchFolders } from './host/watch-functions';
import { startPreview } from './preview';

const ROOT = path.resolve(__dirname, '..');
/** A clean end may take this long, ms; then it is ended all the same. */
const CLOSE_LIMIT_MS = 1_500;

const log = (line: string): void => void process.stderr.write(`${line}\n`);

/** What was started, to be ended in the opposite order. */
type Closers = (() => Promise<void> | void)[];

async function start(args: StartArguments, closers: Closers): Promise<void> {
  const libraryConfig = chooseLibrary(args.library);
  const server = await startLocalServer(args.port, log);
  closers.push(() => server.close());

  const dataDir = path.resolve(args.dataDir);
  const buildDir = path.join(dataDir, 'built', String(process.pid));
  mkdirSync(buildDir, { recursive: true });
  // also when a clean end takes too long
  process.once('exit', () => rmSync(buildDir, { recursive: true, force: true, maxRetries: 3 }));
  let builds = 0;
  const build = async (): Promise<string> => {
    // a folder of its own each time: a worker that is just starting never reads a half-written bundle
    const outDir = path.join(buildDir, `functions-${++builds}`);
    await cp(await builtFunctions(), outDir, { recursive: true });
    return outDir;
  };
  const clock = new ShiftableClock();
  const toBeClosed = <T extends { close: () => Promise<void> }>(part: T): T => {
    closers.push(() => part.close());
    return part;
  };
  const [functionsDir, library] = await Promise.all([
    build(),
    openLibrary(libraryConfig, { dataDir, secrets: args.secrets, clock, log }).then(toBeClosed),
    prepareNpm(ROOT),
  ]);
  const [emulator, preview] = await Promise.all([
    startEmulator({
      dataDir,
      functionsDir,
      schema: readJson('cloudfunctions/schema.json') as DatabaseSchema,
      rules: readRules(),
      functionEnv: { ...deskKeys(dataDir), ...library.functionEnv },
      clock,
      log,
    }).then(toBeClosed),
    startPreview({
      miniprogramRoot: path.join(ROOT, 'miniprogram'),
      outDir: path.join(buildDir, 'preview'),
      watch: args.watch,
      clock,
      log,
    }).then(toBeClosed),
  ]);
  // the data folder is ours now, so what other processes built there belongs to the dead
  await removeOthers(path.dirname(buildDir), path.basename(buildDir));
  if (args.reset) await reset({ emulator, library, clock });
  else await Promise.all([seedOnboarding(emulator, library), seedMessages(emulator)]);
  if (args.watch) {
    const rebuild = async (): Promise<void> => {
      await emulator.reloadFunctions({ functionsDir: await build(), rules: readRules() });
      log('functions reloaded');
    };
    const folders = FUNCTION_SOURCES.map((folder) => path.join(ROOT, folder));
    closers.push(watchFolders(folders.filter(existsSync), rebuild, log));
  }
  server.serve({ emulator, library, clock, preview });
  process.stdout.write(`Shutong is ready at ${server.url}\n`);
  // takes some seconds that nobody has to wait for
  if (!args.reset) void seedReport(emulator, library, clock);
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

const readRules = (): InvokeRules => readJson('cloudfunctions/function-rules.json') as InvokeRules;

async function removeOthers(dir: string, own: string): Promise<void> {
  const names = await readdir(dir);
  await Promise.all(
    names
      .filter((name) => name !== own)
      .map((name) => rm(path.join(dir, name), { recursive: true, force: true })),
  );
}

/** Killed hard, npm cannot pass the signal on; a server that nobody sees would keep the port and the data. */
function endWithNpm(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const npm = process.ppid;
  setInterval(() => {
    if (process.ppid !== npm) end();
  }, 500).unref();
}

async function main(): Promise<void> {
  // the cloud's functions live in UTC; a mistake about zones must show here, not there
  process.env['TZ'] = 'UTC';
  const closers: Closers = [];
  let closing = false;
  const close = async (exitCode: number): Promise<void> => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(exitCode), CLOSE_LIMIT_MS).unref();
    for (const closer of closers.reverse()) {
      try {
        await closer();
      } catch (error) {
        log(error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
    }
    process.exit(exitCode);
  };
  process.on('SIGTERM', () => void close(0));
  process.on('SIGINT', () => void close(0));
  endWithNpm(() => void close(0));
  try {
    const args = parseArguments(process.argv.slice(2));
    if (args) return await start(args, closers);
    process.stdout.write(USAGE);
  } catch (error) {
    if (error instanceof UsageError) log(`${error.message}\n\n${USAGE}`);
    else if (error instanceof PortInUse) log(error.message);
    else log(error instanceof Error ? (error.stack ?? error.message) : String(error));
    await close(error instanceof UsageError ? 2 : 1);
  }
}

void main();
