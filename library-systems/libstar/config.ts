import * as v from 'valibot';
import { EnvName, Millis, siteSettings } from '../site-settings';

const Url = v.pipe(v.string(), v.url(), v.maxLength(500));
const Word = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));

/** Settings of a LibStar Find site; README.md says where to find each. */
export const LibStarConfig = v.strictObject({
  kind: v.literal('libstar'),
  ...siteSettings,
  /** Address of the site, e.g. `https://find.example.edu.cn`. */
  baseUrl: Url,
  /** The library's number at LibStar, sent as the header `groupCode`. Without it every search finds nothing. */
  groupCode: Word,
  /** Sent as `Referer`, without which the site answers errCode 9999; the address itself if left out. */
  referer: v.optional(Url),
  /** Names of the site's own orders, as its page sends them in `sortField`; what is not named is not offered. */
  sortFields: v.optional(
    v.strictObject({ newest: v.exactOptional(Word), mostBorrowed: v.exactOptional(Word) }),
    {},
  ),
  /** A word that many titles have: what `library:check` searches for. */
  probeWord: v.optional(Word, '中国'),
  /** Left out where readers shall not sign in. */
  signIn: v.exactOptional(
    v.strictObject({
      /** The page of single sign-on that ends at the site, as the site's own "登录" opens it. */
      ssoUrl: Url,
      /** Where the site takes a CAS ticket; `{ticket}` stands for it. Left out, readers paste the address they end at. */
      ticketPath: v.exactOptional(
        v.pipe(v.string(), v.startsWith('/'), v.includes('{ticket}'), v.maxLength(500)),
      ),
      /** How long a session lasts when its token does not say, in minutes. */
      sessionMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200)), 120),
      /** Names the variable with the secret that sign-in conversations are sealed with; needed with two gateways. */
      stateKeyEnv: v.exactOptional(EnvName),
    }),
  ),
  timeoutMs: v.optional(Millis(500, 60_000), 8_000),
  maxConnections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 8),
  caFile: v.exactOptional(v.string()),
});
export type LibStarConfig = v.InferOutput<typeof LibStarConfig>;
