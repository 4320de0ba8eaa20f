import { describe, expect, it } from '@jest/globals';
import { dictionary, fill } from '../../miniprogram/i18n';
import { messagesWords, say } from '../../miniprogram/packages/messages/words';

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

describe('the dictionaries of the messages', () => {
  const zh = new Map(leaves(messagesWords('zh-CN')));
  const en = new Map(leaves(messagesWords('en')));

  it('have the same texts, with the same values, each in its own script', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of zh)
      expect([key, placeholders(en.get(key) ?? '')]).toEqual([key, placeholders(text)]);
    for (const [key, text] of en) expect([key, /[\u4e00-\u9fff]/.test(text)]).toEqual([key, false]);
  });

  it('choose between one and more', () => {
    const { credits } = messagesWords('en').settings;
    expect([1, 2].map((n) => say(credits, { n }))).toEqual(['1 message left', '2 messages left']);
  });
});

describe('fill', () => {
  it('puts values in and leaves unknown places alone', () => {
    expect(fill('{n} 本，{m}', { n: 3 })).toBe('3 本，{m}');
    expect(fill('“{text}”', { text: '$& {n}' })).toBe('“$& {n}”');
  });
});
