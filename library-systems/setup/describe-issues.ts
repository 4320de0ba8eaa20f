import * as v from 'valibot';

/**
 * What is wrong with a configuration, a line for each place: where, and what
 * is expected there. Values are not repeated: someone may have written a secret
 * where its variable's name belongs.
 * @param within where the part that was looked at stands
 */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[], within = ''): string[] {
  const lines = new Map<string, string>();
  for (const issue of issues) {
    const place = [within, v.getDotPath(issue)].filter(Boolean).join('.') || '(the whole)';
    // What else is wrong with the same value mostly follows from the first.
    if (!lines.has(place)) lines.set(place, `${place}: ${explain(issue)}`);
  }
  return [...lines.values()];
}

/** What valibot expects, as it is written in JSON. */
const AS_WRITTEN: Readonly<Record<string, string>> = {
  Object: 'settings in braces, { … }',
  Array: 'a list in brackets, [ … ]',
  string: 'a text in quotes',
  number: 'a number, without quotes',
  boolean: 'true or false, without quotes',
};

/** Messages of our own schemas say what must be written; those of valibot begin with "Invalid". */
function explain({ type, expected, received, message }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && expected === 'never') return 'there is no such setting here';
  if (expected === null)
    return message.startsWith('Invalid') ? `is not a valid ${type.replaceAll('_', ' ')}` : message;
  const choice = /^\((".*")\)$/.exec(expected)?.[1]?.replaceAll(' | ', ', ');
  const written = choice === undefined ? (AS_WRITTEN[expected] ?? expected) : `one of ${choice}`;
  if (received === 'undefined') return type === 'variant' ? `is missing: ${written}` : 'is missing';
  return message.startsWith('Invalid') ? `must be ${written}` : message;
}
