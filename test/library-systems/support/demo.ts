import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGateway } from '../../../gateway';
import { openDemoLibrary } from '../../../library-systems/demo';
import type { DemoLibrary } from '../../../library-systems/demo';

export const CATALOG_FILE = path.join(__dirname, '../../../local/seed/catalog/books.jsonl.gz');
export const NOW = Date.parse('2026-11-21T10:00:00+08:00');
export const KEY = { id: 'test-2026', secret: 'a secret of at least thirty-two characters' };

/** The demo library in a folder of its own, which goes with it. */
export async function openDemo(
  clock: { now(): number } = { now: () => NOW },
): Promise<{ system: DemoLibrary; dataDir: string; close(): Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'shutong-demo-'));
  const system = await openDemoLibrary({ catalogFile: CATALOG_FILE, dataDir, clock });
  return {
    system,
    dataDir,
    close: async () => {
      await system.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A gateway before the demo library. */
export async function openDemoGateway(clock: { now(): number } = Date) {
  const demo = await openDemo();
  // not while a call is waited for
  demo.system.prepare();
  const log: string[] = [];
  const gateway = await startGateway({
    library: demo.system,
    keys: [KEY],
    clock,
    log: (line) => log.push(line),
  });
  return {
    demo: demo.system,
    url: gateway.url,
    log,
    close: async () => {
      await gateway.close();
      await demo.close();
    },
  };
}
