import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pinyin } from 'pinyin-pro';
import { parse as parseIsbn } from 'isbn3';
import { assignClass } from './assign-class';
import { cleanFact } from './clean-facts';
import type { CleanFact, Fact } from './clean-facts';
import { Barcodes, makeCopies } from './make-copies';
import { randomFrom } from '../../library-systems/demo/random';

/**
 * Makes catalog/books.jsonl.gz from a file of bibliographic facts (one JSON
 * object a line, gzipped): `npx tsx local/seed/make-catalog.ts <facts.jsonl.gz>`.
 * The same facts always give the same file. What is fact and what is invented
 * stands in catalog/SOURCES.md.
 */

const ENGLISH = 800;
const CHINESE = 2_400;
/** Left out: their licence (GPL) might bind the whole file. */
const EXCLUDED_SOURCES = new Set(['douban-doulists', 'evergreen-datasets']);
/** Titles that readers try first; taken before all others. */
const WELL_KNOWN =
  /^(三体|红楼梦|史记|论语|算法导论|西游记|水浒传|三国演义|围城|活着|百年孤独|平凡的世界|人类简史|万历十五年|乡土中国|白鹿原|边城|呐喊|朝花夕拾|骆驼祥子|小王子|挪威的森林|追风筝的人|资治通鉴|全球通史|国富论|经济学原理|时间简史|编程珠玑|深入理解计算机系统|计算机程序的构造和解释|设计模式|重构|代码大全|人月神话|数据结构|计算机网络|机器学习|深度学习|统计学习方法|浪潮之巅|理想国|沉思录|傲慢与偏见|哈利·?波特|Sapiens|A Brief History of Time|Pride and Prejudice|1984|To Kill a Mockingbird|The Great Gatsby|Harry Potter|The Hobbit|Guns, Germs|Thinking, Fast|Freakonomics|Brave New World|Animal Farm|Dune|The Martian)/;
/** What a university library seldom buys: comics, serial web novels. */
const SELDOM = /漫画|轻小说|耽美|网络小说|言情|穿越/;
const SELDOM_TITLE = /漫畫|NARUTO|\bVol\b|\d{2,}$|[一-龥]\s*\d+$|[【（(]\d+[)）】]|\d \(完\)|学園|合刊/;
const COMPUTING = /^(TP|TN)/;

function main(): void {
  const [factsFile] = process.argv.slice(2);
  if (!factsFile) throw new Error('Usage: npx tsx local/seed/make-catalog.ts <facts.jsonl.gz>');
  const facts = gunzipSync(readFileSync(factsFile))
    .toString('utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Fact);
  const lines = makeLines(selectBooks(facts.filter(({ src }) => !EXCLUDED_SOURCES.has(src))));
  const target = path.join(__dirname, 'catalog', 'books.jsonl.gz');
  writeFileSync(target, gzipSync(lines.join('\n') + '\n', { level: 9 }));
  process.stdout.write(`${target}: ${lines.length} titles\n`);
}

interface Chosen extends CleanFact {
  clc: string;
  wellKnown: boolean;
}

function selectBooks(facts: readonly Fact[]): Chosen[] {
  const personNames = new Set(
    facts.flatMap(({ author }) => author.split(/[/\s\]）)[]+/)).filter((n) => n.length > 1),
  );
  const seen = new Set<string>();
  const candidates: (Chosen & { worth: number })[] = [];
  for (const fact of facts) {
    const clean = cleanFact(fact, personNames);
    if (!clean || !parseIsbn(clean.isbn13)?.isValid) continue;
    const key = [
      clean.title,
      clean.subtitle,
      clean.edition,
      clean.authors[0],
      clean.publisher,
      clean.year,
    ].join('|');
    if (seen.has(key) || seen.has(clean.isbn13)) continue;
    seen.add(key).add(clean.isbn13);
    const wellKnown = WELL_KNOWN.test(clean.title);
    const clc = assignClass(clean);
    candidates.push({ ...clean, clc, wellKnown, worth: worth(clean, fact, clc, wellKnown) });
  }
  const best = (language: string, count: number): Chosen[] =>
    candidates
      .filter((book) => (book.language === 'zh') === (language === 'zh'))
      .sort((a, b) => b.worth - a.worth || (a.isbn13 < b.isbn13 ? -1 : 1))
      .slice(0, count)
      .map(({ worth: _, ...book }) => book);
  return [...best('zh', CHINESE), ...best('en', ENGLISH)];
}

/** How much a title is wanted in the demo. */
function worth(book: CleanFact, fact: Fact, clc: string, wellKnown: boolean): number {
  let sum = randomFrom(`worth ${book.isbn13}`).next() * 3;
  if (wellKnown) sum += 20;
  if (book.callNumber) sum += 6;
  if (COMPUTING.test(clc)) sum += 5;
  if (!clc.startsWith('I')) sum += 2;
  if (book.publisher && book.year) sum += 2;
  if ((fact.subjects?.length ?? 0) > 2) sum += 1;
  // Editions from outside the mainland: traditional titles to be found by simplified words.
  if (book.language === 'zh' && !book.isbn13.startsWith('9787')) sum += 3;
  if ((fact.subjects ?? []).some((s) => SELDOM.test(s)) || SELDOM_TITLE.test(book.title)) sum -= 9;
  if (book.title.length > 60) sum -= 5;
  return sum;
}

function makeLines(books: readonly Chosen[]): string[] {
  const barcodes = new Barcodes();
  const taken = new Set<string>();
  return books.map((book, index) => {
    const random = randomFrom(`book ${book.isbn13}`);
    const callNumber = uniqueCallNumber(book, taken);
    const loans = Math.floor((book.wellKnown ? 45 : 4) + random.next() ** 4 * 60 + random.next() * 6);
    const { title, subtitle, edition, authors, publisher, year, isbn13, language, subjects } = book;
    const items = makeCopies(
      { callNumber, language, loans, ...(year !== undefined && { year }) },
      barcodes,
      random,
    );
    return JSON.stringify({
      bibId: `b${String(index + 1).padStart(6, '0')}`,
      ...{ title, subtitle, edition },
      author: authors.join(language === 'zh' ? '，' : ', '),
      ...{ publisher, year, isbn13, callNumber, language, subjects, loans, items },
    });
  });
}

/** Class, then a book number of the author's initial and three digits; later works of one author count on. */
function uniqueCallNumber(book: Chosen, taken: Set<string>): string {
  const author = book.authors[0] ?? book.title;
  const initial = pinyin(author, { pattern: 'first', toneType: 'none', surname: 'head' }).replace(
    /[^A-Za-z]/g,
    '',
  );
  const number = randomFrom(`author ${author}`).int(11, 989);
  const first = book.callNumber ?? `${book.clc}/${(initial.charAt(0) || 'Z').toUpperCase()}${number}`;
  let callNumber = first;
  for (let n = 2; taken.has(callNumber); n++) callNumber = `${first}-${n}`;
  taken.add(callNumber);
  return callNumber;
}

main();
