import path from 'node:path';
import * as v from 'valibot';
import type { ConnectedSystem } from '../library-systems/connected-system';
import { openDemoLibrary } from '../library-systems/demo';
import { ConfigurationError } from '../library-systems/configuration-error';
import type { HostContext } from './host-library';

const Folder = v.pipe(v.string(), v.minLength(1));
const DemoConfig = v.strictObject({
  kind: v.literal('demo'),
  /** The demo's books, local/seed/catalog/books.jsonl.gz. */
  catalogFile: Folder,
  /** Where its loans and readers are kept. */
  dataDir: Folder,
});

/** Opens the library that a gateway's configuration names. @throws {ConfigurationError} */
export async function openLibrary(config: unknown, { clock }: HostContext): Promise<ConnectedSystem> {
  const parsed = v.safeParse(DemoConfig, config);
  if (!parsed.success) {
    throw new ConfigurationError(`library: ${parsed.issues.map(({ message }) => message).join('; ')}`);
  }
  const { catalogFile, dataDir } = parsed.output;
  const demo = await openDemoLibrary({
    catalogFile: path.resolve(catalogFile),
    dataDir: path.resolve(dataDir),
    clock,
  });
  return {
    ...demo,
    diagnose: async () => [
      { topic: 'connection', level: 'ok', text: 'The demo library needs no connection' },
    ],
    close: () => demo.close(),
  };
}
