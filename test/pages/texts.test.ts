import { describe, expect, it } from '@jest/globals';
import { dictionary, fill } from '../../miniprogram/i18n';

function leaves(value: object, at = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, inner]): [string, string][] =>
    typeof inner === 'string' ? [[`${at}${key}`, inner]] : leaves(inner as object, `${at}${key}.`),
  );
}
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe('the dictionaries', () => {
  const zh = new Map(leaves(dictionary('zh-CN')));
  const en = new Map(leaves(dictionary('en')));

  it('have the same texts, none empty', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of [...zh, ...en]) expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it.each([...zh.keys()])('%s takes the same values in both', (key) => {
    expect(placeholders(en.get(key) ?? '')).toEqual(placeholders(zh.get(key) ?? ''));
  });

  it('are written in their own script', () => {
    for (const [key, text] of en) expect([key, /[\u4e00-\u9fff]/.test(text)]).toEqual([key, false]);
  });
});

describe('fill', () => {
  it('puts values in and leaves unknown places alone', () => {
    expect(fill('{n} 本，{m}', { n: 3 })).toBe('3 本，{m}');
    expect(fill('“{text}”', { text: '$& {n}' })).toBe('“$& {n}”');
  });
});
