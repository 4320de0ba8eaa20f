import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { compose } from './compose';
import { connectSystem } from './kinds';
import { configuredHours } from './opening-hours';
import type { LibraryConfig } from './read-config';

export { readConfigFile } from './read-config-file';
export { readLibraryConfig } from './read-config';
export type { LibraryConfig } from './read-config';
export { describeIssues } from './describe-issues';
export { resolveFiles } from './resolve-files';

/** Puts a guard before one peer: `catalog` and `circulation` of a composed library, else `library`. */
export type Protect = (
  system: ConnectedSystem,
  part: 'catalog' | 'circulation' | 'library',
) => ConnectedSystem;

/**
 * Connects the library that was configured. Waits for nobody: a peer that
 * cannot be reached shows at the first call.
 * @param protect stands before each peer, so that one that is down does not take the other with it
 * @throws {ConfigurationError} when a secret is not set, a file cannot be read, or two systems do not fit
 */
export async function connectLibrary(
  config: LibraryConfig,
  context: AdapterContext,
  protect: Protect = (system) => system,
): Promise<ConnectedSystem> {
  const system = await connectParts(config, context, protect);
  if (!config.openingHours) return system;
  return { ...system, policy: { ...system.policy, ...configuredHours(config.openingHours) } };
}

async function connectParts(
  config: LibraryConfig,
  context: AdapterContext,
  protect: Protect,
): Promise<ConnectedSystem> {
  if (config.kind !== 'composed') return protect(await connectSystem(config, context), 'library');
  const catalog = await connectSystem(config.catalog, context);
  try {
    const circulation = await connectSystem(config.circulation, context);
    try {
      return compose({
        ...config,
        catalog: protect(catalog, 'catalog'),
        circulation: protect(circulation, 'circulation'),
      });
    } catch (error) {
      await circulation.close();
      throw error;
    }
  } catch (error) {
    await catalog.close();
    throw error;
  }
}
