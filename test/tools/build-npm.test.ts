import { readdir, readFile, writeFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildNpm } from '../../tools/build-npm';

const OUT = path.resolve(__dirname, '../../miniprogram/miniprogram_npm');
const LIMIT_KB = 150;

async function packed(): Promise<string[]> {
  const entries = await readdir(OUT, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

describe('buildNpm', () => {
  beforeAll(buildNpm);

  it('packs the components in use and what they need, and nothing else', async () => {
    const components = (await readdir(path.join(OUT, 'tdesign-miniprogram'))).filter(
      (name) => name !== 'LICENSE',
    );
    expect(components.sort()).toEqual(['common', 'icon', 'loading', 'mixins', 'overlay', 'popup', 'switch']);
  });

  it('resolves every path that a packed file names', async () => {
    for (const file of await packed()) {
      const text = await readFile(file, 'utf8');
      const names = file.endsWith('.wxss')
        ? [...text.matchAll(/@import\s+['"]([^'"]+)/g)]
        : file.endsWith('.wxml') || file.endsWith('.wxs')
          ? [...text.matchAll(/(?:src="|require\(\s*['"])([^"']+)/g)].filter(
              ([, name]) => !name?.includes('{{'),
            )
          : [];
      for (const [, name = ''] of names) await stat(path.resolve(path.dirname(file), name));
    }
  });

  it('fetches nothing from the network', async () => {
    for (const file of await packed())
      if (!file.endsWith('LICENSE'))
        expect((await readFile(file, 'utf8')).replace(/http:\/\/www\.w3\.org\/2000\/svg/g, '')).not.toMatch(
          /https?:\/\//,
        );
  });

  it('stays small', async () => {
    let bytes = 0;
    for (const file of await packed()) bytes += (await stat(file)).size;
    expect(bytes / 1024).toBeLessThan(LIMIT_KB);
  });

  it('takes away what is no longer needed and leaves alone what is right', async () => {
    const stray = path.join(OUT, 'tdesign-miniprogram', 'stray.js');
    const kept = path.join(OUT, 'tdesign-miniprogram', 'popup', 'popup.js');
    await writeFile(stray, '');
    const before = (await stat(kept)).mtimeMs;
    await buildNpm();
    await expect(stat(stray)).rejects.toThrow('ENOENT');
    expect((await stat(kept)).mtimeMs).toBe(before);
  });
});
