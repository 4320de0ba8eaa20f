import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { resolveComponent } from '../../local/preview/build/resolve-component';

describe('the path that usingComponents names', () => {
  let root: string;
  beforeAll(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-resolve-'));
    for (const name of [
      'components/card/card',
      'components/list/index',
      'pages/a/part/part',
      'miniprogram_npm/lib/tag/tag',
      'packageA/miniprogram_npm/lib/tag/tag',
      'packageA/miniprogram_npm/only/index',
    ]) {
      fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      fs.writeFileSync(path.join(root, `${name}.json`), '{}');
    }
  });
  afterAll(() => {
    fs.rmSync(root, { recursive: true });
  });

  it.each([
    ['pages/a/a', '/components/card/card', 'components/card/card'],
    ['pages/a/a', '../../components/card/card', 'components/card/card'],
    ['pages/a/a', '/components/list', 'components/list/index'],
    ['pages/a/a', './part/part', 'pages/a/part/part'],
    ['pages/a/a', 'part/part', 'pages/a/part/part'],
    ['pages/a/a', 'lib/tag/tag', 'miniprogram_npm/lib/tag/tag'],
    ['packageA/b/b', 'lib/tag/tag', 'packageA/miniprogram_npm/lib/tag/tag'],
    ['packageA/b/b', 'only', 'packageA/miniprogram_npm/only/index'],
    ['app', 'components/card/card', 'components/card/card'],
    ['pages/a/a', 'only', undefined],
    ['pages/a/a', '../../../outside/x', undefined],
    ['pages/a/a', './lib/tag/tag', undefined],
  ])('from %s, %s is %s', (from, value, expected) => {
    expect(resolveComponent(root, from, value)).toBe(expected);
  });
});
