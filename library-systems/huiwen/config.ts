import * as v from 'valibot';
import { EnvName, Millis, siteSettings } from '../site-settings';
import { CHARSETS } from '../web-session/decode-page';

const Url = v.pipe(v.string(), v.url(), v.maxLength(500));
const Text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64));

/** Settings of a Huiwen (Libsys) OPAC; README.md says where to find each. */
export const HuiwenConfig = v.strictObject({
  kind: v.literal('huiwen'),
  ...siteSettings,
  /** Address under which `/opac` and `/reader` lie, e.g. `http://opac.lib.example.edu.cn:8080`. */
  baseUrl: Url,
  /** What the pages are written in; JSON is always UTF-8. */
  charset: v.optional(v.picklist(CHARSETS), 'utf-8'),
  /** Which branch a location belongs to, by words that its name begins with; else the branch whose name it holds. */
  locations: v.optional(
    v.pipe(v.array(v.strictObject({ startsWith: Text, branch: Text })), v.maxLength(500)),
    [],
  ),
  /** A word that many titles have: what `library:check` searches for. */
  probeWord: v.optional(Text, '中国'),
  /** Left out where readers shall not sign in. */
  signIn: v.exactOptional(
    v.strictObject({
      /** Number, PIN and captcha, as on `/reader/login.php`. */
      captcha: v.optional(v.boolean(), true),
      /** Which number readers give: of the certificate (学号), of the card (条码), or an e-mail address. */
      numberKind: v.optional(v.picklist(['cert_no', 'bar_no', 'email']), 'cert_no'),
      /** Single sign-on: the campus' page whose service is `/reader/hwthau.php`. Left out where there is none. */
      ssoUrl: v.exactOptional(Url),
      /** How long PHP keeps a session that is not used (`session.gc_maxlifetime`, 24 minutes unless changed). */
      sessionMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200)), 20),
      /** Names the variable with the secret that sign-in conversations are sealed with; needed with two gateways. */
      stateKeyEnv: v.exactOptional(EnvName),
    }),
  ),
  timeoutMs: v.optional(Millis(500, 60_000), 8_000),
  maxConnections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 8),
  caFile: v.exactOptional(v.string()),
});
export type HuiwenConfig = v.InferOutput<typeof HuiwenConfig>;
