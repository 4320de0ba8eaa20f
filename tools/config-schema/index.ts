import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { makeSchema } from './make-schema';

const FILE = path.join(__dirname, '../../docs/library-systems/library.schema.json');

/** Writes the JSON Schema that editors check configurations with. */
void format(JSON.stringify(makeSchema()), { parser: 'json', printWidth: 110 }).then((text) => {
  writeFileSync(FILE, text);
  console.log(`${FILE} written`);
});
