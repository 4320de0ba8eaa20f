import { createHash } from 'node:crypto';
import type { Answers, BeginOutput, Choice, PaperItem, ResultOutput } from '../../../contracts/onboarding';
import type { BankItem } from '../../../contracts/onboarding/bank';
import type { OnboardingSettings } from '../../../contracts/onboarding/settings';
import { MODULES, TOPICS, type Module, type Topic } from '../../../contracts/onboarding/words';
import type * as v from 'valibot';
import { localDateOf } from '../../../library-systems/zoned-time';
import { dataOf, type LocalCloud } from '../../support/local-cloud';

type Paper = Extract<BeginOutput, { paper: unknown }>['paper'];

/** Where each must-know topic is taught. */
const TAUGHT: Record<Topic, Module> = {
  'own-card': 'borrowing',
  'lost-book': 'borrowing',
  'shelf-order': 'call-numbers',
  'fair-use': 'e-resources',
  'release-seat': 'seats',
  'fire-exit': 'conduct',
  'care-of-books': 'conduct',
};

/** Begins each id of an item. */
export const ID_MARK = 'zz-';
const words = (text: string) => ({ zh: `${text}（中）`, en: text });

/**
 * A bank for tests, each of its questions unlike any other: its words name it, so that a paper's items can be looked
 * up again. Three topics of the two must-know items each, 12 items a module beside them.
 * @param edition tells one bank from another
 */
export function makeBank(edition = 'a', more: BankItem[] = []): BankItem[] {
  const items: BankItem[] = [];
  for (const module of MODULES) {
    for (let i = 0; i < 12; i++) items.push(makeItem(`${module}-${edition}-${i}`, module, i));
  }
  TOPICS.forEach((topic, t) => {
    for (const i of [0, 1]) {
      items.push({ ...makeItem(`${topic}-${edition}-${i}`, TAUGHT[topic], t + i), mustKnow: topic });
    }
  });
  return [...items, ...more];
}

export function makeItem(id: string, module: Module, i: number): BankItem {
  const base = {
    id,
    version: 1,
    module,
    stem: words(`Question ${id}`),
    explanation: words(`Because of ${id}`),
  };
  if (i % 4 === 3) {
    return {
      ...base,
      type: 'true-false',
      options: [
        { id: 'true', ...words(`Yes ${id}`) },
        { id: 'false', ...words(`No ${id}`) },
      ],
      answer: [i % 8 === 3 ? 'true' : 'false'],
    };
  }
  const options = ['a', 'b', 'c', 'd'].map((option) => ({
    id: option,
    ...words(`Option ${option} of ${id}`),
  }));
  if (i % 4 === 2) return { ...base, type: 'order', options, answer: ['c', 'a', 'd', 'b'] };
  if (i % 4 === 1) return { ...base, type: 'multiple', options, answer: ['b', 'd'] };
  return { ...base, type: 'single', options, answer: ['c'] };
}

const SLICE = 50;

/** Puts a bank in as the import command does. @returns its version */
export async function publish(cloud: LocalCloud, bank: BankItem[]): Promise<string> {
  const draft = createHash('sha256').update(JSON.stringify(bank)).digest('hex').slice(0, 16);
  const slices = Math.ceil(bank.length / SLICE);
  for (let slice = 0; slice < slices; slice++) {
    const items = bank.slice(slice * SLICE, (slice + 1) * SLICE);
    dataOf(await cloud.order('onboarding.putSlice', { draft, slice, items }));
  }
  return dataOf(await cloud.order('onboarding.publish', { draft, slices, items: bank.length })).version;
}

/** Changes how the library wants its onboarding, from now on at every instance. */
export async function configure(
  cloud: LocalCloud,
  settings: v.InferInput<typeof OnboardingSettings>,
): Promise<void> {
  dataOf(await cloud.order('onboarding.settings', { settings }));
  cloud.clock.set(cloud.clock.now() + 31_000);
}

/** What a library asks of all who entered in 2026; no reading first, so that tests come to the point. */
export const ASKED = {
  requiredOf: [{ readerTypes: ['UG', 'PG'], fromEntryYear: 2026 }],
  mustRead: false,
};

/** The choice that is right for an item, by the bank that it is of or, for a generated one, by the truth. */
export function rightChoice(item: PaperItem, bank: readonly BankItem[]): Choice | undefined {
  const known = bank.find(({ stem }) => stem.zh === item.stem.zh);
  if (!known) return undefined;
  const places = known.answer.map((id) => {
    const text = known.options.find((option) => option.id === id)!.zh;
    return item.options.findIndex(({ zh }) => zh === text);
  });
  return known.type === 'order' ? places : places.sort((a, b) => a - b);
}

/** Right answers to all items of the bank's; those made by the library's own rules and books are left out. */
export const rightAnswers = (paper: Paper, bank: readonly BankItem[]): Answers =>
  Object.fromEntries<Choice>(
    paper.items.flatMap((item, place) => {
      const choice = rightChoice(item, bank);
      return choice ? [[String(place), choice] as const] : [];
    }),
  );

/** A choice that fits an item and is not the one given. */
export const otherChoice = (item: PaperItem, choice: Choice | undefined): Choice => {
  if (item.type === 'order') return choice ? [...choice].reverse() : [0];
  return [[0], [1]].find((one) => one.join() !== choice?.join())!;
};

export async function begin(cloud: LocalCloud, openid: string): Promise<Paper> {
  const answer = dataOf(await cloud.call('onboarding.begin', {}, openid));
  if (!('paper' in answer)) throw new Error(`refused: ${JSON.stringify(answer)}`);
  return answer.paper;
}

/** Begins a paper and hands it in with right answers, or with all wrong ones. */
export async function sit(
  cloud: LocalCloud,
  openid: string,
  bank: readonly BankItem[],
  how: 'right' | 'wrong' = 'right',
): Promise<ResultOutput> {
  const paper = await begin(cloud, openid);
  const answers = rightAnswers(paper, bank);
  const wrong = Object.fromEntries<Choice>(
    // what is not of the bank stays empty: a guess might be right
    paper.items.map((item, place) => [place, answers[place] ? otherChoice(item, answers[place]) : []]),
  );
  const input = { attemptId: paper.attemptId, answers: how === 'right' ? answers : wrong };
  return dataOf(await cloud.call('onboarding.submit', input, openid));
}

/** Reads modules to the end. */
export async function read(
  cloud: LocalCloud,
  openid: string,
  modules: readonly Module[] = MODULES,
): Promise<void> {
  for (const module of modules) {
    dataOf(await cloud.call('onboarding.read', { module, cards: 4, of: 4 }, openid));
  }
}

/** The year at the library, in which papers are passed now. */
export const yearAtHome = (cloud: LocalCloud): number =>
  Number(localDateOf(cloud.clock.now(), 'Asia/Shanghai').slice(0, 4));
