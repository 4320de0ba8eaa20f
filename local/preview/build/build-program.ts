import fs from 'node:fs';
import path from 'node:path';
import { build, type Message, type Plugin } from 'esbuild';
import type { ComponentSource, Problem } from '../browser/program';
import { compileStyles } from './compile-styles';
import { compileTemplates } from './compile-templates';
import { BuildFailure, formatProblem, problemAt } from './problems';
import { readApp, type AppGraph } from './read-app';

export interface BuiltProgram {
  components: number;
  pages: number;
  /** Bytes of program.js and program.css. */
  bytes: number;
}

/** Builds the mini program to `program.js` and `program.css` in `outDir`. Throws BuildFailure with all mistakes. */
export async function buildProgram(options: {
  root: string;
  outDir: string;
  log: (line: string) => void;
}): Promise<BuiltProgram> {
  const graph = readApp(options.root);
  const problems: Problem[] = [];
  const templates = await compileTemplates(graph, problems, (problem) => {
    options.log(`preview: warning: ${formatProblem(problem)}`);
  });
  const styles = compileStyles(graph, problems);
  if (problems.length > 0) throw new BuildFailure(problems);
  fs.mkdirSync(options.outDir, { recursive: true });
  const script = path.join(options.outDir, 'program.js');
  await bundle(graph, entryOf(graph, templates, styles.scopes), script);
  const style = path.join(options.outDir, 'program.css');
  fs.writeFileSync(style, styles.css);
  return {
    components: graph.components.size,
    pages: graph.pages.length,
    bytes: fs.statSync(script).size + fs.statSync(style).size,
  };
}

/** The scripts are run by `require`, one by one, because each finds its own `Component` in the global scope. */
function entryOf(graph: AppGraph, templates: string, scopes: Map<string, string>): string {
  const json = (value: unknown): string => JSON.stringify(value);
  const components = [...graph.components].map(([name, node]) => {
    const source: Omit<ComponentSource, 'run'> = { isPage: node.isPage, config: node.config };
    const scope = scopes.get(name);
    if (scope !== undefined) source.scope = scope;
    return `${json(name)}: { ...${json(source)}, run: () => require(${json(node.script)}) }`;
  });
  return `__startPreview({
  app: ${json(graph.app)},
  pages: ${json(graph.pages)},
  theme: ${json(graph.theme)},
  templates: ${templates},
  startApp: () => require(${json(graph.appScript)}),
  components: {\n${components.join(',\n')}\n  },
});`;
}

async function bundle(graph: AppGraph, entry: string, outfile: string): Promise<void> {
  try {
    await build({
      stdin: { contents: entry, resolveDir: graph.root, sourcefile: 'program-entry.js' },
      bundle: true,
      format: 'iife',
      target: 'es2022',
      outfile,
      sourcemap: 'linked',
      define: { 'process.env.NODE_ENV': '"development"' },
      logLevel: 'silent',
      plugins: [npmPackages(graph.root)],
    });
  } catch (error) {
    const errors = (error as { errors?: Message[] }).errors;
    if (!errors) throw error;
    throw new BuildFailure(errors.map((message) => toProblem(graph.root, message)));
  }
}

function toProblem(root: string, message: Message): Problem {
  const { location, text } = message;
  if (!location) return problemAt(root, path.join(root, 'app.json'), text);
  const file = path.resolve(process.cwd(), location.file);
  return problemAt(root, file, text, { line: location.line, column: location.column + 1 });
}

/** A package is taken from miniprogram_npm, as on the phone, and never from node_modules. */
function npmPackages(root: string): Plugin {
  return {
    name: 'miniprogram-npm',
    setup(context) {
      context.onResolve({ filter: /^[^./]/ }, (args) => {
        if (path.isAbsolute(args.path)) return undefined;
        const base = path.join(root, 'miniprogram_npm', args.path);
        const found = [`${base}.js`, path.join(base, 'index.js')].find((file) => fs.existsSync(file));
        if (found) return { path: found };
        return { errors: [{ text: `"${args.path}" is not in miniprogram_npm; run "npm run build"` }] };
      });
      context.onResolve({ filter: /^\// }, (args) => {
        const inRoot = path.join(root, args.path);
        const found = [inRoot, `${inRoot}.ts`, `${inRoot}.js`].find((file) => fs.existsSync(file));
        return found && !fs.existsSync(args.path) ? { path: found } : undefined;
      });
    },
  };
}
