import { watch, type FSWatcher } from 'node:fs';

/** A save often touches a file several times; what comes within this time, ms, counts as one. */
const SETTLE_MS = 50;

/**
 * Calls `rebuild` after files below the folders were saved, never two at a time.
 * @param rebuild its failure is logged; the next save tries again
 * @returns what ends the watching
 */
export function watchFolders(
  folders: readonly string[],
  rebuild: () => Promise<void>,
  log: (line: string) => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const run = (): void => {
    running = running.then(rebuild).catch((error: unknown) => {
      log(`not reloaded: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  const saved = (): void => {
    clearTimeout(timer);
    timer = setTimeout(run, SETTLE_MS);
  };
  const watchers: FSWatcher[] = folders.map((folder) =>
    // a folder that went away, too many watched files: what runs goes on running
    watch(folder, { recursive: true }, saved).on('error', (error) =>
      log(`watching ${folder}: ${error.message}`),
    ),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
