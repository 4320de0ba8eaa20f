import fs from 'node:fs';
import path from 'node:path';
import { TmplGroup } from 'glass-easel-template-compiler';
import { BUILTIN_NAMES } from '../browser/builtin-names';
import type { Problem } from '../browser/program';
import { checkWxs, fixConstructor, inlineWxs } from './compile-wxs';
import { positionOf, problemAt } from './problems';
import type { AppGraph } from './read-app';

/** What the compiler says of a mistake; lines and columns count from 0. */
interface TemplateParseError {
  isError: boolean;
  message: string;
  startLine: number;
  startColumn: number;
}

/** Templates of the built-ins: their children, and for a swiper the track on which they lie. */
const BUILTIN_TEMPLATES = {
  'wx-builtin/slot': '<slot />',
  'wx-builtin/swiper': '<div class="pv-track"><slot /></div>',
};
const builtins = new Set<string>(BUILTIN_NAMES);

/** Compiles all templates and their wxs modules to one JavaScript expression: an object of templates by path. */
export async function compileTemplates(
  graph: AppGraph,
  problems: Problem[],
  warn: (problem: Problem) => void,
): Promise<string> {
  const group = new TmplGroup();
  try {
    const compiler = new TemplateCompiler(group, graph, problems, warn);
    for (const [name, source] of Object.entries(BUILTIN_TEMPLATES)) group.addTmpl(name, source);
    for (const name of graph.components.keys()) await compiler.addTemplate(name, `${name}.json`);
    for (const name of graph.components.keys()) compiler.checkTags(name);
    return problems.length > 0 ? '' : group.getTmplGenObjectGroups();
  } finally {
    group.free();
  }
}

class TemplateCompiler {
  private readonly sources = new Map<string, string>();
  private readonly dependencies = new Map<string, string[]>();
  private readonly scripts = new Set<string>();
  private readonly reported = new Set<string>();

  constructor(
    private readonly group: TmplGroup,
    private readonly graph: AppGraph,
    private readonly problems: Problem[],
    private readonly warn: (problem: Problem) => void,
  ) {}

  async addTemplate(name: string, usedIn: string): Promise<void> {
    if (this.sources.has(name)) return;
    const { root } = this.graph;
    const file = path.join(root, `${name}.wxml`);
    if (!fs.existsSync(file)) {
      this.problems.push(problemAt(root, path.join(root, usedIn), `${name}.wxml is missing`));
      this.sources.set(name, '');
      return;
    }
    const source = fs.readFileSync(file, 'utf8');
    this.sources.set(name, source);
    for (const inline of inlineWxs(source)) {
      const problem = await checkWxs(inline.code, inline.start);
      if (problem) this.problems.push(problemAt(root, file, problem.message, problem));
    }
    const messages = this.group.addTmpl(name, fixConstructorsInTemplate(source)) as TemplateParseError[];
    for (const message of messages) {
      const problem = problemAt(root, file, message.message, {
        line: message.startLine + 1,
        column: message.startColumn + 1,
      });
      if (message.isError) this.problems.push(problem);
      else this.warn(problem);
    }
    const dependencies = this.group.getDirectDependencies(name) as string[];
    this.dependencies.set(name, dependencies);
    for (const next of dependencies) await this.addTemplate(next, `${name}.wxml`);
    for (const next of this.group.getScriptDependencies(name) as string[]) {
      await this.addScript(next, `${name}.wxml`);
    }
  }

  /** A nested `require` asks for the module under the very name that it wrote, with its `.wxs`. */
  private async addScript(name: string, usedIn: string): Promise<void> {
    if (this.scripts.has(name)) return;
    this.scripts.add(name);
    const { root } = this.graph;
    const file = path.join(root, name.endsWith('.wxs') ? name : `${name}.wxs`);
    if (!fs.existsSync(file)) {
      this.problems.push(problemAt(root, path.join(root, usedIn), `${name} is missing`));
      return;
    }
    const source = fs.readFileSync(file, 'utf8');
    const problem = await checkWxs(source, { line: 1, column: 1 });
    if (problem) {
      this.problems.push(problemAt(root, file, problem.message, problem));
      return;
    }
    this.group.addScript(name, fixConstructor(source));
    for (const match of source.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)) {
      const target = match[1] ?? '';
      const next = target.startsWith('/')
        ? target.slice(1)
        : path.posix.join(path.posix.dirname(name), target);
      await this.addScript(next, path.relative(root, file));
    }
  }

  /** Every tag that the component's templates use is a built-in of the preview or one of `usingComponents`. */
  checkTags(name: string): void {
    const node = this.graph.components.get(name);
    const known = new Set([
      ...Object.keys(node?.config.usingComponents ?? {}),
      ...Object.keys(node?.config.componentGenerics ?? {}),
    ]);
    for (const template of this.reachableFrom(name)) {
      const source = this.sources.get(template);
      if (!source) continue;
      for (const tag of this.tagsOf(template)) {
        if (builtins.has(tag) || known.has(tag) || this.reported.has(`${template} ${tag}`)) continue;
        this.reported.add(`${template} ${tag}`);
        const offset = source.search(new RegExp(`<${tag}[\\s/>]`));
        const message = `<${tag}> is neither in usingComponents nor a built-in that the preview has`;
        const file = path.join(this.graph.root, `${template}.wxml`);
        this.problems.push(problemAt(this.graph.root, file, message, positionOf(source, offset)));
      }
    }
  }

  private reachableFrom(name: string, found = new Set<string>()): Set<string> {
    if (found.has(name)) return found;
    found.add(name);
    for (const next of this.dependencies.get(name) ?? []) this.reachableFrom(next, found);
    return found;
  }

  /** Elements are created by `E("tag", …)` in the generated code, which leaves out comments and wxs. */
  private tagsOf(template: string): Set<string> {
    const code = this.group.getTmplGenObject(template);
    return new Set([...code.matchAll(/\bE\("([a-z][\w-]*)",/g)].map((match) => match[1] ?? ''));
  }
}

function fixConstructorsInTemplate(source: string): string {
  return source.replace(
    /(<wxs\b[^>]*>)([\s\S]*?)(<\/wxs>)/g,
    (_, open: string, code: string, close: string) => open + fixConstructor(code) + close,
  );
}
