import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { errorCode } from '../../staff/error-code';

const PREFIX = 'shutong-loans-';

export interface PrivateFolder {
  path: string;
  remove: () => Promise<void>;
}

/**
 * A folder for loans on their way, which only its owner can look into. It goes when it is removed, at the latest
 * when the program ends. What a program that was killed has left is removed by the next one.
 */
export async function makePrivateFolder(): Promise<PrivateFolder> {
  await removeLeftovers();
  // mkdtemp makes it with mode 0700.
  const folder = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`));
  const atExit = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', atExit);
  return {
    path: folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
      process.removeListener('exit', atExit);
    },
  };
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const [, pid] = /^shutong-loans-(\d+)-/.exec(name) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    // Another user's stays.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}
