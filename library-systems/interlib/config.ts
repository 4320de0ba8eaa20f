import * as v from 'valibot';
import { Millis, siteSettings } from '../site-settings';
import { CHARSETS } from '../web-session/decode-page';

/** Settings of an Interlib OPAC; README.md says where to find each. */
export const InterlibConfig = v.strictObject({
  kind: v.literal('interlib'),
  ...siteSettings,
  /** Address of the OPAC with its path, e.g. `http://opac.lib.example.edu.cn:8080/opac`. */
  baseUrl: v.pipe(v.string(), v.url(), v.maxLength(500)),
  /** What the pages are written in; JSON is always UTF-8. */
  charset: v.optional(v.picklist(CHARSETS), 'utf-8'),
  /** Limits a shared catalogue to one library, sent as `curlibcode`. */
  curlibcode: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w,-]{1,200}$/))),
  /** A word that many titles have: what `library:check` searches for. */
  probeWord: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(64)), '中国'),
  /** Left out where readers shall not sign in. */
  signIn: v.exactOptional(
    v.strictObject({
      /** Where number and PIN go; older sites have `/reader/doLogin` only. */
      path: v.optional(v.picklist(['/m/reader/doLogin', '/reader/doLogin']), '/m/reader/doLogin'),
      /** How long the server keeps a session that is not used (Tomcat: 30 minutes unless changed). */
      sessionMinutes: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200)), 25),
    }),
  ),
  timeoutMs: v.optional(Millis(500, 60_000), 8_000),
  maxConnections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 8),
  caFile: v.exactOptional(v.string()),
});
export type InterlibConfig = v.InferOutput<typeof InterlibConfig>;
