import * as v from 'valibot';
import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { FolioConfig } from '../folio/config';
import { HuiwenConfig } from '../huiwen/config';
import { InterlibConfig } from '../interlib/config';
import { KohaConfig } from '../koha/config';
import { LibStarConfig } from '../libstar/config';
import { Sip2Config } from '../sip2/config';
import { SruConfig } from '../sru/config';

/** The settings of one library system, of any kind that Shutong knows. */
export const SystemConfig = v.variant('kind', [
  Sip2Config,
  SruConfig,
  KohaConfig,
  FolioConfig,
  LibStarConfig,
  HuiwenConfig,
  InterlibConfig,
]);
export type SystemConfig = v.InferOutput<typeof SystemConfig>;

/** Connects one system. Only the code of its own kind is loaded. @throws {ConfigurationError} */
export async function connectSystem(config: SystemConfig, context: AdapterContext): Promise<ConnectedSystem> {
  switch (config.kind) {
    case 'sip2':
      return (await import('../sip2')).connectSip2(config, context);
    case 'sru':
      return (await import('../sru')).connectSru(config, context);
    case 'koha':
      return (await import('../koha')).connectKoha(config, context);
    case 'folio':
      return (await import('../folio')).connectFolio(config, context);
    case 'libstar':
      return (await import('../libstar')).connectLibStar(config, context);
    case 'huiwen':
      return (await import('../huiwen')).connectHuiwen(config, context);
    case 'interlib':
      return (await import('../interlib')).connectInterlib(config, context);
  }
}
