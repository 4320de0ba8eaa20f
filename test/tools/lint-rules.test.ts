import { describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { ROOT, runTool } from './support';

interface Message {
  ruleId?: string | null;
  rule?: string;
  line: number;
  message?: string;
  text?: string;
}

/** Lints text as if it stood in the named file; returns `line rule` of each finding. */
function eslint(file: string, lines: string[]): string[] {
  const { stdout, stderr } = runTool('eslint', ['--stdin', '--stdin-filename', file, '--format', 'json'], {
    input: lines.join('\n'),
  });
  if (stdout === '') throw new Error(stderr);
  const [result] = JSON.parse(stdout) as { messages: Message[] }[];
  return result!.messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? String(message)}`);
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

describe('lint rules for TypeScript', () => {
  it('keep wx. out of pages and wx.cloud.callFunction in api.ts', () => {
    const lines = ["wx.setStorageSync('a', 1);", "void wx.cloud.callFunction({ name: 'reader' });"];
    expect(eslint('miniprogram/pages/home/home.ts', lines)).toEqual([
      '1 no-restricted-globals',
      '2 no-restricted-globals',
      '2 no-restricted-syntax',
    ]);
    expect(eslint('miniprogram/services/scan.ts', lines)).toEqual(['2 no-restricted-syntax']);
    expect(eslint('miniprogram/services/api.ts', lines)).toEqual([]);
    expect(eslint('miniprogram/services/api.ts', ['const { cloud } = wx;', 'void cloud;'])).toEqual([
      '1 no-restricted-syntax',
    ]);
  });

  it('refuse a type import that loads its file', () => {
    expect(
      eslint('contracts/result.ts', ["import { type Item } from './catalog';", 'export type A = Item;']),
    ).toEqual(['1 @typescript-eslint/no-import-type-side-effects']);
  });

  it('see promises that nobody waits for, console and any in product code', () => {
    expect(
      eslint('contracts/result.ts', [
        'export function f(given: any): void {',
        '  console.log(given);',
        '  Promise.resolve(1);',
        '}',
      ]),
    ).toEqual([
      '1 @typescript-eslint/no-explicit-any',
      '2 no-console',
      '3 @typescript-eslint/no-floating-promises',
    ]);
  });
});

describe('lint rules for WXML', () => {
  it('see a missing wx:key, a broken expression and a condition that is always true', () => {
    expect(
      eslint('miniprogram/pages/home/home.wxml', [
        '<view wx:for="{{books}}">{{item.title}}</view>',
        '<view wx:if="ready">{{ title</view>',
        '<view><text></view>',
      ]),
    ).toEqual(
      expect.arrayContaining(['1 wxml/wx-key', '2 wxml/no-wx-if-string', '3 wxml/report-wxml-syntax-error']),
    );
    expect(
      eslint('miniprogram/pages/home/home.wxml', [
        '<view wx:for="{{books}}" wx:key="bibId">{{item.title}}</view>',
        '',
      ]),
    ).toEqual([]);
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
