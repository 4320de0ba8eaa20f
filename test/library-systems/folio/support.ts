import * as v from 'valibot';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { FolioConfig, connectFolio } from '../../../library-systems/folio';
import { API_KEY, BRANCHES, REASON, SERVICE, TENANT } from '../../support/fake-folio';
import type { FakeFolio } from '../../support/fake-folio';

const SECRETS: Record<string, string> = {
  FOLIO_USER: SERVICE.username,
  FOLIO_PASSWORD: SERVICE.password,
  FOLIO_EDGE_KEY: API_KEY,
};

export interface Connected {
  system: ConnectedSystem;
  unmapped: string[];
}

export async function connectTo(
  folio: Pick<FakeFolio, 'okapiUrl' | 'edgeUrl' | 'clock'>,
  more: object = {},
  secrets: Record<string, string> = {},
): Promise<Connected> {
  const config = v.parse(FolioConfig, {
    ...{ kind: 'folio', name: '示范大学图书馆', branches: BRANCHES, timeoutMs: 10_000 },
    okapi: { baseUrl: folio.okapiUrl, tenant: TENANT, userEnv: 'FOLIO_USER', passwordEnv: 'FOLIO_PASSWORD' },
    edgePatron: { baseUrl: folio.edgeUrl, apiKeyEnv: 'FOLIO_EDGE_KEY', cancellationReasonId: REASON },
    history: true,
    ...more,
  });
  const unmapped: string[] = [];
  const system = await connectFolio(config, {
    secret: (name) => secrets[name] ?? SECRETS[name] ?? '',
    clock: { now: () => folio.clock.at },
    unmapped: (text) => unmapped.push(text),
  });
  return { system, unmapped };
}
