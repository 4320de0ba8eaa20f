import { expect, it } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describeBib, readMarcFile } from '../../../library-systems/marc';
import { describeUnless } from '../../support/unless';

/** Files that may not be passed on with this project can be read from a folder of one's own. */
const FOLDER = process.env.SHUTONG_MARC_FILES;
const files = FOLDER === undefined ? [] : readdirSync(FOLDER).filter((name) => /\.(mrc|marc)$/.test(name));
const missing = files.length === 0 ? 'SHUTONG_MARC_FILES names no folder with *.mrc' : undefined;

describeUnless(missing, 'more MARC files')('MARC files of a folder', () => {
  it.each(files.length === 0 ? [''] : files)('%s: every record is read, or named with its place', (name) => {
    const bytes = readFileSync(path.join(FOLDER!, name));
    const entries = [...readMarcFile(bytes)];
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      if ('error' in entry) expect(entry.error.message).toMatch(/^record \d+ at byte \d+: /);
      else {
        const { title } = describeBib(entry.record, {
          format: name.includes('cmarc') ? 'unimarc' : 'marc21',
        });
        expect(title).not.toBe('');
        const damaged = JSON.stringify(entry.record.data).includes('\ufffd');
        expect(entry.record.problems.some((problem) => /places are not of/.test(problem))).toBe(damaged);
      }
    }
  });
});
