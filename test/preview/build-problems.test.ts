import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildProgram } from '../../local/preview/build/build-program';
import { BuildFailure, formatProblem } from '../../local/preview/build/problems';

describe('mistakes in the mini program', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-build-'));
    fs.cpSync(path.join(__dirname, 'fixture-app'), path.join(folder, 'app'), { recursive: true });
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const edit = (file: string, change: (text: string) => string): void => {
    const full = path.join(folder, 'app', file);
    fs.writeFileSync(full, change(fs.readFileSync(full, 'utf8')));
  };
  const problems = async (): Promise<string[]> => {
    const built = buildProgram({
      root: path.join(folder, 'app'),
      outDir: path.join(folder, 'out'),
      log: () => {},
    });
    const error: unknown = await built.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof BuildFailure)) throw error ?? new Error('the build has found no mistake');
    return error.problems.map(formatProblem);
  };

  it('builds without a mistake', async () => {
    const built = await buildProgram({
      root: path.join(folder, 'app'),
      outDir: path.join(folder, 'out'),
      log: () => {},
    });
    expect(built).toMatchObject({ pages: 5, components: 7 });
  });

  it('names file, line and column of a bad expression', async () => {
    edit('packageA/detail/detail.wxml', () => '<view>\n  {{a +}}</view>\n');
    expect(await problems()).toEqual([
      expect.stringMatching(/^packageA\/detail\/detail\.wxml:2:8 unexpected character/),
    ]);
  });

  it('names the place of a tag that is not there', async () => {
    edit('packageA/detail/detail.wxml', () => '<view />\n  <city-map wx:if="{{id}}" />\n<!-- <ghost/> -->');
    expect(await problems()).toEqual([
      'packageA/detail/detail.wxml:2:3 <city-map> is neither in usingComponents nor a built-in that the preview has',
    ]);
  });

  it('names the place of a mistake in wxs, inside a template and in a file of its own', async () => {
    edit(
      'pages/index/index.wxml',
      () => '<wxs src="../../utils/filter.wxs" module="f" />\n<wxs module="m">var a = ;</wxs>',
    );
    edit('utils/words.wxs', () => 'module.exports = {\n  list: ,\n};\n');
    expect(await problems()).toEqual([
      expect.stringMatching(/^pages\/index\/index\.wxml:2:25 Unexpected ";"/),
      expect.stringMatching(/^utils\/words\.wxs:2:9 Unexpected ","/),
    ]);
  });

  it('names the place of mistakes in styles', async () => {
    edit('common.wxss', () => '.a { color: red;\n');
    edit('pages/forms/forms.wxss', () => '.a { color: red }\n@import "./none.wxss";');
    expect(await problems()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^common\.wxss:1:1 Unclosed block/),
        'pages/forms/forms.wxss:2:1 @import is not found: ./none.wxss',
      ]),
    );
  });

  it('refuses style sheets that import each other', async () => {
    edit('common.wxss', () => '@import "./app.wxss";');
    expect((await problems())[0]).toMatch(/^common\.wxss:1:1 @import goes round in a circle/);
  });

  it('names the place of mistakes in scripts and of packages that are not packed', async () => {
    edit('utils/money.ts', (text) => `${text}\nconst = 1;`);
    edit('app.ts', (text) => `import 'left-pad';\n${text}`);
    expect(await problems()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^utils\/money\.ts:3:7 /),
        'app.ts:1:8 "left-pad" is not in miniprogram_npm; run "npm run build"',
      ]),
    );
  });

  it('names what is missing or unreadable in the configuration', async () => {
    edit('pages/index/index.json', () => '{\n  "usingComponents": { "a": "/components/none/none" }\n}');
    edit('pages/forms/forms.json', () => '{\n  "navigationBarTitleText": 1,\n}');
    expect(await problems()).toEqual(
      expect.arrayContaining([
        'pages/index/index.json:1:1 component <a> is not found: /components/none/none',
        expect.stringMatching(/^pages\/forms\/forms\.json:3:1 /),
      ]),
    );
    fs.rmSync(path.join(folder, 'app', 'app.json'));
    expect(await problems()).toEqual(['app.json:1:1 app.json is missing']);
  });
});
