import fs from 'node:fs';
import path from 'node:path';
import postcss, { CssSyntaxError, type Root } from 'postcss';
import type { Problem } from '../browser/program';
import { problemAt } from './problems';
import type { AppGraph } from './read-app';
import { transformWxss, type StyleTarget } from './transform-wxss';

export interface CompiledStyles {
  css: string;
  /** Component path → class prefix, for isolated components. */
  scopes: Map<string, string>;
}

/** One style sheet: app.wxss, then the components in the order of their discovery, then the pages. */
export function compileStyles(graph: AppGraph, problems: Problem[]): CompiledStyles {
  const scopes = new Map<string, string>();
  const parts: string[] = [];
  const add = (name: string, target: StyleTarget): void => {
    const file = path.join(graph.root, `${name}.wxss`);
    if (!fs.existsSync(file)) return;
    const sheet = readSheet(graph.root, file, problems, []);
    parts.push(`/* ${name}.wxss */\n${transformWxss(sheet, target).toString()}`);
  };
  add('app', {});
  const entries = [...graph.components];
  entries.forEach(([name, node], index) => {
    if (isIsolated(node.config.component === true, node.config.styleIsolation)) scopes.set(name, `c${index}`);
  });
  for (const pages of [false, true]) {
    for (const [name, node] of entries) {
      if (node.isPage !== pages) continue;
      const scope = scopes.get(name);
      add(name, { ...(scope === undefined ? {} : { scope }), ...(node.isPage ? { page: name } : {}) });
    }
  }
  return { css: parts.join('\n'), scopes };
}

/** `styleIsolation` counts only in the JSON file; a page is shared, a component isolated unless it says otherwise. */
function isIsolated(isComponent: boolean, styleIsolation: string | undefined): boolean {
  const value = styleIsolation ?? (isComponent ? 'isolated' : 'shared');
  return value !== 'shared' && value !== 'page-shared';
}

function readSheet(root: string, file: string, problems: Problem[], chain: string[]): Root {
  let sheet: Root;
  try {
    sheet = postcss.parse(fs.readFileSync(file, 'utf8'), { from: file });
  } catch (error) {
    if (!(error instanceof CssSyntaxError)) throw error;
    const position = { line: error.line ?? 1, column: error.column ?? 1 };
    problems.push(problemAt(root, file, error.reason, position));
    return postcss.root();
  }
  sheet.walkAtRules('import', (rule) => {
    const value = rule.params
      .replace(/^url\((.*)\)$/, '$1')
      .replace(/['"]/g, '')
      .trim();
    const target = value.startsWith('/') ? path.join(root, value) : path.resolve(path.dirname(file), value);
    const position = rule.source?.start ?? { line: 1, column: 1 };
    const at = { line: position.line, column: position.column };
    if (chain.includes(target)) {
      problems.push(problemAt(root, file, `@import goes round in a circle: ${value}`, at));
      rule.remove();
    } else if (!fs.existsSync(target)) {
      problems.push(problemAt(root, file, `@import is not found: ${value}`, at));
      rule.remove();
    } else {
      rule.replaceWith(readSheet(root, target, problems, [...chain, file]).nodes);
    }
  });
  return sheet;
}
