/**
 * Answering readers' questions: accuracy, time and memory of the engine, with the words cut by ICU (Intl.Segmenter,
 * as it is) and by jieba-wasm (as it could be). Reference in the same run: MiniSearch over the same texts, cut into
 * the same words. Targets: top-1 ≥ 0.85, top-3 ≥ 0.95, rejected ≥ 0.9; median < 20 ms.
 */
import MiniSearch from 'minisearch';
import { readFaqContent } from '../cloudfunctions/features/messages/faq/content';
import { cutWords } from '../cloudfunctions/features/messages/faq/cut-words';
import { makeAnswerer, type FaqAnswerer } from '../cloudfunctions/features/messages/faq/make-answerer';
import { MAX_QUESTION, normalise } from '../cloudfunctions/features/messages/faq/normalise';
import { isHan, splitRuns } from '../cloudfunctions/features/messages/faq/units';
import {
  readDevelopmentSet,
  readForeignSet,
  readThirdSet,
  scoreAnswers,
  type QuestionSet,
} from '../test/features/faq/support/questions';
import { printFaqStarts } from './support/faq-starts';
import { median, ms, percentile } from './support/statistics';

const ROUNDS = 5;

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const share = (value: number): string => value.toFixed(3);

async function main(): Promise<void> {
  const content = readFaqContent();
  const { cut: cutByJieba } = await import('jieba-wasm');
  print(
    `${content.entries.length} entries; Node.js ${process.version}, ICU ${process.versions['icu'] ?? ''}`,
  );
  await printFaqStarts(print);
  const engines = {
    'engine, ICU': makeAnswerer(content),
    'engine, jieba': makeAnswerer(content, { cut: (han) => cutByJieba(han, true) }),
    'engine, no words': makeAnswerer(content, { cut: () => [] }),
  };
  const search = makeReference(content);
  for (const set of [readDevelopmentSet(), readThirdSet(), readForeignSet()]) {
    if (set === undefined) continue;
    print(`\n${set.questions.length} questions and ${set.outOfScope.length} out of scope: ${set.name}`);
    for (const [name, engine] of Object.entries(engines)) printScore(name, engine, set);
    printReference(search, set);
    for (const lang of ['zh', 'en', 'pinyin', 'typo'] as const) {
      const questions = set.questions.filter((question) => question.lang === lang);
      const { top1, top3 } = scoreAnswers(engines['engine, ICU'], { ...set, questions });
      if (questions.length > 0)
        print(`  ${lang}: ${questions.length}, top-1 ${share(top1)}, top-3 ${share(top3)}`);
    }
  }
  printTimes(engines['engine, ICU'], search);
}

function printScore(name: string, engine: FaqAnswerer, set: QuestionSet): void {
  const { top1, top3, precision, rejected, sentOn } = scoreAnswers(engine, set);
  print(
    `${name.padEnd(17)} top-1 ${share(top1)}, top-3 ${share(top3)}, right of what was answered ${share(precision)}, ` +
      `rejected ${share(rejected)} (sent to a librarian at once ${share(sentOn)})`,
  );
}

type Search = (text: string) => { id: string; score: number }[];

function makeReference({ entries }: ReturnType<typeof readFaqContent>): Search {
  const fields = ['question', 'variants', 'keywords', 'answer'];
  const index = new MiniSearch<Record<string, string>>({
    fields,
    tokenize: (text) => splitRuns(normalise(text)).flatMap((run) => (isHan(run) ? cutWords(run) : [run])),
    searchOptions: { boost: { question: 3, variants: 2, keywords: 2.5, answer: 0.5 }, fuzzy: 0.2 },
  });
  index.addAll(
    entries.map(({ id, question, variants, keywords, answer }) => ({
      id,
      question: `${question.zh} ${question.en}`,
      variants: [...variants.zh, ...variants.en].join(' '),
      keywords: keywords.join(' '),
      answer: `${answer.zh} ${answer.en}`,
    })),
  );
  return (text) => index.search(text).map(({ id, score }) => ({ id: String(id), score }));
}

/** It knows no threshold: it gets the one that loses five of a hundred questions of the same set. */
function printReference(search: Search, { questions, outOfScope }: QuestionSet): void {
  const found = questions.map(({ text, entry }) => ({ entry, results: search(text) }));
  const rank = (limit: number): number =>
    found.filter(({ entry, results }) => results.slice(0, limit).some(({ id }) => id === entry)).length /
    found.length;
  const threshold = percentile(
    found.map(({ results }) => results[0]?.score ?? 0),
    0.05,
  );
  const rejected = outOfScope.filter((text) => (search(text)[0]?.score ?? 0) < threshold).length;
  print(
    `${'MiniSearch'.padEnd(17)} top-1 ${share(rank(1))}, top-3 ${share(rank(3))}, ` +
      `rejected with a threshold that loses 5 % ${share(rejected / outOfScope.length)}`,
  );
}

function printTimes(engine: FaqAnswerer, search: Search): void {
  const texts = readDevelopmentSet().questions.map(({ text }) => text);
  const timeOf = (work: (text: string) => unknown): number[] =>
    Array.from({ length: ROUNDS }, () => texts).flatMap((round) =>
      round.map((text) => {
        const begin = performance.now();
        work(text);
        return performance.now() - begin;
      }),
    );
  const row = (name: string, samples: number[]): void =>
    print(`${name.padEnd(17)} median ${ms(median(samples))}, p95 ${ms(percentile(samples, 0.95))}`);
  print('\none question');
  timeOf(engine.answer);
  row('engine, ICU', timeOf(engine.answer));
  row('MiniSearch', timeOf(search));
  const longest = ['怎么续借这本书 '.repeat(2_000), 'xujie'.repeat(3_000), 'renwe a bokk '.repeat(1_000)];
  const long = longest.flatMap((text) => timeOf(() => engine.answer(text)).slice(0, 100));
  row(`over ${MAX_QUESTION} long`, long);
}

void main();
