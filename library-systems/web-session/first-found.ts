/**
 * Asks by one form of a text after the other until one finds something: sites compare an ISBN with what was catalogued,
 * and books from before 2007 have ten digits there. @returns the last answer when none does
 */
export async function firstFound<T>(
  forms: readonly [string, ...string[]],
  ask: (form: string) => Promise<T>,
  found: (answer: T) => boolean,
): Promise<T> {
  const [form, next, ...others] = forms;
  const answer = await ask(form);
  return next === undefined || found(answer) ? answer : firstFound([next, ...others], ask, found);
}
