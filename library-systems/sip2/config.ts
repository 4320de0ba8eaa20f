import * as v from 'valibot';
import { ITEM_STATUSES } from '../../contracts/catalog';
import { EnvName, Millis, siteSettings } from '../site-settings';
import { CHARSETS } from './wire/charset';

const Word = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(/^[^|\p{Cc}]*$/u, 'must not hold |'),
);
/** Pasted addresses bring their scheme, port and spaces along, and are then a name that nobody knows. */
const Host = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(200),
  v.regex(
    /^(?![^:]*:\d+$)[^\s/|\p{Cc}]+$/u,
    'must be a name or an address alone, such as sip.library.example.edu: no http://, no port, no spaces',
  ),
);
const Path = v.pipe(v.string(), v.minLength(1), v.maxLength(1_000));
const FieldId = v.pipe(v.string(), v.regex(/^[A-Z][A-Z0-9]$/, 'must be a field of SIP2 such as AJ'));
const Whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const Places = v.pipe(v.array(v.strictObject({ code: Word, name: Word })), v.maxLength(200));

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'iu');
    return true;
  } catch {
    return false;
  }
}

const AnyPattern = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(500),
  v.check(compiles, 'must be a regular expression'),
);

/** A regular expression that tells something by a named group. */
const Pattern = (group: string) =>
  v.pipe(
    AnyPattern,
    v.check((pattern) => pattern.includes(`(?<${group}>`), `must have a group (?<${group}>…)`),
  );

/** How a library's SIP2 server is reached and what it is known to do. */
export const Sip2Config = v.strictObject({
  kind: v.literal('sip2'),
  ...siteSettings,
  host: Host,
  port: Whole(1, 65_535),
  /** Left out: a plain connection, for a VPN or the library's own network. */
  tls: v.exactOptional(
    v.strictObject({
      /** PEM file of the authority that signed the server's certificate; the machine's own authorities if left out. */
      caFile: v.exactOptional(Path),
      /** Name in the server's certificate; `host` if left out. */
      servername: v.exactOptional(Word),
      /** PEM files of our own certificate, where the server asks for one. */
      certFile: v.exactOptional(Path),
      keyFile: v.exactOptional(Path),
    }),
  ),
  charset: v.optional(v.picklist(CHARSETS), 'utf-8'),
  /** Sequence numbers and checksums. Off only for servers that answer without them. */
  errorDetection: v.optional(v.boolean(), true),
  lineEnd: v.optional(v.picklist(['cr', 'crlf']), 'cr'),
  /** Institution id (AO). */
  institution: v.optional(v.pipe(v.string(), v.maxLength(200), v.regex(/^[^|\p{Cc}]*$/u)), ''),
  /** The account of this connection (93). Left out where the server asks for none. */
  login: v.exactOptional(
    v.strictObject({ userEnv: EnvName, passwordEnv: EnvName, location: v.exactOptional(Word) }),
  ),
  /** Terminal password (AC), where the server asks for one. */
  terminalPasswordEnv: v.exactOptional(EnvName),
  /** Language of the server's texts (SIP 2.00, "Language"): 000 its own, 001 English, 019 Chinese. */
  language: v.optional(v.pipe(v.string(), v.regex(/^\d{3}$/, 'must be three digits')), '000'),
  /** Zone of due dates without a mark, where it is not the library's own: some servers send UTC. */
  dueTimeZone: v.exactOptional(siteSettings.timeZone.wrapped),
  timeoutMs: v.optional(Millis(100, 60_000), 8_000),
  connectTimeoutMs: v.optional(Millis(100, 60_000), 4_000),
  /** What the library's licence allows; all gateways together. */
  maxConnections: v.optional(Whole(1, 64), 4),
  maxWaiting: v.optional(Whole(0, 100_000), 2_000),
  waitMs: v.optional(Millis(100, 120_000), 8_000),
  idleMs: v.optional(Millis(1_000, 3_600_000), 45_000),
  /** How many messages about one reader go at the same time. */
  parallel: v.optional(
    v.strictObject({ items: v.optional(Whole(1, 64), 4), renewals: v.optional(Whole(1, 64), 2) }),
    {},
  ),
  /** Which message proves a PIN: patron information (63) or patron status (23). `none`: readers cannot sign in. */
  signIn: v.optional(v.picklist(['63', '23', 'none']), '63'),
  /** Fields of the patron information in which this server tells more than the specification has. */
  patronFields: v.optional(
    v.strictObject({
      /** What a reader is known by from binding on; the server must take it in AA. */
      ref: v.optional(FieldId, 'AA'),
      expiresAt: v.optional(FieldId, 'PA'),
      readerType: v.optional(FieldId, 'PC'),
      department: v.exactOptional(FieldId),
      grade: v.exactOptional(FieldId),
    }),
    {},
  ),
  /** Names of the codes in `patronFields.readerType`. */
  readerTypes: v.optional(Places, []),
  /** Texts (AF) that say nothing, such as a greeting, as regular expressions. */
  ignoredTexts: v.optional(v.pipe(v.array(AnyPattern), v.maxLength(50)), []),
  /** How AU, AT, AS and CD name a copy, where it is not by its barcode alone: groups `barcode`, `title`, `due`. */
  itemPattern: v.exactOptional(Pattern('barcode')),
  /** Field of the item information (18) with the id of the title, as the catalogue knows it. */
  bibIdField: v.exactOptional(FieldId),
  /** What circulation statuses (18) mean here, where it is not what the specification says. */
  itemStatuses: v.optional(v.record(v.pipe(v.string(), v.regex(/^\d\d$/)), v.picklist(ITEM_STATUSES)), {}),
  loans: v.optional(v.boolean(), true),
  /** A copy that others wait for (CF above 0) is never renewed here; if left out, only asking tells. */
  heldIsNotRenewed: v.optional(v.boolean(), false),
  /** Left out: no holds. */
  holds: v.exactOptional(
    v.strictObject({
      /** Pickup places (BS). None: the server decides. */
      pickupPlaces: v.optional(Places, []),
      /** Field in which the title of a hold is named, e.g. AJ; left out: only copies can be held. */
      titleField: v.exactOptional(FieldId),
      /** AS lists what waits for its reader (`ready`), or all holds (`all`). */
      availableList: v.optional(v.picklist(['ready', 'all']), 'ready'),
    }),
  ),
  /** Left out: no fines. */
  fines: v.exactOptional(
    v.strictObject({
      /** How AV tells a fine: groups `amount`, `title`, `date`. */
      pattern: v.exactOptional(Pattern('amount')),
      /** What this server calls the yuan in BH, if not CNY. */
      currency: v.exactOptional(v.pipe(v.string(), v.regex(/^[A-Z]{3}$/))),
      payAt: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(500))),
    }),
  ),
  itemStates: v.optional(v.boolean(), true),
  /** Barcode of a copy with a Chinese title, for a close look at the character set. */
  sampleBarcode: v.exactOptional(Word),
});
export type Sip2Config = v.InferOutput<typeof Sip2Config>;
