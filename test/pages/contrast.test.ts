import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import postcss, { type AtRule, type Rule } from 'postcss';
import { CLC_LETTERS } from '../../miniprogram/lib/clc';
import { contrast } from './support/contrast';

const STYLES = path.resolve(__dirname, '../../miniprogram/styles');
type Palette = Record<string, string>;

/** The variables of `page` in a sheet: those for light, and these with the ones for dark laid over. */
function palettes(file: string): { light: Palette; dark: Palette } {
  const light: Palette = {};
  const dark: Palette = {};
  postcss.parse(readFileSync(path.join(STYLES, file), 'utf8')).walkDecls(/^--/, (declaration) => {
    const rule = declaration.parent as Rule;
    if (rule.selector !== 'page') return;
    const around = rule.parent as AtRule | undefined;
    const isDark = around?.type === 'atrule' && around.params.includes('dark');
    (isDark ? dark : light)[declaration.prop.slice(2)] = declaration.value;
  });
  return { light, dark: { ...light, ...dark } };
}

/** Every text colour and the grounds that it stands on. */
const PAIRS: [text: string, grounds: string[]][] = [
  ['ink', ['paper', 'card', 'press']],
  ['slate', ['paper', 'card', 'press']],
  ['azurite', ['paper', 'card', 'press']],
  ['bamboo', ['paper', 'card', 'press']],
  ['cinnabar', ['paper', 'card']],
  ['on-cinnabar', ['cinnabar']],
  ['paper', ['ink']],
  ['card', ['ink']],
  ['slip-ink', ['slip']],
  ['plate-ink', ['plate']],
];

describe('motion', () => {
  it.each(sheets().map((file) => [path.relative(path.resolve(STYLES, '..'), file), file]))(
    '%s rests where the reader wants less of it',
    (_, file) => {
      const moving = new Set<string>();
      const resting = new Set<string>();
      postcss.parse(readFileSync(file, 'utf8')).walkDecls(/^(animation|transition)$/, ({ value, parent }) => {
        const rule = parent as Rule;
        const around = rule.parent as AtRule | undefined;
        const reduced = around?.type === 'atrule' && around.params.includes('prefers-reduced-motion: reduce');
        for (const selector of rule.selectors) (reduced && value === 'none' ? resting : moving).add(selector);
      });
      expect([...resting]).toEqual(expect.arrayContaining([...moving]));
    },
  );
});

describe('contrast', () => {
  const theme = palettes('theme.wxss');
  const cases = (['light', 'dark'] as const).flatMap((mode) =>
    PAIRS.flatMap(([text, grounds]) => grounds.map((ground) => [mode, text, ground] as const)),
  );

  it.each(cases)('%s: %s on %s is at least 4.5', (mode, text, ground) => {
    const { [text]: a = '', [ground]: b = '' } = theme[mode];
    expect(contrast(a, b)).toBeGreaterThanOrEqual(4.5);
  });

  const classes = palettes('clc.wxss').light;
  it.each([...CLC_LETTERS.map((letter) => letter.toLowerCase()), 'none'])(
    'the ink on the cloth of class %s is at least 4.5',
    (letter) => {
      const { [`clc-${letter}`]: cloth = '', [`clc-${letter}-ink`]: ink = '' } = classes;
      expect(contrast(cloth, ink)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('knows black on white', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  it('covers every text colour that the sheets use', () => {
    const used = new Set<string>();
    const others: string[] = [];
    for (const file of sheets())
      postcss.parse(readFileSync(file, 'utf8')).walkDecls('color', ({ value }) => {
        const name = /^var\(--([\w-]+)\)$/.exec(value)?.[1];
        if (name === undefined) others.push(`${file}: color: ${value} is not a variable of the theme`);
        else if (!name.startsWith('clc-')) used.add(name);
      });
    expect(others).toEqual([]);
    expect(PAIRS.map(([text]) => text)).toEqual(expect.arrayContaining([...used]));
  });
});

function sheets(): string[] {
  const root = path.resolve(STYLES, '..');
  return ['components', 'packages', 'pages', 'styles'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.wxss'))
      .map((file) => path.join(root, folder, file)),
  );
}
