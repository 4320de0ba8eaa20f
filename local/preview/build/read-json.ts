import fs from 'node:fs';
import type { Problem } from '../browser/program';
import { positionOf, problemAt } from './problems';

/** Reads a configuration file; a mistake in it is added to `problems` and gives `undefined`. */
export function readJson(
  root: string,
  file: string,
  problems: Problem[],
): Record<string, unknown> | undefined {
  const text = fs.readFileSync(file, 'utf8');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    problems.push(problemAt(root, file, 'an object is expected'));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    // "Unexpected end of JSON input" names no position: it is the end of the file.
    problems.push(problemAt(root, file, message, positionOf(text, offset ? Number(offset) : text.length)));
  }
  return undefined;
}
