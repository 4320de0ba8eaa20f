import { fittingCharsets, isAscii } from './wire/charset';
import type { Charset } from './wire/charset';

/** What the answers so far say about the server's character set; keeps counts, no text. */
export class CharsetEvidence {
  #answers = 0;
  readonly #fitting = new Map<Charset, number>();

  /** @param body bytes of an answer whose checksum was right */
  readonly note = (body: Buffer): void => {
    if (isAscii(body)) return;
    this.#answers++;
    // Text that is valid UTF-8 is nothing else, though it can be read as GBK, too.
    const fitting = fittingCharsets(body);
    const likely = fitting[0] === 'utf-8' ? fitting.slice(0, 1) : fitting;
    for (const charset of likely) this.#fitting.set(charset, (this.#fitting.get(charset) ?? 0) + 1);
  };

  /** Answers with more than ASCII in them. */
  get answers(): number {
    return this.#answers;
  }

  /** The share of answers that make sense in a character set, 0 to 1. */
  share(charset: Charset): number {
    return this.#answers === 0 ? 0 : (this.#fitting.get(charset) ?? 0) / this.#answers;
  }
}
