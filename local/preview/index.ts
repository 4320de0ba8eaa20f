import fs from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import type { ShiftableClock } from '../clock';
import { buildProgram } from './build/build-program';
import { buildRuntime } from './build/build-runtime';
import { BuildFailure, formatProblem, problemAt } from './build/problems';
import type { PreviewEvent } from './browser/program';
import { EventStream } from './event-stream';
import { servePreviewFile } from './serve-files';
import { watchFolder } from './watch-folder';

export interface PreviewOptions {
  /** The folder with app.json. */
  miniprogramRoot: string;
  /** Where the built files go; it is emptied. */
  outDir: string;
  /** Build again and reload when a file changes. */
  watch: boolean;
  /** The clock of the cloud, which the phone follows; without one it has the machine's. */
  clock?: Pick<ShiftableClock, 'offset' | 'onMoved'>;
  log: (line: string) => void;
}

export interface Preview {
  /** Answers `/`, `/app` and `/preview/…`; false for what is not the preview's. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

/** Builds the mini program and serves it. Mistakes in it do not reject: they are logged and shown in the browser. */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const root = path.resolve(options.miniprogramRoot);
  const outDir = path.resolve(options.outDir);
  fs.rmSync(outDir, { recursive: true, force: true });
  fs.mkdirSync(outDir, { recursive: true });
  const events = new EventStream();
  // Counts on from the time, so that a page left open notices another start of the server.
  let version = Date.now();

  const rebuild = async (): Promise<void> => {
    const begun = performance.now();
    version += 1;
    events.send(await build(root, outDir, version, begun, options.log));
  };
  await Promise.all([buildRuntime(path.join(outDir, 'static')), rebuild()]);
  options.clock?.onMoved(() => {
    events.tell({ type: 'clock' });
  });
  const watcher = options.watch ? watchFolder(root, rebuild, options.log) : undefined;

  return {
    async handle(req, res) {
      const url = new URL(req.url ?? '/', 'http://preview');
      if (url.pathname === '/preview/events') {
        events.open(req, res);
        return true;
      }
      const clockOffset = options.clock?.offset ?? 0;
      return servePreviewFile(req, res, url.pathname, { root, outDir, clockOffset });
    },
    async close() {
      events.close();
      await watcher?.close();
    },
  };
}

async function build(
  root: string,
  outDir: string,
  version: number,
  begun: number,
  log: (line: string) => void,
): Promise<PreviewEvent> {
  try {
    const built = await buildProgram({ root, outDir: path.join(outDir, 'program'), log });
    const time = Math.round(performance.now() - begun);
    log(`preview: ${built.pages} pages, ${built.components} components, ${built.bytes} bytes in ${time} ms`);
    return { type: 'built', version };
  } catch (error) {
    // A mistake of the preview itself is told in the same way, so that saving again gets it going.
    const problems =
      error instanceof BuildFailure
        ? error.problems
        : [
            problemAt(
              root,
              path.join(root, 'app.json'),
              error instanceof Error ? (error.stack ?? error.message) : String(error),
            ),
          ];
    for (const problem of problems) log(`preview: error: ${formatProblem(problem)}`);
    return { type: 'failed', problems };
  }
}
