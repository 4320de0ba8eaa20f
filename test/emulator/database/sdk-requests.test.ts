import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../../local/emulator/database';
import { NOW, SCHEMA } from './sdk-errands';
import { fixturePath, recordExchanges, replay, type Exchange } from './sdk-exchanges';
import { SDKS } from './sdks';

describe.each(SDKS)('recorded requests of $name', (sdk) => {
  let fixture: Exchange[];
  let dir: string;

  beforeAll(async () => {
    fixture = JSON.parse(await readFile(fixturePath(sdk.name), 'utf8')) as Exchange[];
    dir = await mkdtemp(join(tmpdir(), 'shutong-replay-'));
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('are what the installed version sends', async () => {
    const exchanges = await recordExchanges(sdk);
    expect(exchanges.map(({ errand, request }) => ({ errand, request }))).toEqual(
      fixture.map(({ errand, request }) => ({ errand, request })),
    );
  });

  it('are answered as recorded', async () => {
    const database = await Database.open({
      dir,
      schema: SCHEMA,
      clock: { now: () => NOW },
      log: () => undefined,
    });
    const answers = await replay(database, fixture);
    await database.close();
    expect(answers).toEqual(fixture.map(({ answer }) => answer));
  });
});
