import type { FaqAnswerer } from '../faq/make-answerer';
import type { MessageReading } from '../faq/read-message';
import { questions, type Questions } from './questions';

/** The answering machine with its content; about a second of work and 60 MB, so made once an instance, on first use. */
export interface Machine extends FaqAnswerer, Pick<Questions, 'find'> {
  /** @param text at most MAX_QUESTION characters */
  read(text: string): MessageReading;
}

let made: Promise<Machine> | undefined;

/** Content and index are loaded with the first question, not at the start of a function. */
export function answerer(): Promise<Machine> {
  made ??= make();
  return made;
}

async function make(): Promise<Machine> {
  const [content, { makeAnswerer }, { readMessage }] = await Promise.all([
    questions(),
    import('../faq/make-answerer'),
    import('../faq/read-message'),
  ]);
  const machine = makeAnswerer(content);
  return { ...machine, find: (id) => content.find(id), read: (text) => readMessage(machine, text) };
}
