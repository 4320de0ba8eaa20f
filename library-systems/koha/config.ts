import * as v from 'valibot';
import { FIELD_REF, MARC_FORMATS } from '../marc';
import { EnvName, Millis, siteSettings } from '../site-settings';

const Url = v.pipe(v.string(), v.regex(/^https?:\/\//, 'must begin with https:// or http://'));
const Path = v.pipe(v.string(), v.regex(/^\/[\w./~-]*$/, 'must be a path that begins with /'));
const Code = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const MaxConnections = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64));

const Basic = v.strictObject({
  kind: v.literal('basic'),
  /** User name of a service account with the permissions that the README names. */
  userEnv: EnvName,
  passwordEnv: EnvName,
});
const OAuth2 = v.strictObject({
  kind: v.literal('oauth2'),
  clientIdEnv: EnvName,
  clientSecretEnv: EnvName,
});

export const KohaRest = v.strictObject({
  /** Where `/api/v1` stands, if not at `baseUrl`: often the staff interface. */
  baseUrl: v.optional(Url),
  path: v.optional(Path, '/api/v1'),
  auth: v.variant('kind', [Basic, OAuth2]),
  /** Search, titles and copies; switch it off where an SRU server is the catalogue. Koha 22.11 and later. */
  catalog: v.optional(v.boolean(), true),
  /** How records are catalogued, and where Koha's biblionumber stands in them if not at the usual place. */
  marc: v.optional(
    v.strictObject({
      format: v.picklist(MARC_FORMATS),
      bibId: v.optional(v.pipe(v.string(), v.regex(FIELD_REF, 'must name a field, such as 999$c'))),
    }),
    { format: 'marc21' },
  ),
  /** Ended loans. Koha 22.11 and later. */
  history: v.optional(v.boolean(), false),
  /** Asks of each loan whether it can be renewed, one call each. */
  renewability: v.optional(v.boolean(), true),
});
export type KohaRest = v.InferOutput<typeof KohaRest>;

/** Koha: ILS-DI for readers, and its REST interface where there is one. */
export const KohaConfig = v.strictObject({
  kind: v.literal('koha'),
  ...siteSettings,
  /** Address of the OPAC. */
  baseUrl: Url,
  ilsDiPath: v.optional(Path, '/cgi-bin/koha/ilsdi.pl'),
  /**
   * POST keeps PINs out of access logs. GET is for Koha 24.05 releases that ask even ILS-DI for a CSRF token, and for
   * proxies that let only GET pass.
   */
  ilsDiMethod: v.optional(v.picklist(['POST', 'GET']), 'POST'),
  /** PEM file of the authority that signed the server's certificate, where it is none of the public ones. */
  caFile: v.optional(v.pipe(v.string(), v.minLength(1))),
  timeoutMs: v.optional(Millis(100, 60_000), 10_000),
  /** Connections to each of the two interfaces at once. */
  maxConnections: v.optional(MaxConnections, 4),
  /** Names of patron categories by their codes; a code without one is shown as it is. */
  readerTypes: v.optional(v.pipe(v.array(v.strictObject({ code: Code, name: Code })), v.maxLength(200)), []),
  /** Codes of the branches where held copies can be fetched; all, if left out and REST does not tell. */
  pickupBranches: v.optional(v.pipe(v.array(Code), v.minLength(1), v.maxLength(200))),
  /** Koha's system preference FailedLoginAttempts; with it a locked card is told from a wrong PIN. */
  failedLoginAttempts: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  rest: v.optional(KohaRest),
});
export type KohaConfig = v.InferOutput<typeof KohaConfig>;
