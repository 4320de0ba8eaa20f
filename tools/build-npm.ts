import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const APP = path.join(ROOT, 'miniprogram');
const OUT = path.join(APP, 'miniprogram_npm');
const LIBRARY = 'tdesign-miniprogram';
const PACKAGE = path.join(ROOT, 'node_modules', LIBRARY);
const DIST = path.join(PACKAGE, 'miniprogram_dist');

/**
 * The glyphs of the library's icons that we ship, drawn as 24 × 24 SVG paths. The library's own sheet has
 * 2,352 of them in a font that it fetches from its CDN.
 */
const GLYPHS: Record<string, string> = { close: 'M6 6l12 12M18 6L6 18' };

/**
 * Writes miniprogram/miniprogram_npm: the tdesign components that our pages name in their JSON, with
 * everything these need, and nothing else. Throws when a file or a glyph that is needed does not exist.
 */
export async function buildNpm(): Promise<void> {
  const entries = await componentsInUse();
  const files = new Map<string, string>();
  for (const file of await closure(entries)) files.set(targetOf(file), await shipped(file));
  files.set(path.join(LIBRARY, 'LICENSE'), await readFile(path.join(PACKAGE, 'LICENSE'), 'utf8'));
  await sync(files);
}

/** Paths of the library's components, without extension, that any JSON of the app names. */
async function componentsInUse(): Promise<string[]> {
  const used = new Set<string>();
  for (const file of await readdir(APP, { recursive: true })) {
    if (!file.endsWith('.json') || file.startsWith('miniprogram_npm')) continue;
    const config = JSON.parse(await readFile(path.join(APP, file), 'utf8')) as { usingComponents?: object };
    for (const component of Object.values(config.usingComponents ?? {}) as string[])
      if (component.startsWith(`${LIBRARY}/`)) used.add(path.join(DIST, component.slice(LIBRARY.length + 1)));
  }
  return [...used].sort();
}

/** All files that the components need, absolute. */
async function closure(components: string[]): Promise<string[]> {
  const files = new Set<string>();
  const queue = components.flatMap(componentFiles);
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    queue.push(...(await neededBy(file)));
  }
  return [...files].sort();
}

const componentFiles = (component: string): string[] =>
  ['.json', '.js', '.wxml', '.wxss'].map((extension) => component + extension);

async function neededBy(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8');
  const beside = (relative: string) => path.resolve(path.dirname(file), relative);
  switch (path.extname(file)) {
    case '.json': {
      const { usingComponents = {} } = JSON.parse(text) as { usingComponents?: Record<string, string> };
      return Object.values(usingComponents).flatMap((component) => componentFiles(beside(component)));
    }
    case '.js':
      return matches(text, /(?:\bfrom|\bimport|\brequire\()\s*["']([^"']+)["']/g).map((name) =>
        name.startsWith('.') ? script(beside(name)) : path.join(DIST, 'miniprogram_npm', name, 'index.js'),
      );
    case '.wxs':
      return matches(text, /\brequire\(\s*["']([^"']+)["']/g).map(beside);
    case '.wxml':
      return matches(text, /<(?:wxs|import|include)\b[^>]*?\bsrc="([^"]+)"/g).map(beside);
    default:
      return matches(text, /@import\s+["']([^"']+)["']/g).map(beside);
  }
}

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const script = (file: string): string => (file.endsWith('.js') ? file : `${file}.js`);

/** Path below miniprogram_npm. */
function targetOf(file: string): string {
  const inner = path.join(DIST, 'miniprogram_npm');
  return file.startsWith(inner) ? path.relative(inner, file) : path.join(LIBRARY, path.relative(DIST, file));
}

/** What is shipped of a file. */
async function shipped(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  if (file.endsWith('.wxml')) requireGlyphs(file, text);
  return path.basename(file) === 'icon.wxss' ? iconSheet(text) : text;
}

/** Makes the folder hold exactly these files; one that is right already is not touched, for others may be reading it. */
async function sync(files: Map<string, string>): Promise<void> {
  const there = await readdir(OUT, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of there) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(path.relative(OUT, file))) await rm(file);
  }
  for (const [target, text] of files) {
    const file = path.join(OUT, target);
    const before = await readFile(file, 'utf8').catch(() => undefined);
    if (before === text) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

/** The icon sheet with our drawn glyphs instead of the font. */
function iconSheet(sheet: string): string {
  const kept = sheet
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/\.t-icon-[\w-]+:before\s*\{[^}]*\}\s*/g, '')
    .replace(/\.t-icon\s*\{[^}]*\}\s*/g, '');
  if (/https?:/.test(kept))
    throw new Error(`${LIBRARY} icon.wxss fetches something from the network: ${kept}`);
  const drawn = Object.entries(GLYPHS).map(([name, line]) => {
    const svg = `%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none' stroke='%23000' stroke-width='1.5' stroke-linecap='round'%3E%3Cpath d='${line}'/%3E%3C/svg%3E`;
    const mask = `url("data:image/svg+xml,${svg}") center/100% 100% no-repeat`;
    return `.t-icon-${name}:before{content:'';display:block;width:1em;height:1em;background:currentColor;-webkit-mask:${mask};mask:${mask};}`;
  });
  return [kept.trim(), ...drawn, ''].join('\n');
}

/** Every icon that a template names outright must be among the drawn ones. */
function requireGlyphs(file: string, template: string): void {
  for (const name of matches(template, /<t-icon\b[^>]*?\bname="([\w-]+)"/g))
    if (GLYPHS[name] === undefined)
      throw new Error(`${path.relative(DIST, file)} needs the icon "${name}": draw it`);
}

if (require.main === module) {
  buildNpm().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
