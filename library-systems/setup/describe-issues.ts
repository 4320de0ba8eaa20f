import * as v from 'valibot';

/**
 * What is wrong with a configuration, a line for each thing: where, and what
 * is expected there. Values are not repeated: someone may have written a secret
 * where its variable's name belongs.
 */
export function describeIssues(issues: readonly v.BaseIssue<unknown>[]): string {
  return issues.map((issue) => `  ${v.getDotPath(issue) ?? '(the whole)'}: ${explain(issue)}`).join('\n');
}

/** Messages of our own schemas say what must be written; those of valibot begin with "Invalid". */
function explain({ type, expected, received, message }: v.BaseIssue<unknown>): string {
  if (type === 'strict_object' && expected === 'never') return 'there is no such setting here';
  if (received === 'undefined') return type === 'variant' ? `is missing: one of ${expected}` : 'is missing';
  if (!message.startsWith('Invalid')) return message;
  return expected === null ? `is not a valid ${type.replaceAll('_', ' ')}` : `must be ${expected}`;
}
