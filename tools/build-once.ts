import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const BUILT = path.join(ROOT, '.cache/built');
/** What no run has looked at for so long is removed, ms. */
const KEPT_MS = 86_400_000;
/** Packages and compiler options that any bundle is made with. */
const ALWAYS = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.base.json'];

/**
 * The folder of this name, shared by all processes and later runs; made when it is not there. What is in it never
 * changes: whoever names it puts a hash of all that it depends on into the name.
 * @param make writes into the folder that it is given; what it began and did not end is never seen by others
 */
export async function makeOnce(name: string, make: (outDir: string) => Promise<unknown>): Promise<string> {
  const folder = path.join(BUILT, name);
  if (wasLookedAt(folder)) return folder;
  fs.mkdirSync(BUILT, { recursive: true });
  removeOld();
  const draft = fs.mkdtempSync(path.join(BUILT, 'draft-'));
  try {
    await make(draft);
    fs.renameSync(draft, folder);
  } catch (error) {
    fs.rmSync(draft, { recursive: true });
    // or another process was faster
    if (!fs.existsSync(folder)) throw error;
  }
  return folder;
}

/**
 * A folder with what is built from these sources: from what stands there now, never from what stood there before.
 * Packages count by the lock file: one that was changed by hand in node_modules is not seen. Whoever needs the folder
 * for longer than a day copies it.
 * @param sources files and folders, from the root of the repository: all that the build reads
 */
export async function buildOnce(
  name: string,
  sources: readonly string[],
  build: (outDir: string) => Promise<unknown>,
): Promise<string> {
  const all = [...ALWAYS, ...sources];
  for (;;) {
    const hash = hashOf(all);
    try {
      return await makeOnce(`${name}-${hash}`, async (outDir) => {
        await build(outDir);
        // saved while it was built: it may hold something of both
        if (hashOf(all) !== hash) throw new SourcesChanged();
      });
    } catch (error) {
      if (!(error instanceof SourcesChanged)) throw error;
    }
  }
}

class SourcesChanged extends Error {}

function hashOf(sources: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  const add = (name: string): void => {
    const whole = path.join(ROOT, name);
    if (fs.statSync(whole).isDirectory()) {
      for (const entry of fs.readdirSync(whole).sort()) add(path.join(name, entry));
      return;
    }
    const content = fs.readFileSync(whole);
    hash.update(`${name}\0${content.length}\0`).update(content);
  };
  sources.forEach(add);
  return hash.digest('hex').slice(0, 24);
}

/** Keeps a folder for another day. @returns false when there is none */
function wasLookedAt(folder: string): boolean {
  const now = new Date();
  return isThere(() => fs.utimesSync(folder, now, now));
}

function removeOld(): void {
  for (const entry of fs.readdirSync(BUILT)) {
    const whole = path.join(BUILT, entry);
    // another process may be removing it, too
    const { mtimeMs = Infinity } = fs.statSync(whole, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs >= Date.now() - KEPT_MS) continue;
    // away at once, so that nobody finds half of it
    const away = path.join(BUILT, `draft-${randomUUID()}`);
    if (isThere(() => fs.renameSync(whole, away))) fs.rmSync(away, { recursive: true, force: true });
  }
}

/** @returns false when what was to be changed is not there */
function isThere(change: () => void): boolean {
  try {
    change();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}
