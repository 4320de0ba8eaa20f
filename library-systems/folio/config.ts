import * as v from 'valibot';
import { EnvName, Millis, siteSettings } from '../site-settings';

const Url = v.pipe(v.string(), v.regex(/^https?:\/\//, 'must begin with https:// or http://'));
const MaxConnections = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64));

/** FOLIO: readers by edge-patron, the catalogue and what edge-patron does not know by OKAPI (or Kong before Eureka). */
export const FolioConfig = v.strictObject({
  kind: v.literal('folio'),
  ...siteSettings,
  okapi: v.strictObject({
    baseUrl: Url,
    tenant: v.pipe(v.string(), v.regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be the id of a tenant, such as diku')),
    /** A service account with the permissions that the README names. */
    userEnv: EnvName,
    passwordEnv: EnvName,
  }),
  /** Without it there is a catalogue and no circulation. */
  edgePatron: v.optional(
    v.strictObject({
      baseUrl: Url,
      apiKeyEnv: EnvName,
      /** Id of the cancellation reason that readers' own cancellings bear. */
      cancellationReasonId: v.pipe(v.string(), v.uuid()),
    }),
  ),
  /** `pin`: mod-users' PIN; `login`: user name and password of FOLIO. */
  signIn: v.optional(v.picklist(['pin', 'login']), 'pin'),
  /** The field of a user that readers know as their number; with `login` it is always the user name. */
  cardNumber: v.optional(v.picklist(['barcode', 'externalSystemId', 'username']), 'barcode'),
  catalog: v.optional(v.boolean(), true),
  /** Ended loans, as long as FOLIO does not anonymise them. */
  history: v.optional(v.boolean(), false),
  /** PEM file of the authority that signed the servers' certificates, where it is none of the public ones. */
  caFile: v.optional(v.pipe(v.string(), v.minLength(1))),
  timeoutMs: v.optional(Millis(100, 60_000), 10_000),
  /** Connections to each of the two servers at once. */
  maxConnections: v.optional(MaxConnections, 4),
});
export type FolioConfig = v.InferOutput<typeof FolioConfig>;
