import fs from 'node:fs';
import path from 'node:path';
import type { AppConfig, PageConfig, Problem, ThemeName } from '../browser/program';
import { problemAt, BuildFailure } from './problems';
import { readJson } from './read-json';
import { resolveComponent } from './resolve-component';

/** The pages and components that app.json reaches, with their configuration resolved. */
export interface AppGraph {
  root: string;
  app: AppConfig;
  pages: string[];
  theme: Record<ThemeName, Record<string, string>>;
  /** By path below the root, without extension. `usingComponents` holds absolute paths. */
  components: Map<string, ComponentNode>;
  appScript: string;
}

export interface ComponentNode {
  isPage: boolean;
  config: PageConfig;
  script: string;
}

interface RawApp extends AppConfig {
  pages?: string[];
  subPackages?: { root: string; pages: string[] }[];
  subpackages?: { root: string; pages: string[] }[];
  usingComponents?: Record<string, string>;
  themeLocation?: string;
}

/** Reads app.json, theme.json and the configuration of everything that they reach. Throws BuildFailure. */
export function readApp(root: string): AppGraph {
  const problems: Problem[] = [];
  const appFile = path.join(root, 'app.json');
  if (!fs.existsSync(appFile)) throw new BuildFailure([problemAt(root, appFile, 'app.json is missing')]);
  const app = readJson(root, appFile, problems) as RawApp | undefined;
  if (!app) throw new BuildFailure(problems);
  const pages = [
    ...(app.pages ?? []),
    ...(app.subPackages ?? app.subpackages ?? []).flatMap((part) =>
      part.pages.map((page) => path.posix.join(part.root, page)),
    ),
  ];
  if (pages.length === 0) problems.push(problemAt(root, appFile, 'no page is listed'));
  const components = new Map<string, ComponentNode>();
  const common = resolveAll(root, 'app', app.usingComponents ?? {}, problems);

  const visit = (name: string, isPage: boolean, usedIn: string): void => {
    if (components.has(name)) return;
    const configFile = path.join(root, `${name}.json`);
    const script = findScript(root, name);
    if (!script) {
      problems.push(problemAt(root, path.join(root, usedIn), `${name}.ts (or .js) is missing`));
      return;
    }
    const raw = fs.existsSync(configFile) ? (readJson(root, configFile, problems) ?? {}) : {};
    const own = resolveAll(root, name, (raw['usingComponents'] ?? {}) as Record<string, string>, problems);
    const using = { ...common, ...own };
    const generics = resolveGenerics(root, name, raw as unknown as PageConfig, problems);
    const config = { ...(raw as unknown as PageConfig), usingComponents: prefixed(using) };
    if (generics) config.componentGenerics = generics;
    components.set(name, { isPage, config, script });
    const defaults = Object.values(generics ?? {}).flatMap((g) =>
      g !== true && g.default ? [g.default.slice(1)] : [],
    );
    for (const next of [...Object.values(using), ...defaults]) visit(next, false, `${name}.json`);
  };
  for (const page of pages) visit(page, true, 'app.json');

  const appScript = findScript(root, 'app');
  if (!appScript) problems.push(problemAt(root, appFile, 'app.ts (or .js) is missing'));
  const theme = readTheme(root, app, problems);
  if (problems.length > 0 || !appScript) throw new BuildFailure(problems);
  return { root, app, pages, theme, components, appScript };
}

const prefixed = (using: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(using).map(([tag, name]) => [tag, `/${name}`]));

function resolveAll(
  root: string,
  from: string,
  using: Record<string, string>,
  problems: Problem[],
): Record<string, string> {
  const resolved: Record<string, string> = {};
  for (const [tag, value] of Object.entries(using)) {
    const name = resolveComponent(root, from, value);
    if (name) resolved[tag] = name;
    else
      problems.push(
        problemAt(root, path.join(root, `${from}.json`), `component <${tag}> is not found: ${value}`),
      );
  }
  return resolved;
}

function resolveGenerics(
  root: string,
  from: string,
  config: PageConfig,
  problems: Problem[],
): PageConfig['componentGenerics'] {
  if (!config.componentGenerics) return undefined;
  return Object.fromEntries(
    Object.entries(config.componentGenerics).map(([tag, generic]) => {
      if (generic === true || !generic.default) return [tag, true as const];
      const found = resolveAll(root, from, { [tag]: generic.default }, problems)[tag];
      return [tag, found ? { default: `/${found}` } : (true as const)];
    }),
  );
}

function findScript(root: string, name: string): string | undefined {
  return ['.ts', '.js'].map((end) => path.join(root, name + end)).find((file) => fs.existsSync(file));
}

function readTheme(root: string, app: RawApp, problems: Problem[]): AppGraph['theme'] {
  const empty = { light: {}, dark: {} };
  if (!app.themeLocation) return empty;
  const file = path.join(root, app.themeLocation);
  if (!fs.existsSync(file)) {
    problems.push(problemAt(root, path.join(root, 'app.json'), `${app.themeLocation} is missing`));
    return empty;
  }
  return { ...empty, ...(readJson(root, file, problems) as Partial<AppGraph['theme']> | undefined) };
}
