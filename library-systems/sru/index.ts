import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { makeCatalog } from './catalog';
import type { SruConfig } from './config';
import { openConnection } from './connection';
import { diagnose } from './diagnose';

export { SruConfig } from './config';

/**
 * A catalogue that answers by SRU 1.1 or 1.2 (http://www.loc.gov/standards/sru/) with MARC21, UNIMARC or CNMARC in
 * MARCXML. Seen working with Zebra 2.2.7 behind YAZ 5.34.0.
 * @throws {ConfigurationError}
 */
export async function connectSru(config: SruConfig, context: AdapterContext): Promise<ConnectedSystem> {
  const connection = openConnection(config);
  return {
    name: config.name,
    branches: config.branches,
    timeZone: config.timeZone,
    catalog: makeCatalog(config, connection, context),
    diagnose: () => diagnose(config, connection),
    close: async () => connection.close(),
  };
}
