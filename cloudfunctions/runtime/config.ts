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

const Environment = v.object({
  LIBRARY_GATEWAY_URL: v.pipe(
    v.string('the address of the campus gateway, e.g. https://library.example.edu.cn:8443'),
    v.url('an http(s) address such as https://library.example.edu.cn:8443'),
    v.regex(/^https?:\/\//, 'an http(s) address such as https://library.example.edu.cn:8443'),
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
