import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

interface Holder {
  pid: number;
  /** When that process started, in the kernel's ticks: tells it from a later one with the same number. */
  started: string;
}

/** Folders that this process itself holds open. */
const held = new Set<string>();

/** The start time of a process where the kernel tells it, otherwise an empty text. */
async function startTime(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold blanks and brackets; what follows its last bracket does not.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseHolder(text: string): Holder | undefined {
  const [pid, started] = text.split(' ');
  return pid !== undefined && /^[1-9]\d*$/.test(pid)
    ? { pid: Number(pid), started: started ?? '' }
    : undefined;
}

async function isAlive(holder: Holder | undefined): Promise<boolean> {
  // This process would be listed in `held`: the file is left from an earlier one that had the same number.
  if (holder === undefined || holder.pid === process.pid || !exists(holder.pid)) return false;
  return holder.started === '' || (await startTime(holder.pid)) === holder.started;
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** Moves a dead process's lock out of the way; if another process was quicker, its fresh lock is put back. */
async function removeStale(path: string, content: string): Promise<void> {
  const aside = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readOrEmpty(aside)) !== content) await tryLink(aside, path);
  await rm(aside, { force: true });
}

/**
 * Makes this process the only one that has the folder open.
 * @returns what gives it up again
 * @throws Error naming the process that has it
 */
export async function lockFolder(dir: string): Promise<() => Promise<void>> {
  const folder = resolve(dir);
  if (held.has(folder)) throw new Error(`The database folder ${folder} is open in this process already.`);
  held.add(folder);
  const path = join(folder, 'lock');
  const mine = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(folder, { recursive: true });
    // Linked into place with its content: a lock file is never seen empty.
    await writeFile(mine, `${process.pid} ${await startTime(process.pid)}`, { mode: 0o600 });
    while (!(await tryLink(mine, path))) {
      const content = await readOrEmpty(path);
      const holder = parseHolder(content);
      if (await isAlive(holder)) {
        throw new Error(
          `The database folder ${folder} is in use by process ${holder?.pid ?? 'unknown'}. End it first, or give another --data-dir.`,
        );
      }
      if (content !== '') await removeStale(path, content);
      else await rm(path, { force: true });
    }
  } catch (error) {
    held.delete(folder);
    throw error;
  } finally {
    await rm(mine, { force: true });
  }
  return async () => {
    await rm(path, { force: true });
    held.delete(folder);
  };
}
