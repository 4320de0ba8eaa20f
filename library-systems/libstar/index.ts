import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { denialTexts } from '../denial-texts';
import { openHttp } from '../http/http-client';
import { openLibStar } from './ask';
import type { LibStarConfig } from './config';
import { diagnose } from './diagnose';
import { findItem, readBib, readHoldings } from './holdings';
import { DENIAL_WORDS, openLoans } from './loans';
import { abilitiesOf, search } from './search';
import { asReader, openSignIn, readPatron } from './sign-in';

export { LibStarConfig } from './config';

/**
 * LibStar Find (图星/超星). The contract is from public code; it was NOT VERIFIED AGAINST A LIVE SYSTEM.
 * @throws {ConfigurationError}
 */
export async function connectLibStar(
  config: LibStarConfig,
  context: AdapterContext,
): Promise<ConnectedSystem> {
  const { name, branches, timeZone, signIn } = config;
  const { clock } = context;
  const http = openHttp(config);
  const site = openLibStar(http, config);
  const denied = denialTexts(config.denialTexts, DENIAL_WORDS, context);
  return {
    name,
    branches,
    timeZone,
    catalog: {
      abilities: abilitiesOf(config),
      search: (query) => search(site, config, query),
      bib: (bibId) => readBib(site, config, bibId),
      holdings: (bibId) => readHoldings(site, config, bibId, clock.now()),
      itemByBarcode: (barcode) => findItem(site, config, barcode),
    },
    ...(signIn && {
      afterBinding: 'session' as const,
      signIn: openSignIn(site, http, { ...config, signIn }, context),
      patrons: { patron: (access) => asReader(access, (jwt) => readPatron(site, jwt)) },
      loans: openLoans(site, config, clock, denied),
    }),
    diagnose: () => diagnose(http, site, config, clock),
    close: async () => http.close(),
  };
}
