import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { bundleProgram } from '../../support/bundle-program';
import { Client, makeFolder, openDatabase, type Folder } from './client';

jest.setTimeout(60_000);

const ROUNDS = [40, 333, 800];
let folder: Folder;

beforeEach(async () => {
  folder = await makeFolder();
});
afterEach(() => folder.remove());

/** Lets a process write, kills it when it has told of so many writes, and gives all it has told. */
async function writeAndKill(round: number, afterLines: number): Promise<string[]> {
  const writer = spawn(
    process.execPath,
    [await bundleProgram(join(__dirname, 'writer.ts')), folder.dir, String(round)],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const told: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) {
    told.push(line);
    if (told.length === afterLines) writer.kill('SIGKILL');
  }
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(writer.signalCode).toBe('SIGKILL');
  return told;
}

/** Lets a process write to a disk on which no file may grow beyond 20 KB, until it gives up. */
async function writeUntilFull(round: number): Promise<string[]> {
  const command = `trap '' XFSZ; ulimit -f 20; exec "$0" "$@"`;
  const program = await bundleProgram(join(__dirname, 'writer.ts'));
  const args = ['-c', command, process.execPath, program, folder.dir, String(round)];
  const writer = spawn('bash', args, {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const told: string[] = [];
  for await (const line of createInterface({ input: writer.stdout })) told.push(line);
  if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  expect(writer.exitCode).not.toBe(0);
  return told;
}

/** What was acknowledged and is not there, and whether both halves of all pairs are. */
async function inspect(told: readonly string[]): Promise<{ lost: string[]; whole: boolean }> {
  const schema = { collections: { left: { indexes: [] }, right: { indexes: [] }, single: { indexes: [] } } };
  const database = await openDatabase(folder.dir, schema);
  const client = new Client(database, 'single');
  const [single, left, right] = await Promise.all(
    [client, client.of('left'), client.of('right')].map(allIds),
  );
  await database.close();
  const lost = told.filter((line) => {
    const [kind, id] = line.split(' ');
    return (kind === 'single' ? single : left)?.has(id) !== true;
  });
  const whole = left?.size === right?.size && [...(left ?? [])].every((id) => right?.has(id));
  return { lost, whole };
}

async function allIds(client: Client): Promise<Set<unknown>> {
  const ids = new Set<unknown>();
  for (let offset = 0; ; offset += 1000) {
    const page = await client.find({}, { offset, limit: 1000 });
    for (const { _id } of page) ids.add(_id);
    if (page.length < 1000) return ids;
  }
}

it('kill -9 loses no acknowledged write and tears no transaction', async () => {
  const told: string[] = [];
  for (const [round, afterLines] of ROUNDS.entries()) told.push(...(await writeAndKill(round, afterLines)));
  expect(await inspect(told)).toEqual({ lost: [], whole: true });
  expect(told.length).toBeGreaterThanOrEqual(ROUNDS.reduce((sum, lines) => sum + lines, 0));
});

it('a full disk ends the acknowledging, and loses and tears nothing', async () => {
  const told = await writeUntilFull(ROUNDS.length);
  expect(told.length).toBeGreaterThan(0);
  expect(await inspect(told)).toEqual({ lost: [], whole: true });
});
