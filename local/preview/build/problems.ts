import path from 'node:path';
import type { Problem } from '../browser/program';

/** Thrown when the mini program cannot be built; carries every mistake that was found. */
export class BuildFailure extends Error {
  readonly problems: Problem[];

  constructor(found: Problem[]) {
    // A file that two others import is read twice.
    const problems = [...new Map(found.map((problem) => [formatProblem(problem), problem])).values()];
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
    this.name = 'BuildFailure';
  }
}

/** `pages/home/home.wxml:3:12 unexpected character` */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.message}`;
}

export function problemAt(
  root: string,
  file: string,
  message: string,
  position: { line: number; column: number } = { line: 1, column: 1 },
): Problem {
  return { file: path.relative(root, file).split(path.sep).join('/'), ...position, message };
}

/** Line and column, from 1, of an offset in a text. */
export function positionOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, offset));
  const line = before.split('\n').length;
  return { line, column: before.length - before.lastIndexOf('\n') };
}
