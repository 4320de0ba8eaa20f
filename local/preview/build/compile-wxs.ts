import { transform } from 'esbuild';
import { positionOf } from './problems';

interface Position {
  line: number;
  column: number;
}

/**
 * In wxs `x.constructor` is a string such as 'Array', which libraries compare with; the browser's constructor is a
 * function. The helper is defined by the runtime.
 */
export function fixConstructor(code: string): string {
  return code.replace(/([\w$\])]+(?:\.[\w$]+|\[[^\]]+\])*)\.constructor\b/g, '__wxsConstructor($1)');
}

/** The template compiler takes any text for wxs, so its syntax is checked here. `start` is where the code begins. */
export async function checkWxs(
  code: string,
  start: Position,
): Promise<(Position & { message: string }) | undefined> {
  try {
    await transform(code, { loader: 'js', format: 'cjs', logLevel: 'silent' });
    return undefined;
  } catch (error) {
    const first = (
      error as { errors?: { text: string; location: { line: number; column: number } | null }[] }
    ).errors?.[0];
    if (!first) throw error;
    const line = first.location?.line ?? 1;
    const column = (first.location?.column ?? 0) + 1;
    return {
      message: first.text,
      line: start.line + line - 1,
      column: line === 1 ? start.column + column - 1 : column,
    };
  }
}

/** The wxs written inside a template, with the place where each begins. */
export function inlineWxs(source: string): { code: string; start: Position }[] {
  return [...source.matchAll(/<wxs\b[^>]*[^/]>([\s\S]*?)<\/wxs>/g)].map((match) => {
    const code = match[1] ?? '';
    const offset = match.index + match[0].length - code.length - '</wxs>'.length;
    return { code, start: positionOf(source, offset) };
  });
}
