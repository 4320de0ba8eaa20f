import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Client, makeFolder, openDatabase, type Folder } from './client';

jest.setTimeout(60_000);

const ROUNDS = [40, 333, 800];
let folder: Folder;

beforeAll(async () => {
  folder = await makeFolder();
});
afterAll(() => folder.remove());

/** Lets a process write, kills it when it has told of so many writes, and gives all it has told. */
async function writeAndKill(round: number, afterLines: number): Promise<string[]> {
  const writer = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'writer.ts'), folder.dir, String(round)],
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
  const schema = { collections: { left: { indexes: [] }, right: { indexes: [] }, single: { indexes: [] } } };
  const database = await openDatabase(folder.dir, schema);
  const client = new Client(database, 'single');
  const [single, left, right] = await Promise.all(
    [client, client.of('left'), client.of('right')].map(allIds),
  );
  await database.close();
  expect(left).toEqual(right);
  // A last line may be cut in the pipe; its id is then not one that was told.
  const lost = told.filter((line) => {
    const [kind, id] = line.split(' ');
    return kind === 'single' ? single?.has(id) !== true : left?.has(id) !== true;
  });
  expect(lost).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(ROUNDS.reduce((sum, lines) => sum + lines, 0));
});
