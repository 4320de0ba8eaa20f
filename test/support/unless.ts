import { describe, it } from '@jest/globals';

/** Says on the console why something is not tested here. */
function say(what: string, reason: string): void {
  process.stderr.write(`skipped: ${what}: ${reason}\n`);
}

/** `describe`, or with a reason its `skip`, and the reason is printed. */
export function describeUnless(
  reason: string | undefined,
  what: string,
): typeof describe | typeof describe.skip {
  if (reason === undefined) return describe;
  say(what, reason);
  return describe.skip;
}

/** `it`, or with a reason its `skip`, and the reason is printed. */
export function itUnless(reason: string | undefined, what: string): typeof it | typeof it.skip {
  if (reason === undefined) return it;
  say(what, reason);
  return it.skip;
}
