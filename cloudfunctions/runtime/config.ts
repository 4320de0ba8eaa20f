import * as v from 'valibot';

/** Settings of a function, read from its environment once at start. */
export interface LibraryConfig {
  gatewayUrl: string;
  keyId: string;
  secret: string;
  /** Longest wait for one answer of the library, in ms. */
  timeoutMs: number;
}

export type ConfigResult = { ok: true; config: LibraryConfig } | { ok: false; problems: string[] };

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

const Environment = v.object({
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
});

/** Reads and checks the settings; each problem names the variable and what it should hold, never its value. */
export function readLibraryConfig(environment: Record<string, string | undefined>): ConfigResult {
  const parsed = v.safeParse(Environment, environment, { abortPipeEarly: true });
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `set ${v.getDotPath(issue) ?? '?'}: ${issue.message}`);
    return { ok: false, problems };
  }
  const { output } = parsed;
  return {
    ok: true,
    config: {
      gatewayUrl: output.LIBRARY_GATEWAY_URL,
      keyId: output.LIBRARY_GATEWAY_KEY_ID,
      secret: output.LIBRARY_GATEWAY_KEY,
      timeoutMs: output.LIBRARY_TIMEOUT_MS,
    },
  };
}
