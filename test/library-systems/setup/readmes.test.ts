import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readLibraryConfig } from '../../../library-systems/setup';
import { SystemConfig } from '../../../library-systems/setup/kinds';
import { siteSettings } from '../../../library-systems/site-settings';

/** Explained once for all kinds, in docs/library-systems. */
const SHARED = new Set(['kind', ...Object.keys(siteSettings)]);
const KINDS = SystemConfig.options.map((option) => ({
  kind: option.entries.kind.literal,
  settings: Object.keys(option.entries).filter((name) => !SHARED.has(name)),
}));

describe.each(KINDS)('the README of $kind', ({ kind, settings }) => {
  const readme = readFileSync(path.join(__dirname, '../../../library-systems', kind, 'README.md'), 'utf8');

  it('has an example that is a configuration', () => {
    const examples = [...readme.matchAll(/```json\n([^`]*)```/g)].map(([, text]) => text!);
    expect(examples.length).toBeGreaterThan(0);
    for (const text of examples) expect(readLibraryConfig(JSON.parse(text))).toHaveProperty('kind', kind);
  });

  it('names every setting', () => {
    expect(settings.filter((name) => !new RegExp(`[\`".]${name}\\b`).test(readme))).toEqual([]);
  });
});
