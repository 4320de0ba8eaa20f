import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ask } from '../../../tools/staff/ask';
import { Interrupted } from '../../../tools/staff/says';

const terminal = () => {
  const end = () => Object.assign(new PassThrough(), { isTTY: true });
  return { input: end(), output: end() };
};

describe('a question at the terminal', () => {
  it('is answered', async () => {
    const ends = terminal();
    const answer = ask('Send? [y/N] ', ends);
    ends.input.write('y\r');
    expect(await answer).toBe('y');
    expect(String(ends.output.read())).toContain('Send? [y/N] ');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is ended by %s: nothing was done', async (_, key) => {
    const ends = terminal();
    const answer = ask('Send? [y/N] ', ends);
    ends.input.write(key);
    await expect(answer).rejects.toThrow(Interrupted);
  });

  it('is not asked where nobody sits', async () => {
    expect(await ask('Send?', { input: new PassThrough(), output: new PassThrough() })).toBeUndefined();
  });
});
