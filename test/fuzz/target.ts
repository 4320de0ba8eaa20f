/** A parser that is fed with what nobody meant it to read. */
export interface FuzzTarget {
  name: string;
  /** Real input, which is damaged to get close to what parsers are made for. */
  corpus: readonly Uint8Array[];
  /**
   * Parses one input. Must not throw but for what is the parser's right answer to
   * bad input, which it keeps to itself.
   */
  feed: (input: Buffer) => void | Promise<void>;
  /** Longest input that is made, in bytes; 400 if left out. */
  maxBytes?: number;
}
