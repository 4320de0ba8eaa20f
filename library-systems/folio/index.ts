import type { AdapterContext, ConnectedSystem } from '../connected-system';
import { denialTexts } from '../denial-texts';
import { openHttp } from '../http/http-client';
import { createCatalog } from './catalog';
import type { FolioConfig } from './config';
import type { Circulating, Folio } from './connection';
import { HOLD_TEXTS, RENEWAL_TEXTS } from './denials';
import { diagnose } from './diagnose';
import { connectEdge } from './edge';
import { createFines } from './fines';
import { createHolds } from './holds';
import { createLoans } from './loans';
import { connectOkapi } from './okapi';
import { knowPlaces } from './places';
import { createSignIn } from './sign-in';
import { createPatrons } from './users';

export { FolioConfig } from './config';

/**
 * Connects to FOLIO: edge-patron for readers' accounts, OKAPI for the catalogue,
 * for proving readers, and for what edge-patron does not tell.
 *
 * edge-patron believes whatever reader we name, so a loan or hold is looked for
 * in that reader's own list before anything is done to it.
 *
 * Contract from FOLIO's specifications and source; not verified against a live system.
 * @throws {ConfigurationError} for an unusable address or a secret that is not set
 */
export async function connectFolio(config: FolioConfig, context: AdapterContext): Promise<ConnectedSystem> {
  const { name, branches, timeZone, edgePatron } = config;
  const common = {
    timeoutMs: config.timeoutMs,
    maxConnections: config.maxConnections,
    ...(config.caFile !== undefined && { caFile: config.caFile }),
  };
  const http = openHttp({ ...common, baseUrl: config.okapi.baseUrl });
  const edgeHttp = edgePatron && openHttp({ ...common, baseUrl: edgePatron.baseUrl });
  const okapi = connectOkapi(http, config, context);
  const folio: Folio = {
    config,
    clock: context.clock,
    okapi,
    places: knowPlaces(okapi, config, context.clock),
    renewalRefusal: denialTexts(config.denialTexts, RENEWAL_TEXTS, context),
    holdRefusal: denialTexts(config.denialTexts, HOLD_TEXTS, context),
  };
  const edge = edgePatron && edgeHttp && connectEdge(edgeHttp, context.secret(edgePatron.apiKeyEnv));
  const circulating: Circulating | undefined = edge && {
    ...folio,
    edge,
    cancellationReasonId: edgePatron.cancellationReasonId,
  };
  const catalog = config.catalog ? createCatalog(folio) : undefined;
  return {
    name,
    branches,
    timeZone,
    ...(catalog && { catalog, itemStates: (barcodes) => catalog.itemStates(barcodes) }),
    ...(circulating && {
      afterBinding: 'trusted-terminal' as const,
      signIn: createSignIn(circulating),
      patrons: createPatrons(circulating),
      loans: createLoans(circulating),
      holds: createHolds(circulating),
      fines: createFines(circulating),
    }),
    diagnose: () => diagnose(folio, edge),
    close: async () => {
      http.close();
      edgeHttp?.close();
    },
  };
}
