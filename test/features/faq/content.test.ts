import { describe, expect, it } from '@jest/globals';
import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { FaqEntry } from '../../../contracts/faq';
import { readFaqContent } from '../../../cloudfunctions/features/messages/faq/content';
import { normalise, tidy } from '../../../cloudfunctions/features/messages/faq/normalise';

const ROOT = path.resolve(__dirname, '../../..');
const FOLDER = path.join(ROOT, 'content/faq');
const { entries, synonyms } = readFaqContent();

const twice = (texts: readonly string[]): string[] =>
  texts.filter((text, index) => texts.indexOf(text) !== index);

describe('the questions and answers that come with Shutong', () => {
  it('are at least eighty, and every file of the folder is among them', () => {
    const words = ['synonyms.json', 'everyday-words.json'];
    const files = fs.readdirSync(FOLDER).filter((name) => name.endsWith('.json') && !words.includes(name));
    const inFiles = files.flatMap((name) => {
      const found = v.parse(
        v.array(FaqEntry),
        JSON.parse(fs.readFileSync(path.join(FOLDER, name), 'utf8')) as unknown,
      );
      expect(found.filter(({ topic }) => `${topic}.json` !== name)).toEqual([]);
      return found.map(({ id }) => id);
    });
    expect(inFiles.length).toBeGreaterThanOrEqual(80);
    expect(inFiles.sort()).toEqual(entries.map(({ id }) => id).sort());
  });

  it('have ids of their own, and no phrase stands in two of them', () => {
    expect(twice(entries.map(({ id }) => id))).toEqual([]);
    const phrases = entries.flatMap(({ question, variants }) =>
      [question.zh, question.en, ...variants.zh, ...variants.en].map(tidy),
    );
    expect(twice(phrases)).toEqual([]);
  });

  it('lead to pages that are there', () => {
    interface App {
      pages: string[];
      subPackages?: { root: string; pages: string[] }[];
      subpackages?: { root: string; pages: string[] }[];
    }
    const app = JSON.parse(fs.readFileSync(path.join(ROOT, 'miniprogram/app.json'), 'utf8')) as App;
    const packages = [...(app.subPackages ?? []), ...(app.subpackages ?? [])];
    const pages = new Set([
      ...app.pages,
      ...packages.flatMap(({ root, pages }) => pages.map((page) => path.posix.join(root, page))),
    ]);
    expect(entries.filter(({ page }) => page !== undefined && !pages.has(page)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  it('are written in simplified characters, as questions are read', () => {
    const texts = entries.flatMap(({ question, variants, keywords }) => [
      question.zh,
      ...variants.zh,
      ...keywords,
    ]);
    expect([...texts, ...synonyms.flat()].filter((text) => normalise(text) !== tidy(text))).toEqual([]);
  });

  it('have no word in two groups of synonyms', () => {
    expect(twice(synonyms.flatMap((words) => [...new Set(words.map(tidy))]))).toEqual([]);
  });
});

describe('the schema of an entry', () => {
  const sound = entries.find(({ needs }) => needs !== undefined)!;
  const refusals: [string, object][] = [
    ['a fact that is not named in "needs"', { ...sound, needs: ['branches'] }],
    ['"needs" without "otherwise"', { ...sound, otherwise: undefined }],
    ['a fact that nobody knows', { ...sound, needs: ['price'] }],
    ['a fact in "otherwise"', { ...sound, otherwise: { ...sound.answer } }],
    ['an answer in one language', { ...sound, answer: { zh: sound.answer.zh } }],
    ['an answer that is too long', { ...sound, answer: { ...sound.answer, zh: '长'.repeat(301) } }],
    ['a blank variant', { ...sound, variants: { ...sound.variants, zh: ['  ', '二'] } }],
    ['a field that is not known', { ...sound, answers: {} }],
  ];
  it.each(refusals)('refuses %s', (_, entry) => {
    expect(v.safeParse(FaqEntry, sound).success).toBe(true);
    expect(v.safeParse(FaqEntry, entry).success).toBe(false);
  });
});
