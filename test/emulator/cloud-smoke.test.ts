import fs from 'node:fs';
import path from 'node:path';
import { buildSmoke } from '../../tools/cloud-smoke/build';
import type { SmokeRow } from '../../tools/cloud-smoke/smoke';
import { startTestEmulator, temporaryFolder } from './support/start-test-emulator';

jest.setTimeout(120_000);

it('holds, check by check, in the local cloud, and the README names each of them', async () => {
  const functionsDir = temporaryFolder('smoke');
  await buildSmoke({ outDir: functionsDir });
  // as start.ts has it; functions cannot have a time zone of their own
  process.env['TZ'] = 'UTC';
  const cloud = await startTestEmulator({
    functionsDir,
    rules: { '*': { invoke: false }, smoke: { invoke: 'auth != null' } },
    schema: {
      collections: {
        smoke: { indexes: [] },
        smoke_unique: { indexes: [{ name: 'no', fields: [{ field: 'no', direction: 1 }], unique: true }] },
      },
    },
  });
  const rows = (await cloud.emulator.callAsClient({
    function: 'smoke',
    openid: 'o-smoke',
    event: {},
  })) as SmokeRow[];
  await cloud.emulator.close();
  expect(rows.filter(({ holds }) => !holds)).toEqual([]);
  const names = rows.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const readme = fs.readFileSync(path.join(__dirname, '../../tools/cloud-smoke/README.md'), 'utf8');
  const listed = [...readme.matchAll(/^\| `([^`]+)` +\| (.*?) +\| `(.*)` +\|$/gm)].map(
    ([, ...columns]) => columns,
  );
  expect(listed).toEqual(rows.map(({ name, claim, expected }) => [name, claim, expected]));
});
