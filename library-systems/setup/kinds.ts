import * as v from 'valibot';
import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { HuiwenConfig } from '../huiwen/config';
import { InterlibConfig } from '../interlib/config';
import { KohaConfig } from '../koha/config';
import { LibStarConfig } from '../libstar/config';

/** The settings of one library system, of any kind that Shutong knows. */
export const SystemConfig = v.variant('kind', [KohaConfig, LibStarConfig, HuiwenConfig, InterlibConfig]);
export type SystemConfig = v.InferOutput<typeof SystemConfig>;

/** Connects one system. Only the code of its own kind is loaded. @throws {ConfigurationError} */
export async function connectSystem(config: SystemConfig, context: AdapterContext): Promise<ConnectedSystem> {
  switch (config.kind) {
    case 'koha':
      return (await import('../koha')).connectKoha(config, context);
    case 'libstar':
      return (await import('../libstar')).connectLibStar(config, context);
    case 'huiwen':
      return (await import('../huiwen')).connectHuiwen(config, context);
    case 'interlib':
      return (await import('../interlib')).connectInterlib(config, context);
  }
}
