import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ROOT, runTool } from './support';

interface Message {
  ruleId?: string | null;
  rule?: string;
  line: number;
  message?: string;
  text?: string;
}

interface Sample {
  file: string;
  lines: string[];
  /** `line rule` of each finding */
  found: string[];
}

// ESLint's configuration is an ES module, which jest cannot load; one process lints all samples.
const LINT = `
const { ESLint } = require('eslint');
const eslint = new ESLint();
const { samples, others } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
(async () => {
  const results = [];
  for (const { file, lines } of samples) results.push(...(await eslint.lintText(lines.join('\\n'), { filePath: file })));
  const rules = [];
  for (const file of others) rules.push((await eslint.calculateConfigForFile(file)).rules);
  process.stdout.write(JSON.stringify({ results, rules }));
})();
`;

interface Linted {
  /** Findings of each sample. */
  found: string[][];
  /** How severe a broken rule is in each of the other files: 2 is an error. */
  severities: Record<string, [number, ...unknown[]]>[];
}

/** Lints texts as if they stood in the named files, and looks up what holds in others. */
function eslint(samples: Sample[], others: string[]): Linted {
  const { stdout, stderr } = spawnSync(process.execPath, ['-e', LINT], {
    cwd: ROOT,
    input: JSON.stringify({ samples, others }),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const { results, rules } = JSON.parse(stdout) as {
    results: { messages: Message[] }[];
    rules: Linted['severities'];
  };
  const found = results.map(({ messages }) =>
    messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? String(message)}`),
  );
  return { found, severities: rules };
}

function stylelint(file: string, lines: string[]): string[] {
  const { stderr } = runTool(
    'stylelint',
    ['--stdin', '--stdin-filename', path.join(ROOT, file), '--formatter', 'json'],
    { input: lines.join('\n') },
  );
  const [result] = JSON.parse(stderr) as { warnings: Message[] }[];
  return result!.warnings.map(({ line, rule }) => `${line} ${String(rule)}`);
}

const CLOUD_CALL = ["wx.setStorageSync('a', 1);", "void wx.cloud.callFunction({ name: 'reader' });"];

const SAMPLES: Record<string, Sample> = {
  'refuse wx. in a page': {
    file: 'miniprogram/pages/home/home.ts',
    lines: CLOUD_CALL,
    found: ['1 no-restricted-globals', '2 no-restricted-globals', '2 no-restricted-syntax'],
  },
  'refuse wx.cloud.callFunction in a service': {
    file: 'miniprogram/services/scan.ts',
    lines: CLOUD_CALL,
    found: ['2 no-restricted-syntax'],
  },
  'allow both in api.ts': { file: 'miniprogram/services/api.ts', lines: CLOUD_CALL, found: [] },
  'refuse to take wx apart': {
    file: 'miniprogram/services/api.ts',
    lines: ['const { cloud } = wx;', 'void cloud;'],
    found: ['1 no-restricted-syntax'],
  },
  'refuse a type import that loads its file': {
    file: 'miniprogram/services/scan.ts',
    lines: ["import { type Item } from './catalog';", 'export type A = Item;'],
    found: ['1 @typescript-eslint/no-import-type-side-effects'],
  },
  'see any, console and promises that nobody waits for': {
    file: 'miniprogram/services/scan.ts',
    lines: ['export function f(given: any): void {', '  console.log(given);', '  Promise.resolve(1);', '}'],
    found: [
      '1 @typescript-eslint/no-explicit-any',
      '2 no-console',
      '3 @typescript-eslint/no-floating-promises',
    ],
  },
  'see a missing wx:key': {
    file: 'miniprogram/pages/home/home.wxml',
    lines: ['<view wx:for="{{books}}">{{item.title}}</view>'],
    found: ['1 wxml/wx-key'],
  },
  'see a condition that is always true': {
    file: 'miniprogram/pages/home/home.wxml',
    lines: ['<view wx:if="ready">{{title}}</view>'],
    found: ['1 wxml/no-wx-if-string'],
  },
  'see an element that is not closed': {
    file: 'miniprogram/pages/home/home.wxml',
    lines: ['<view><text></view>'],
    found: ['1 wxml/no-inconsistent-tagname', '1 wxml/report-wxml-syntax-error'],
  },
  'allow a sound template': {
    file: 'miniprogram/pages/home/home.wxml',
    lines: ['<view wx:for="{{books}}" wx:key="bibId">{{item.title}}</view>', ''],
    found: [],
  },
};

/** What the samples find that is to be found wherever TypeScript stands. */
const SEEN_EVERYWHERE = [
  '@typescript-eslint/no-import-type-side-effects',
  '@typescript-eslint/no-explicit-any',
  '@typescript-eslint/no-floating-promises',
  'no-console',
];

describe('lint rules for TypeScript and WXML', () => {
  /** One of each environment. To lint them takes a program with types for each; what is told of them does not. */
  const OTHERS = [
    'contracts/result.ts',
    'cloudfunctions/reader/index.ts',
    'local/start.ts',
    'gateway/main.ts',
  ];
  let linted: Linted;

  beforeAll(() => {
    linted = eslint(Object.values(SAMPLES), OTHERS);
  });

  it.each(Object.keys(SAMPLES))('%s', (name) => {
    expect(linted.found[Object.keys(SAMPLES).indexOf(name)]).toEqual(SAMPLES[name]!.found);
  });

  it.each(OTHERS)('are the same in %s', (file) => {
    const rules = linted.severities[OTHERS.indexOf(file)]!;
    for (const rule of SEEN_EVERYWHERE) expect([rule, rules[rule]?.[0]]).toEqual([rule, 2]);
  });
});

describe('lint rules for WXSS', () => {
  it('know rpx, refuse :active and colours that are not variables', () => {
    const lines = [
      '.book {',
      '  width: 20rpx;',
      '  color: #b8322a;',
      '}',
      '',
      '.book:active {',
      '  color: red;',
      '  background: rgb(0 0 0);',
      '}',
      '',
    ];
    expect(stylelint('miniprogram/pages/home/home.wxss', lines)).toEqual(
      expect.arrayContaining([
        '3 color-no-hex',
        '6 selector-pseudo-class-disallowed-list',
        '7 color-named',
        '8 function-disallowed-list',
      ]),
    );
    expect(
      stylelint('miniprogram/pages/home/home.wxss', [
        '.book {',
        '  color: var(--ink);',
        '  width: 20rpx;',
        '}',
        '',
      ]),
    ).toEqual([]);
  });
});
