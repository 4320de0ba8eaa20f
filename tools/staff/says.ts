/** One thing said in both languages, English first. */
export interface Says {
  en: string;
  zh: string;
}

/** Where something is wrong in a file that staff keep, and what is expected there. */
export interface Problem extends Says {
  file: string;
  /** As a spreadsheet numbers it: the header is row 1. */
  row?: number;
  /** In a JSON file: which item, from 1. */
  item?: number;
  /** Letter and header, e.g. `D "stem_zh"`. */
  column?: string;
}

/** What was asked cannot be done as it stands; the message has both languages. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly says: Says) {
    super(both(says));
  }
}

/** Whoever gave the order has stopped it; the message says how it goes on. */
export class Interrupted extends Refused {}

/** A file is not sound; nothing of it is used. */
export class Unsound extends Error {
  override readonly name = 'Unsound';

  constructor(readonly problems: readonly Problem[]) {
    super(number(problems.length, 'problem'));
  }
}

/** Most problems that are listed; of the rest the number is told. */
export const MAX_LISTED = 200;

/** `1 problem`, `2 problems`. */
export const number = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

export const both = ({ en, zh }: Says): string => `${en} / ${zh}`;

export function describeProblem({ file, row, item, column, en, zh }: Problem): string {
  const place = [
    file,
    ...(row === undefined ? [] : [`row ${row} 第 ${row} 行`]),
    ...(item === undefined ? [] : [`item ${item} 第 ${item} 题`]),
    ...(column === undefined ? [] : [`column ${column} 列`]),
  ].join(', ');
  return `${place}: ${both({ en, zh })}`;
}

/** All problems, a line each, up to a bound. */
export function describeProblems(problems: readonly Problem[]): string[] {
  const left = problems.length - MAX_LISTED;
  return [
    ...problems.slice(0, MAX_LISTED).map(describeProblem),
    ...(left > 0 ? [both({ en: `… and ${left} more`, zh: `……还有 ${left} 处` })] : []),
  ];
}
