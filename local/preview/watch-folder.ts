import fs from 'node:fs';
import path from 'node:path';

const SOURCES = /\.(ts|js|json|wxml|wxss|wxs|png|jpe?g|gif|svg|webp)$/;
/** Editors write a file in several steps. */
const QUIET_MS = 40;

/** Runs `changed` after changes of sources below the folder, never twice at the same time. */
export function watchFolder(
  root: string,
  changed: () => Promise<void>,
  log: (line: string) => void,
): { close: () => Promise<void> } {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const watcher = fs.watch(root, { recursive: true }, (_event, file) => {
    if (file === null || !SOURCES.test(file) || file.split(path.sep).includes('node_modules')) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, QUIET_MS);
  });
  watcher.on('error', (error) => {
    log(`preview: watching stopped: ${error.message}`);
  });
  return {
    close: async () => {
      clearTimeout(timer);
      watcher.close();
      await running;
    },
  };
}
