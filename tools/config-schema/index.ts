import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { makeGatewaySchema, makeSchema } from './make-schema';

const FOLDER = path.join(__dirname, '../../docs/library-systems');

/** Writes the JSON Schemas that editors check configurations with. */
async function write(name: string, schema: object): Promise<void> {
  const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
  writeFileSync(path.join(FOLDER, name), text);
  console.log(`${path.join(FOLDER, name)} written`);
}

void Promise.all([
  write('library.schema.json', makeSchema()),
  write('gateway.schema.json', makeGatewaySchema()),
]);
