import type { FaqAnswerer, FaqReply } from './make-answerer';
import { recogniseIntent, type Intent } from './recognise-intent';

/** What a message of a reader asks for: something to be done or shown, or an answer. */
export type MessageReading = Intent | { kind: 'faq'; reply: FaqReply };

/**
 * Reads one message. "有没有…" and "do you have …" ask for a book only if no answer fits: the same words ask for
 * lockers and e-books.
 * @param text as it was typed; callers refuse more than MAX_QUESTION characters
 */
export function readMessage(answerer: FaqAnswerer, text: string): MessageReading {
  const intent = recogniseIntent(text, answerer.understand(text));
  if (intent !== undefined && (intent.kind !== 'title' || intent.sure)) return intent;
  const reply = answerer.answer(text);
  return intent !== undefined && reply.kind !== 'answer' ? intent : { kind: 'faq', reply };
}
