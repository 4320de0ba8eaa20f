import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What a compiler said of a set of files; `problems` is empty when all were accepted. */
export interface Verdict {
  files: number;
  problems: string[];
}

type Compiler = 'wcc' | 'wcsc';

const BINARIES: Partial<Record<NodeJS.Platform, { folder: string; ending: string }>> = {
  linux: { folder: 'linux', ending: '' },
  darwin: { folder: 'mac', ending: '' },
  win32: { folder: 'windows', ending: '.exe' },
};

/** Runs wcc, WeChat's template compiler, over every `.wxml` and `.wxs` of a mini program. */
export function checkTemplates(miniprogramRoot: string): Verdict {
  return check(miniprogramRoot, ['.wxml', '.wxs'], 'wcc', '-d');
}

/** Runs wcsc, WeChat's style compiler, over every `.wxss` of a mini program. */
export function checkStyles(miniprogramRoot: string): Verdict {
  return check(miniprogramRoot, ['.wxss'], 'wcsc', '-js');
}

/** All files in one run: they import each other, and the compilers know only what they are given. */
function check(root: string, endings: readonly string[], compiler: Compiler, option: string): Verdict {
  const files = listFiles(root, endings);
  const problems = files.length === 0 ? [] : compile(compiler, [option, ...files], root);
  return { files: files.length, problems };
}

function compile(compiler: Compiler, args: string[], cwd: string): string[] {
  const { status, stderr, error } = spawnSync(binary(compiler), args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (error) return [`${compiler} could not be run: ${error.message}`];
  if (status === 0) return [];
  const lines = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('error file count'));
  return lines.length > 0 ? lines : [`${compiler} ended with exit code ${status ?? 'none'} and said nothing`];
}

function binary(compiler: Compiler): string {
  const platform = BINARIES[process.platform];
  if (platform === undefined) throw new Error(`There is no ${compiler} for ${process.platform}`);
  const file = path.join(
    __dirname,
    'node_modules/miniprogram-compiler/bin',
    platform.folder,
    `${compiler}${platform.ending}`,
  );
  if (!fs.existsSync(file)) throw new Error('First run: npm ci --prefix tools/official');
  fs.chmodSync(file, 0o755);
  return file;
}

/** Paths relative to the root, with `./` in front, as the compilers want them. */
function listFiles(root: string, endings: readonly string[]): string[] {
  return fs
    .readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.includes(path.extname(entry.name)))
    .map(
      (entry) =>
        `./${path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/')}`,
    )
    .sort();
}
