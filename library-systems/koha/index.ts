import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { openHttp } from '../http/http-client';
import { connectIlsDi } from './ask-ils-di';
import type { KohaConfig } from './config';
import type { Koha } from './connection';
import { readRefusals } from './denials';
import { createPatrons } from './describe-patron';
import { diagnose } from './diagnose';
import { createFines } from './fines';
import { createHolds } from './holds';
import { createLoans } from './loans';
import { createCatalog } from './rest/catalog';
import { connectRest } from './rest/rest-client';
import { createSignIn } from './sign-in';

export { KohaConfig } from './config';

/**
 * Connects to Koha: ILS-DI for readers, and its REST interface, where it is
 * configured, for the catalogue, reasons why a loan is not renewed, open debts,
 * pickup places and ended loans.
 *
 * ILS-DI trusts the address that we come from and believes whatever reader we
 * name, so a loan or hold is looked for in that reader's own list before
 * anything is done to it.
 *
 * Seen working with recorded answers of a Koha of 2019 (19.06); what newer ones
 * do is read out of their source. The README has the details.
 * @throws {ConfigurationError} for an unusable address or a secret that is not set
 */
export async function connectKoha(config: KohaConfig, context: AdapterContext): Promise<ConnectedSystem> {
  const { name, branches, timeZone, rest: restConfig } = config;
  const common = {
    timeoutMs: config.timeoutMs,
    maxConnections: config.maxConnections,
    ...(config.caFile !== undefined && { caFile: config.caFile }),
  };
  const http = openHttp({ ...common, baseUrl: config.baseUrl });
  const restHttp = restConfig && openHttp({ ...common, baseUrl: restConfig.baseUrl ?? config.baseUrl });
  const rest = restConfig && restHttp && connectRest(restHttp, restConfig, context);
  const koha: Koha = {
    config,
    clock: context.clock,
    ask: connectIlsDi(http, config),
    refusals: readRefusals(config.denialTexts, context),
    ...(rest && { rest }),
  };
  const catalog = rest?.config.catalog ? createCatalog(koha, rest) : undefined;
  return {
    name,
    branches,
    timeZone,
    ...(catalog && { catalog, itemStates: (barcodes) => catalog.itemStates(barcodes) }),
    afterBinding: 'trusted-terminal',
    signIn: createSignIn(koha),
    patrons: createPatrons(koha),
    loans: createLoans(koha),
    holds: createHolds(koha),
    fines: createFines(koha),
    diagnose: () => diagnose(koha, http),
    close: async () => {
      http.close();
      restHttp?.close();
    },
  };
}
