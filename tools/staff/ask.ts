import { createInterface } from 'node:readline/promises';
import { errorCode } from './error-code';
import { Interrupted } from './says';

/** Ends of a terminal, or of what is none. */
interface Ends {
  input: NodeJS.ReadableStream & { isTTY?: boolean };
  output: NodeJS.WritableStream;
}

/**
 * Asks whoever sits at the terminal. @returns undefined when nobody is there to answer
 * @throws {Interrupted} at Ctrl-C, or Ctrl-D, instead of an answer
 */
export async function ask(
  question: string,
  { input, output }: Ends = { input: process.stdin, output: process.stderr },
): Promise<string | undefined> {
  if (!input.isTTY) return undefined;
  const terminal = createInterface({ input, output });
  try {
    return await terminal.question(question);
  } catch (error) {
    if (errorCode(error) !== 'ABORT_ERR') throw error;
    output.write('\n');
    throw new Interrupted({ en: 'Nothing was done.', zh: '没有执行。' });
  } finally {
    terminal.close();
  }
}
