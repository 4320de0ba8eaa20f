import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { transformSync } from '@swc/core';
import { MODULES } from '../../miniprogram/packages/onboarding/content';
import {
  PLACEHOLDERS,
  type ModuleCard,
  type Words,
} from '../../miniprogram/packages/onboarding/content/module';

const PACKAGE = join(__dirname, '../../miniprogram/packages/onboarding');
const IMAGES = join(PACKAGE, 'images');
const KB = 1024;

const cards = MODULES.flatMap((module) => module.cards);
const named = cards.map((card): [string, ModuleCard] => [card.id, card]);
const images = readdirSync(IMAGES).sort();

const zhLength = (text: string): number => [...text].length;
/** English words: “self-service” and “don’t” are one each. */
const enLength = (text: string): number => text.split(/\s+/).filter((word) => /\w/.test(word)).length;
const placeholders = (text: string): string[] => [...new Set(text.match(/\{[^}]*\}?/g))].sort();

function within(words: Words, zh: number, en: number, length = enLength): void {
  expect([words.zh, zhLength(words.zh) <= zh]).toEqual([words.zh, true]);
  expect([words.en, length(words.en) <= en]).toEqual([words.en, true]);
}

function textsOf(card: ModuleCard): Words[] {
  const { title, paragraphs, points = [], remember, alt } = card;
  const alternatives = paragraphs.flatMap(({ otherwise }) => otherwise ?? []);
  return [title, ...paragraphs, ...alternatives, ...points, ...(remember ? [remember] : []), alt];
}

describe('the modules', () => {
  it('are the eight of the induction, in order', () => {
    expect(MODULES.map(({ id }) => id)).toEqual([
      'hours',
      'borrowing',
      'call-numbers',
      'searching',
      'e-resources',
      'seats',
      'conduct',
      'help',
    ]);
  });

  it.each(MODULES.map((module) => [module.id, module] as const))('%s is short', (id, module) => {
    expect(module.cards.length).toBeGreaterThanOrEqual(4);
    expect(module.cards.length).toBeLessThanOrEqual(6);
    for (const card of module.cards) expect(card.id.startsWith(`${id}-`)).toBe(true);
    within(module.title, 16, 40, zhLength);
    within(module.summary, 40, 20);
  });

  it('promise a time that the texts can be read in', () => {
    for (const { id, minutes, cards: read } of MODULES) {
      const texts = read.flatMap(({ title, paragraphs, points = [], remember }) => [
        title,
        ...paragraphs,
        ...points,
        ...(remember ? [remember] : []),
      ]);
      // Unhurried: 300 characters of Chinese or 200 words of English a minute, 5 seconds for each picture.
      const zh = texts.reduce((sum, text) => sum + zhLength(text.zh), 0) / 300;
      const en = texts.reduce((sum, text) => sum + enLength(text.en), 0) / 200;
      expect([id, minutes]).toEqual([id, Math.ceil(Math.max(zh, en) + read.length / 12)]);
    }
  });
});

it('have a line to remember exactly where something is asked of everybody', () => {
  const having = MODULES.filter((module) => module.cards.some(({ remember }) => remember));
  expect(having.map(({ id }) => id)).toEqual([
    'borrowing',
    'call-numbers',
    'e-resources',
    'seats',
    'conduct',
  ]);
});

describe('the cards', () => {
  it('have ids of their own', () => {
    const ids = cards.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(named)('%s has every text in both languages, each in its own script', (_, card) => {
    for (const { zh, en } of textsOf(card)) {
      expect([zh, /[\u4e00-\u9fff]/.test(zh)]).toEqual([zh, true]);
      expect([en, /[A-Za-z]/.test(en) && !/[\u3000-\u9fff\uff00-\uffef]/.test(en)]).toEqual([en, true]);
      for (const text of [zh, en]) expect(text).toBe(text.trim());
    }
  });

  it.each(named)('%s fits on a screen', (_, { title, paragraphs, points, remember, alt }) => {
    within(title, 16, 40, zhLength);
    expect(paragraphs.length).toBeGreaterThanOrEqual(1);
    expect(paragraphs.length).toBeLessThanOrEqual(3);
    const longest = (length: (text: string) => number, of: keyof Words) =>
      paragraphs.reduce((sum, p) => sum + Math.max(length(p[of]), length(p.otherwise?.[of] ?? '')), 0);
    expect(longest(zhLength, 'zh')).toBeLessThanOrEqual(140);
    expect(longest(enLength, 'en')).toBeLessThanOrEqual(90);
    if (points) {
      expect(points.length).toBeGreaterThanOrEqual(2);
      expect(points.length).toBeLessThanOrEqual(5);
      for (const point of points) within(point, 32, 18);
    }
    if (remember) within(remember, 28, 18);
    within(alt, 60, 40);
  });

  it.each(named)('%s says where its values come from and what it says without them', (_, card) => {
    const known: readonly string[] = PLACEHOLDERS.map((name) => `{${name}}`);
    for (const paragraph of card.paragraphs) {
      const { zh, en, needs = [], otherwise } = paragraph;
      const needed = needs.map((name) => `{${name}}`).sort();
      expect(placeholders(zh)).toEqual(needed);
      expect(placeholders(en)).toEqual(needed);
      for (const name of needed) expect(known).toContain(name);
      expect(otherwise !== undefined).toBe(needed.length > 0);
    }
    const fixed = textsOf(card).filter((text) => !(card.paragraphs as readonly Words[]).includes(text));
    for (const { zh, en } of fixed) expect([...placeholders(zh), ...placeholders(en)]).toEqual([]);
  });

  it('use every value that a policy can give', () => {
    const used = cards.flatMap((card) => card.paragraphs.flatMap((paragraph) => paragraph.needs ?? []));
    expect([...new Set(used)].sort()).toEqual([...PLACEHOLDERS].sort());
  });
});

describe('the pictures', () => {
  it('are there, each for one card or module, and no other', () => {
    const wanted = [...cards.map(({ picture }) => picture), ...MODULES.map(({ id }) => `${id}.svg`)];
    expect(wanted.sort()).toEqual(images);
  });

  it.each(images)('%s is a small plain drawing', (name) => {
    const text = readFileSync(join(IMAGES, name), 'utf8');
    const icon = MODULES.some(({ id }) => name === `${id}.svg`);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(icon ? KB : 2.5 * KB);
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.documentElement.namespaceURI).toBe('http://www.w3.org/2000/svg');
    expect(parsed.documentElement.getAttribute('viewBox')).toBe(icon ? '0 0 48 48' : '0 0 320 180');
    for (const element of Array.from(parsed.querySelectorAll('*'))) {
      expect(['svg', 'g', 'path', 'rect', 'circle', 'ellipse']).toContain(element.tagName);
      for (const { name: attribute, value } of Array.from(element.attributes)) {
        expect(attribute).not.toMatch(/^(on|style$|class$|filter$|.*href$)/);
        if (attribute !== 'xmlns') expect(value).not.toMatch(/url\(|:\/\/|var\(/);
      }
    }
  });
});

it('texts, as they are shipped, and pictures leave room for the pages in the package', () => {
  const texts = readdirSync(join(PACKAGE, 'content')).map((name) => {
    const source = readFileSync(join(PACKAGE, 'content', name), 'utf8');
    return transformSync(source, {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2020' },
      minify: true,
    }).code;
  });
  const pictures = images.map((name) => readFileSync(join(IMAGES, name), 'utf8'));
  const bytes = [...texts, ...pictures].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  expect(bytes).toBeLessThanOrEqual(170 * KB);
});
