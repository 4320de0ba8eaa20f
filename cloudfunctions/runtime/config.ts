import * as v from 'valibot';
import { CARD_SYMBOLOGIES } from '../../contracts/cards';
import { parseKeyRing, type DataKey } from './sealed';

/** Settings of a function, read from its environment once at start. */
export interface LibraryConfig {
  gatewayUrl: string;
  keyId: string;
  secret: string;
  /** Longest wait for one answer of the library, in ms. */
  timeoutMs: number;
  /** PEM; for a gateway whose certificate is the library's own, or that lets in only whom it knows. */
  tls?: { ca?: string; cert?: string; key?: string };
}

/** Settings of what is kept about readers. */
export interface DeskConfig {
  /** The current key first. */
  dataKeys: DataKey[];
  lookupKey: Buffer;
  cardSymbology: (typeof CARD_SYMBOLOGIES)[number];
}

export type ConfigResult<T> = { ok: true; config: T } | { ok: false; problems: string[] };
type Environment = Record<string, string | undefined>;

/**
 * Whether a host lies within this machine or a private network (RFC 1918, RFC 4193, RFC 6761). Elsewhere plain
 * HTTP would show what readers search for to everyone on the way, and let them change the answers: a signature
 * covers requests only.
 * @param hostname as `URL` writes it: IPv4 in four decimal parts, IPv6 in brackets
 */
function isPrivateHost(hostname: string): boolean {
  return (
    /^(?:127|10)(?:\.\d+){3}$|^192\.168(?:\.\d+){2}$|^172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}$/.test(
      hostname,
    ) || /^(?:localhost|\[::1\]|\[f[cd][0-9a-f]{2}:[0-9a-f:]+\])$/.test(hostname)
  );
}

/** PEM, or its base64 in one line: some consoles take no line breaks. */
const Pem = (what: string) =>
  v.optional(
    v.pipe(
      v.string(),
      v.transform((text) =>
        text.includes('-----BEGIN') ? text : Buffer.from(text, 'base64').toString('utf8'),
      ),
      v.regex(
        /-----BEGIN [A-Z ]+-----[\s\S]+-----END [A-Z ]+-----/,
        `${what} in PEM, or the base64 of that in one line`,
      ),
    ),
  );

const LibraryEnvironment = v.pipe(
  v.object({
    LIBRARY_GATEWAY_URL: v.pipe(
      v.string('the address of the campus gateway, e.g. https://library.example.edu.cn:8443'),
      v.url('an http(s) address such as https://library.example.edu.cn:8443'),
      v.regex(/^https?:\/\//, 'an http(s) address such as https://library.example.edu.cn:8443'),
      v.check(
        (address) => address.startsWith('https://') || isPrivateHost(new URL(address).hostname),
        'an address with https://; http:// is for this machine and private networks only, by IP address',
      ),
    ),
    LIBRARY_GATEWAY_KEY_ID: v.pipe(
      v.string('the id of the key shared with the gateway'),
      v.regex(/^[\w.-]{1,64}$/, 'an id of letters, digits, ".", "_" or "-"'),
    ),
    LIBRARY_GATEWAY_KEY: v.pipe(
      v.string('the secret shared with the gateway'),
      v.minLength(32, 'a secret of at least 32 characters'),
    ),
    LIBRARY_TIMEOUT_MS: v.optional(
      v.pipe(
        v.string(),
        v.transform(Number),
        v.number(),
        v.integer('a whole number of milliseconds'),
        v.minValue(500, 'at least 500 ms'),
        v.maxValue(50_000, 'at most 50,000 ms'),
      ),
      '8000',
    ),
    LIBRARY_GATEWAY_CA: Pem('the certificate of the authority that signed that of the gateway'),
    LIBRARY_GATEWAY_CERT: Pem('the certificate by which the gateway knows this function'),
    LIBRARY_GATEWAY_CERT_KEY: Pem('the key of LIBRARY_GATEWAY_CERT'),
  }),
  v.forward(
    v.check(
      (env) => (env.LIBRARY_GATEWAY_CERT === undefined) === (env.LIBRARY_GATEWAY_CERT_KEY === undefined),
      'set together with LIBRARY_GATEWAY_CERT, or neither',
    ),
    ['LIBRARY_GATEWAY_CERT_KEY'],
  ),
);

const MAKE_KEY = `node -e "console.log(require('node:crypto').randomBytes(32).toString('base64'))"`;
const DATA_KEYS = `"k1:" and 32 random bytes in base64, made by ${MAKE_KEY}; newer keys come first, parted by commas`;
const LOOKUP_KEY = `32 random bytes in base64, made by ${MAKE_KEY}; never to be changed`;

const DeskEnvironment = v.object({
  SHUTONG_DATA_KEYS: v.pipe(
    v.string(DATA_KEYS),
    v.transform(parseKeyRing),
    v.custom<DataKey[]>((keys) => keys !== undefined, DATA_KEYS),
  ),
  SHUTONG_LOOKUP_KEY: v.pipe(
    v.string(LOOKUP_KEY),
    v.regex(/^[A-Za-z0-9+/]{43}=$/, LOOKUP_KEY),
    v.transform((text) => Buffer.from(text, 'base64')),
  ),
  SHUTONG_CARD_SYMBOLOGY: v.optional(
    v.picklist(CARD_SYMBOLOGIES, `what the library's scanners read: ${CARD_SYMBOLOGIES.join(', ')}`),
    'code128',
  ),
});

/** Reads and checks the settings; each problem names the variable and what it should hold, never its value. */
export function readLibraryConfig(environment: Environment): ConfigResult<LibraryConfig> {
  return read(LibraryEnvironment, environment, (output) => ({
    gatewayUrl: output.LIBRARY_GATEWAY_URL,
    keyId: output.LIBRARY_GATEWAY_KEY_ID,
    secret: output.LIBRARY_GATEWAY_KEY,
    timeoutMs: output.LIBRARY_TIMEOUT_MS,
    ...tlsOf(output),
  }));
}

function tlsOf({
  LIBRARY_GATEWAY_CA: ca,
  LIBRARY_GATEWAY_CERT: cert,
  LIBRARY_GATEWAY_CERT_KEY: key,
}: v.InferOutput<typeof LibraryEnvironment>): Pick<LibraryConfig, 'tls'> {
  if (ca === undefined && cert === undefined) return {};
  const own = cert !== undefined && key !== undefined ? { cert, key } : {};
  return { tls: { ...(ca !== undefined && { ca }), ...own } };
}

/** The same for what is kept about readers; searching works without it. */
export function readDeskConfig(environment: Environment): ConfigResult<DeskConfig> {
  return read(DeskEnvironment, environment, (output) => ({
    dataKeys: output.SHUTONG_DATA_KEYS,
    lookupKey: output.SHUTONG_LOOKUP_KEY,
    cardSymbology: output.SHUTONG_CARD_SYMBOLOGY,
  }));
}

function read<S extends v.GenericSchema, T>(
  schema: S,
  environment: Environment,
  toConfig: (output: v.InferOutput<S>) => T,
): ConfigResult<T> {
  const parsed = v.safeParse(schema, environment, { abortPipeEarly: true });
  if (parsed.success) return { ok: true, config: toConfig(parsed.output) };
  const problems = parsed.issues.map((issue) => `set ${v.getDotPath(issue) ?? '?'}: ${issue.message}`);
  return { ok: false, problems };
}

/** How the platform calls the source of a push, see features/messages/chat/admit-push.ts. */
const PushEnvironment = v.object({
  SHUTONG_PUSH_SOURCE: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^[a-z_]{1,32}$/,
        'the word by which the log of the function messages names the source of a push',
      ),
    ),
    'wx_trigger',
  ),
});

/** The same for who may push; there is nothing that has to be set. */
export const readPushConfig = (environment: Environment): ConfigResult<{ source: string }> =>
  read(PushEnvironment, environment, (output) => ({ source: output.SHUTONG_PUSH_SOURCE }));
