import { afterEach, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { keepAscii } from '../../tools/keep-ascii';
import { writeTree } from './support';

const created: string[] = [];
afterEach(() => {
  for (const tree of created.splice(0)) fs.rmSync(tree, { recursive: true, force: true });
});

/** Bundles `index.ts`. @returns where the bundle lies */
async function bundle(code: string): Promise<string> {
  const root = writeTree({ 'index.ts': code });
  created.push(root);
  const outfile = path.join(root, 'out.js');
  const built = { bundle: true, format: 'cjs', platform: 'node', logLevel: 'silent' } as const;
  await build({ ...built, entryPoints: [path.join(root, 'index.ts')], outfile, plugins: [keepAscii] });
  return outfile;
}

describe('a bundle', () => {
  it('is ASCII, and its texts and expressions are what they were', async () => {
    const outfile = await bundle(`
        export const text = '续借 😀';
        export const 名 = 1;
        export const cut = (line: string) => line.split(/[（《😀-😂]|书/u);
        export const hasPair = (line: string) => /😀/.test(line) && /^.{2}$/.test(line);
        export const quoted = (line: string) => /“([^”]*)”/.exec(line)?.[1];`);
    expect(fs.readFileSync(outfile, 'utf8')).toMatch(/^[\0-\x7F]*$/);
    const loaded = createRequire(__filename)(outfile) as Record<string, (line: string) => unknown>;
    expect(loaded).toMatchObject({ text: '续借 😀', 名: 1 });
    expect(loaded['cut']!('红楼梦（上）书😁完')).toEqual(['红楼梦', '上）', '', '完']);
    expect(loaded['hasPair']!('😀')).toBe(true);
    expect(loaded['quoted']!('读“边城”')).toBe('边城');
  });

  it('is not made where an escape would be taken for text', async () => {
    await expect(bundle('export const text = String.raw`书\\d`;')).rejects.toThrow('in String.raw');
  });
});
