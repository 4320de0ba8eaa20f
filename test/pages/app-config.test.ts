import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { version } from '../../miniprogram/config';

const ROOT = path.resolve(__dirname, '../..');
const APP = path.join(ROOT, 'miniprogram');
const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));

interface AppConfig {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
  tabBar: { list: Record<string, string>[] };
  lazyCodeLoading: string;
  darkmode: boolean;
}
const app = readJson('miniprogram/app.json') as AppConfig;
const theme = readJson('miniprogram/theme.json') as Record<'light' | 'dark', Record<string, string>>;

const allPages = [
  ...app.pages,
  ...app.subPackages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
];

describe('the configuration of the app', () => {
  it.each(allPages)('%s has all its files', (page) => {
    for (const extension of ['ts', 'json', 'wxml', 'wxss'])
      expect([extension, existsSync(path.join(APP, `${page}.${extension}`))]).toEqual([extension, true]);
  });

  it('names only colours and icons that both themes have', () => {
    const names = [...JSON.stringify(app).matchAll(/"@(\w+)"/g)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(0);
    for (const mode of ['light', 'dark'] as const) {
      expect(Object.keys(theme[mode])).toEqual(expect.arrayContaining(names));
      for (const value of Object.values(theme[mode]))
        if (value.endsWith('.png')) expect(existsSync(path.join(APP, value))).toBe(true);
    }
  });

  it('has the paper of the pages behind the navigation bar', () => {
    const papers = [
      ...readFileSync(path.join(APP, 'styles/theme.wxss'), 'utf8').matchAll(/--paper: (#\w+)/g),
    ];
    expect(papers.map(([, paper]) => paper?.toUpperCase())).toEqual([
      theme.light['navBackground'],
      theme.dark['navBackground'],
    ]);
  });

  it('tells the version of the package', () => {
    expect(version).toBe((readJson('package.json') as { version: string }).version);
  });

  it('is dark when the phone is, and loads only the code that a page needs', () => {
    expect(app).toMatchObject({ darkmode: true, lazyCodeLoading: 'requiredComponents' });
  });
});
