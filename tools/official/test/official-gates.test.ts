import fs from 'node:fs';
import path from 'node:path';
import { ROOT, runTool, writeTree, type Ended } from '../../../test/tools/support';

// The official compiler takes some seconds to start.
jest.setTimeout(120_000);

const created: string[] = [];

const GOOD = {
  'project.config.json': JSON.stringify({
    appid: 'touristappid',
    compileType: 'miniprogram',
    miniprogramRoot: 'miniprogram/',
    setting: { useCompilerPlugins: ['typescript'], es6: true, minified: true, minifyWXML: true },
  }),
  'miniprogram/app.json': JSON.stringify({
    pages: ['pages/home/home'],
    subPackages: [{ root: 'packages/report', pages: ['pages/year/year'] }],
  }),
  'miniprogram/app.ts': 'App({});',
  'miniprogram/pages/home/home.json': '{}',
  'miniprogram/pages/home/home.ts':
    "import type { T } from '../../../contracts/t';\nconst title: T = 'a';\nComponent({ data: { title } });",
  'miniprogram/pages/home/home.wxml':
    '<wxs module="text" src="./home.wxs" /><view wx:if="{{title}}">{{text.short(title)}}</view>',
  'miniprogram/pages/home/home.wxs': 'module.exports.short = function (t) { return t.slice(0, 2); };',
  'miniprogram/pages/home/home.wxss': '@import "../../styles/theme.wxss"; .book { width: 20rpx; }',
  'miniprogram/styles/theme.wxss': 'page { --ink: #1f1d1a; }',
  'miniprogram/packages/report/pages/year/year.json': '{}',
  'miniprogram/packages/report/pages/year/year.ts': 'Component({});',
  'miniprogram/packages/report/pages/year/year.wxml': '<view />',
};

function tree(files: Record<string, string>): string {
  const folder = writeTree(files);
  created.push(folder);
  return folder;
}

function check(gate: string, project: string): Ended {
  return runTool('tsx', [path.join(ROOT, 'tools/official/check.ts'), '--project', project, gate]);
}

afterAll(() => {
  for (const folder of created) fs.rmSync(folder, { recursive: true, force: true });
});

describe('the official compilers', () => {
  it('accept a sound project; its packages are measured and held against their budgets', () => {
    const project = tree(GOOD);
    for (const gate of ['wxml', 'wxss', 'compile']) expect(check(gate, project)).toMatchObject({ status: 0 });
    const report = fs.readFileSync(path.join(project, 'dist/official/packages.json'), 'utf8');
    const sizes = JSON.parse(report) as Record<string, number>;
    expect(Object.keys(sizes)).toEqual(['main', 'packages/report']);
    expect(sizes['main']).toBeGreaterThan(sizes['packages/report']!);

    const budget = path.join(project, 'budget.json');
    fs.writeFileSync(budget, JSON.stringify({ mainKB: sizes['main']! / 1024 - 0.1, subpackageKB: 300 }));
    const size = ['--project', project, '--budget', budget];
    const { status, stderr } = runTool('tsx', [path.join(ROOT, 'tools/package-size.ts'), ...size]);
    expect(stderr).toContain('over the budget');
    expect(status).toBe(1);
  });

  it.each([
    ['wxml', 'a bad expression', { 'home.wxml': '<view wx:if="{{title +}}" />' }, 'home.wxml:1'],
    ['wxml', 'a bad wxs module', { 'home.wxs': 'module.exports.short = function ( {' }, 'home.wxs'],
    ['wxss', 'a bad style', { 'home.wxss': '.book {{ width: 20rpx; }' }, 'home.wxss(1:'],
    ['wxss', 'an import that is not there', { 'home.wxss': '@import "./none.wxss";' }, 'none.wxss'],
    ['compile', 'bad TypeScript', { 'home.ts': 'const = 1;' }, 'home.ts'],
    ['compile', 'an unknown component', { 'home.json': '{"usingComponents":{"a":"./none"}}' }, 'none'],
    ['compile', 'an element that is not closed', { 'home.wxml': '<view><text></view>' }, 'home.wxml'],
    ['wxml', 'an element that is not closed', { 'home.wxml': '<view>' }, 'home.wxml:1'],
  ])('%s refuses %s and names the place', (gate, _, broken, expected) => {
    const files = Object.entries(broken).map(([name, content]) => [
      `miniprogram/pages/home/${name}`,
      content,
    ]);
    const { status, stderr } = check(gate, tree({ ...GOOD, ...Object.fromEntries(files) }));
    expect(stderr).toContain(`FAILED ${gate}: `);
    expect(stderr).toContain(expected);
    expect(status).toBe(1);
  });

  it('compile refuses a page that is not there', () => {
    const { 'miniprogram/pages/home/home.ts': _, ...rest } = GOOD;
    const { status, stderr } = check('compile', tree(rest));
    expect(stderr).toContain('pages/home/home');
    expect(status).toBe(1);
  });

  it('fail when there is nothing to check', () => {
    const { status, stderr } = check('wxss', tree({ 'project.config.json': '{}' }));
    expect(stderr).toContain('There are no style sheets');
    expect(status).toBe(1);
  });
});

describe('load-bundles under the Node.js of the cloud', () => {
  it('fails a function that uses what only Node.js 20 has', () => {
    const load = (source: string): Ended => {
      const functions = {
        'reader/index.js': source,
        'reader/config.json': '{}',
        'reader/package.json': '{}',
      };
      return runTool('tsx', [path.join(ROOT, 'tools/load-bundles.ts'), '--functions', tree(functions)]);
    };
    const good = load('const order = [2, 1].sort(); exports.main = async () => order;');
    expect(good.stdout).toBe('Node.js v18.15.0\nreader loads\n');
    expect(good.status).toBe(0);

    const bad = load('const order = [2, 1].toSorted(); exports.main = async () => order;');
    expect(bad.stderr).toContain('toSorted is not a function');
    expect(bad.status).toBe(1);
  });
});
