import type { FaqEntry } from '../../../../contracts/faq';
import type { FaqContent } from '../faq/content';

/** The questions with their answers, as they were written. */
export interface Questions extends FaqContent {
  find(id: string): FaqEntry | undefined;
}

let read: Promise<Questions> | undefined;

/** Read once an instance, on first use. Listing and showing them needs no more: the index is made for whoever asks. */
export function questions(): Promise<Questions> {
  read ??= readQuestions();
  return read;
}

async function readQuestions(): Promise<Questions> {
  const content = (await import('../faq/content')).readFaqContent();
  const byId = new Map(content.entries.map((entry) => [entry.id, entry]));
  return { ...content, find: (id) => byId.get(id) };
}
