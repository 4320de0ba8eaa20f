import { LibraryFault } from '../../library-fault';

/** Longest message that is read, in bytes; a department's card with 2,000 loans needs about 40 KB. */
export const MAX_MESSAGE = 1024 * 1024;

const CR = 0x0d;
const LF = 0x0a;

/**
 * Takes a stream apart into messages. A message ends with CR, CR LF or LF, which
 * are never part of a GBK or GB18030 character; it may come in pieces, and
 * several may come at once.
 */
export class FrameReader {
  #pieces: Buffer[] = [];
  #size = 0;

  /**
   * @returns the messages that are whole now, without their end, empty ones left out
   * @throws {LibraryFault} GARBLED for a message without end
   */
  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    let from = 0;
    for (let i = 0; i < chunk.length; i++) {
      if (chunk[i] !== CR && chunk[i] !== LF) continue;
      this.#keep(chunk.subarray(from, i));
      if (this.#size > 0) frames.push(this.#take());
      from = i + 1;
    }
    this.#keep(chunk.subarray(from));
    return frames;
  }

  /** Bytes of a message whose end has not come yet. */
  get pending(): number {
    return this.#size;
  }

  #keep(piece: Buffer): void {
    if (piece.length === 0) return;
    if (this.#size + piece.length > MAX_MESSAGE) {
      throw new LibraryFault('GARBLED', `A message of more than ${MAX_MESSAGE} bytes`, {
        reason: 'protocol',
      });
    }
    this.#pieces.push(piece);
    this.#size += piece.length;
  }

  #take(): Buffer {
    const frame = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#size = 0;
    return frame;
  }
}
