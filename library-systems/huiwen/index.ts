import { ConfigurationError } from '../configuration-error';
import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { denialTexts } from '../denial-texts';
import { openHttp } from '../http/http-client';
import type { HuiwenConfig } from './config';
import { diagnose } from './diagnose';
import { readBib, readHoldings } from './holdings';
import { openLoans, RENEWAL_WORDS } from './loans';
import { readPatron } from './patron';
import { asReader } from './reader-pages';
import { ABILITIES, openCatalogue } from './search';
import { openSignIn, SIGN_IN_WORDS } from './sign-in';

export { HuiwenConfig } from './config';

/**
 * Huiwen OPAC (汇文 Libsys 4.5–5.6). The contract is from public code; it was NOT VERIFIED AGAINST A LIVE SYSTEM.
 * @throws {ConfigurationError}
 */
export async function connectHuiwen(config: HuiwenConfig, context: AdapterContext): Promise<ConnectedSystem> {
  const { name, branches, timeZone, signIn } = config;
  const { clock } = context;
  if (signIn && !signIn.captcha && signIn.ssoUrl === undefined) {
    throw new ConfigurationError('signIn: set captcha to true, or ssoUrl, or leave signIn out');
  }
  const http = openHttp(config);
  const catalogue = openCatalogue(http);
  return {
    name,
    branches,
    timeZone,
    catalog: {
      abilities: ABILITIES,
      search: catalogue.search,
      bib: (bibId) => readBib(http, config, catalogue, bibId),
      holdings: (bibId) => readHoldings(http, config, catalogue, bibId, clock.now()),
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
    diagnose: () => diagnose(http, config, catalogue, clock),
    close: async () => http.close(),
  };
}
