import type { FaqEntry } from '../../../../contracts/faq';
import type { FaqAnswerer } from '../faq/make-answerer';
import type { MessageReading } from '../faq/read-message';

/** The answering machine with its content; about a second of work and 60 MB, so made once an instance, on first use. */
export interface Machine extends FaqAnswerer {
  entries: readonly FaqEntry[];
  /** @param text at most MAX_QUESTION characters */
  read(text: string): MessageReading;
  find(id: string): FaqEntry | undefined;
}

let made: Promise<Machine> | undefined;

/** Content and index are loaded with the first question, not at the start of a function. */
export function answerer(): Promise<Machine> {
  made ??= make();
  return made;
}

async function make(): Promise<Machine> {
  const [{ readFaqContent }, { makeAnswerer }, { readMessage }] = await Promise.all([
    import('../faq/content'),
    import('../faq/make-answerer'),
    import('../faq/read-message'),
  ]);
  const content = readFaqContent();
  const machine = makeAnswerer(content);
  const byId = new Map(content.entries.map((entry) => [entry.id, entry]));
  return {
    ...machine,
    entries: content.entries,
    read: (text) => readMessage(machine, text),
    find: (id) => byId.get(id),
  };
}
