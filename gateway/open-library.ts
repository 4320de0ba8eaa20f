import path from 'node:path';
import * as v from 'valibot';
import { ConfigurationError } from '../library-systems/configuration-error';
import type { ConnectedSystem } from '../library-systems/connected-system';
import { connectLibrary, readLibraryConfig } from '../library-systems/setup';
import type { HostContext } from './host-library';

/** The demo library, for whoever wants to try a gateway before connecting anything. */
export const DemoConfig = v.strictObject({
  kind: v.literal('demo'),
  /** Its books: local/seed/catalog/books.jsonl.gz. */
  catalogFile: v.pipe(v.string(), v.minLength(1)),
  /** Where its loans and readers are kept. */
  dataDir: v.pipe(v.string(), v.minLength(1)),
});

/** Opens the library that a gateway's configuration names. @throws {ConfigurationError} */
export async function openLibrary(config: unknown, context: HostContext): Promise<ConnectedSystem> {
  if ((config as { kind?: unknown } | null)?.kind === 'demo') return openDemo(config, context);
  return connectLibrary(readLibraryConfig(config), context, context.protect);
}

async function openDemo(config: unknown, { clock }: HostContext): Promise<ConnectedSystem> {
  const parsed = v.safeParse(DemoConfig, config);
  if (!parsed.success) {
    throw new ConfigurationError('library: the demo needs "catalogFile" and "dataDir", and nothing else');
  }
  const { openDemoLibrary } = await import('../library-systems/demo');
  const demo = await openDemoLibrary({
    catalogFile: path.resolve(parsed.output.catalogFile),
    dataDir: path.resolve(parsed.output.dataDir),
    clock,
  });
  demo.prepare();
  return {
    ...demo,
    diagnose: async () => [
      { topic: 'connection', level: 'ok', text: 'The demo library needs no connection' },
    ],
    close: () => demo.close(),
  };
}
