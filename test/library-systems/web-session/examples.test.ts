import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readLibraryConfig } from '../../../library-systems/setup/read-config';

it.each(['libstar', 'huiwen', 'interlib'])('the example in the README of %s is one', (kind) => {
  const readme = readFileSync(path.join(__dirname, `../../../library-systems/${kind}/README.md`), 'utf8');
  const [, example = ''] = /```json\n([^]*?)```/.exec(readme) ?? [];
  expect(readLibraryConfig(JSON.parse(example))).toMatchObject({ kind, timeZone: 'Asia/Shanghai' });
  expect(readme).toContain('NOT VERIFIED AGAINST A LIVE SYSTEM');
});
