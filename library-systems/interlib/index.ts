import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { denialTexts } from '../denial-texts';
import { openHttp } from '../http/http-client';
import type { InterlibConfig } from './config';
import { diagnose } from './diagnose';
import { readBib, readHoldings } from './holdings';
import { openLoans, RENEWAL_WORDS } from './loans';
import { asReader } from './reader-pages';
import { ABILITIES, search } from './search';
import { openSignIn, readPatron, SIGN_IN_WORDS } from './sign-in';

export { InterlibConfig } from './config';

/**
 * Interlib OPAC (图创). The contract is from public code; it was NOT VERIFIED AGAINST A LIVE SYSTEM.
 * @throws {ConfigurationError}
 */
export async function connectInterlib(
  config: InterlibConfig,
  context: AdapterContext,
): Promise<ConnectedSystem> {
  const { name, branches, timeZone, signIn } = config;
  const { clock } = context;
  const http = openHttp(config);
  return {
    name,
    branches,
    timeZone,
    catalog: {
      abilities: ABILITIES,
      search: (query) => search(http, config, query),
      bib: (bibId) => readBib(http, config, bibId),
      holdings: (bibId) => readHoldings(http, config, bibId, clock.now()),
    },
    ...(signIn && {
      afterBinding: 'session' as const,
      signIn: openSignIn(
        http,
        { ...config, signIn },
        context,
        denialTexts(config.denialTexts, SIGN_IN_WORDS, context),
      ),
      patrons: { patron: (access) => asReader(http, config, access, readPatron) },
      loans: openLoans(http, config, clock, denialTexts(config.denialTexts, RENEWAL_WORDS, context)),
    }),
    diagnose: () => diagnose(http, config, clock),
    close: async () => http.close(),
  };
}
