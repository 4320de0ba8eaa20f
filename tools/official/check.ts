import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { compileMiniProgram } from './compile-mini-program';
import { checkStyles, checkTemplates, type Verdict } from './templates-and-styles';

/** Asks the official compilers about a project; see README.md beside this file. */
const GATES: Record<string, (projectDir: string) => Promise<string>> = {
  wxml: async (projectDir) =>
    accepted(checkTemplates(miniprogramRoot(projectDir)), 'templates and wxs modules'),
  wxss: async (projectDir) => accepted(checkStyles(miniprogramRoot(projectDir)), 'style sheets'),
  compile: async (projectDir) => {
    const sizes = await compileMiniProgram(projectDir);
    const report = path.join(projectDir, 'dist/official/packages.json');
    fs.mkdirSync(path.dirname(report), { recursive: true });
    fs.writeFileSync(report, `${JSON.stringify(sizes, null, 2)}\n`);
    return Object.entries(sizes)
      .map(([name, bytes]) => `${name} ${(bytes / 1024).toFixed(1)} KB`)
      .join(', ');
  },
};

function accepted({ files, problems }: Verdict, what: string): string {
  if (problems.length > 0) throw new Error(problems.join('\n'));
  if (files === 0) throw new Error(`There are no ${what}: is the path right?`);
  return `${files} ${what}`;
}

function miniprogramRoot(projectDir: string): string {
  const config = JSON.parse(fs.readFileSync(path.join(projectDir, 'project.config.json'), 'utf8')) as {
    miniprogramRoot?: string;
  };
  return path.join(projectDir, config.miniprogramRoot ?? '.');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { project: { type: 'string', default: path.resolve(__dirname, '../..') } },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(GATES);
  let failed = 0;
  for (const name of names) {
    try {
      const gate = GATES[name];
      if (gate === undefined)
        throw new Error(`There is no such gate; there are: ${Object.keys(GATES).join(', ')}`);
      console.log(`passed ${name}: ${await gate(path.resolve(values.project))}`);
    } catch (error) {
      failed += 1;
      console.error(`FAILED ${name}: ${describe(error)}`);
    }
  }
  return failed === 0 ? 0 : 1;
}

/** The compiler puts its code and the file beside its message. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, path: file } = error as { code?: unknown; path?: unknown };
  const place = typeof file === 'string' && !error.message.includes(file) ? `${file}: ` : '';
  return `${place}${error.message}${typeof code === 'number' ? ` (code ${code})` : ''}`;
}

// The compiler leaves a pool of processes behind that would keep this one alive.
void main().then((code) => process.exit(code));
