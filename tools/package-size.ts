import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** Holds each package of the mini program against its budget, as the official compiler measured it. */
interface Budget {
  mainKB: number;
  subpackageKB: number;
}

/** Bytes of each package: `main`, and each subpackage by its root. */
type PackageSizes = Record<string, number>;

const ROOT = path.resolve(__dirname, '..');

function main(): number {
  const { values } = parseArgs({
    options: {
      project: { type: 'string', default: ROOT },
      budget: { type: 'string', default: path.join(__dirname, 'package-size.json') },
    },
  });
  const report = path.join(values.project, 'dist/official/packages.json');
  if (!fs.existsSync(report)) {
    console.error(`${path.relative(ROOT, report)} is not there; first run: npm run gates -- compile`);
    return 1;
  }
  const newer = newestFile(path.join(values.project, 'miniprogram'));
  if (newer.time > fs.statSync(report).mtimeMs) {
    console.error(
      `${path.relative(ROOT, newer.file)} is newer than the sizes; run: npm run gates -- compile`,
    );
    return 1;
  }
  const sizes = JSON.parse(fs.readFileSync(report, 'utf8')) as PackageSizes;
  const budget = JSON.parse(fs.readFileSync(values.budget, 'utf8')) as Budget;
  return holdAgainst(sizes, budget) ? 0 : 1;
}

function holdAgainst(sizes: PackageSizes, budget: Budget): boolean {
  let fits = true;
  for (const [name, bytes] of Object.entries(sizes)) {
    const limit = name === 'main' ? budget.mainKB : budget.subpackageKB;
    const line = `${name}: ${(bytes / 1024).toFixed(1)} KB of ${limit} KB`;
    if (bytes <= limit * 1024) {
      console.log(line);
    } else {
      fits = false;
      console.error(`${line}: over the budget`);
    }
  }
  return fits;
}

function newestFile(folder: string): { file: string; time: number } {
  let newest = { file: folder, time: 0 };
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const time = fs.statSync(file).mtimeMs;
    if (time > newest.time) newest = { file, time };
  }
  return newest;
}

process.exitCode = main();
