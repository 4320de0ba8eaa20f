import fs from 'node:fs';
import path from 'node:path';
import { ROOT } from './support';

const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

const DOCUMENTS = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'tools/official/README.md',
  'tools/cloud-smoke/README.md',
  ...fs
    .readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

/** Names in backquotes in the first column of a document's tables. */
const firstColumn = (markdown: string): string[] =>
  [...markdown.matchAll(/^\| `([^`]+)`/gm)].map((match) => match[1]!);

const section = (markdown: string, heading: string): string =>
  markdown.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;

describe('documents', () => {
  it.each(DOCUMENTS)('%s links only to what is there', (document) => {
    const links = [...read(document).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    const inside = links.filter((link) => !/^(https?:|#)/.test(link)).map((link) => link.replace(/#.*$/, ''));
    const missing = inside.filter((link) => !fs.existsSync(path.join(ROOT, path.dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = DOCUMENTS.flatMap((document) =>
      [...read(document).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1]!),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });

  it('docs/unverified.md names each check of the smoke function, and no other', () => {
    const checks = firstColumn(section(read('tools/cloud-smoke/README.md'), 'Checks'));
    const named = [...read('docs/unverified.md').matchAll(/`((?:db|tx|fn|storage|openapi)\.[\w-]+)`/g)].map(
      (match) => match[1]!,
    );
    expect(checks.length).toBeGreaterThan(0);
    expect([...new Set(named)].sort()).toEqual([...checks].sort());
  });
});

describe('docs/privacy.md', () => {
  it('lists what is kept on the phone, and nothing else', () => {
    const folder = path.join(ROOT, 'miniprogram/services');
    const kept = fs
      .readdirSync(folder)
      .flatMap((file) => [
        ...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(/^const KEY = '([^']+)'/gm),
      ])
      .map((match) => match[1]!);
    expect(kept.length).toBeGreaterThan(0);
    expect(firstColumn(section(read('docs/privacy.md'), 'On the phone only')).sort()).toEqual(kept.sort());
  });

  it('lists each collection of the cloud database', () => {
    const { collections } = JSON.parse(read('cloudfunctions/schema.json')) as {
      collections: Record<string, unknown>;
    };
    expect(firstColumn(section(read('docs/privacy.md'), 'In the cloud')).sort()).toEqual(
      Object.keys(collections).sort(),
    );
  });
});
