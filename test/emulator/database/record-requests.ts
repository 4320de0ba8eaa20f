/**
 * Writes test/fixtures/sdk-requests/<sdk>.json anew: what the installed SDK sends, and what it gets.
 * Run after a change of an SDK's version and read the difference: npx tsx test/emulator/database/record-requests.ts
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { fixturePath, recordExchanges } from './sdk-exchanges';
import { SDKS } from './sdks';

async function record(): Promise<void> {
  for (const sdk of SDKS) {
    const path = fixturePath(sdk.name);
    await mkdir(join(path, '..'), { recursive: true });
    const exchanges = await recordExchanges(sdk);
    await writeFile(path, await format(JSON.stringify(exchanges), { parser: 'json', printWidth: 110 }));
  }
}

void record();
