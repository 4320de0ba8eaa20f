import * as v from 'valibot';
import { ITEM_STATUSES } from '../../contracts/catalog';
import { FIELD_REF, MARC_FORMATS } from '../marc';
import { Millis, siteSettings } from '../site-settings';
import { CQL_INDEX } from './write-cql';
import { PQF_ATTRIBUTES } from './write-pqf';

const Place = v.pipe(v.string(), v.regex(FIELD_REF, 'must be a place in a record, such as 905$d/$e'));
const Places = v.pipe(v.array(Place), v.minLength(1), v.maxLength(20));
const Code = v.pipe(v.string(), v.regex(/^[0-9A-Za-z]$/, 'must be the code of a subfield, one character'));
const Codes = v.pipe(v.array(Code), v.minLength(1), v.maxLength(10));
const Tag = v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{3}$/, 'must be the tag of a field, three characters'));
const Line = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

/** Where copies stand; the fields are explained at `ItemFieldMap`. */
const ItemsSetting = v.strictObject({
  tag: Tag,
  barcode: Code,
  itemId: v.optional(Code),
  branch: v.optional(Codes),
  branchOfAll: v.optional(Place),
  location: v.optional(Codes),
  callNumber: v.optional(
    v.pipe(v.string(), v.regex(/^(?:\$[0-9A-Za-z][^$]{0,3})+$/, 'must be subfields, such as $d/$e')),
  ),
  shelf: v.optional(Code),
  state: v.optional(
    v.strictObject({
      due: v.optional(Code),
      rules: v.optional(
        v.array(
          v.strictObject({
            code: Code,
            values: v.optional(v.array(v.string())),
            status: v.picklist(ITEM_STATUSES),
          }),
        ),
      ),
      otherwise: v.picklist(ITEM_STATUSES),
    }),
  ),
});

const indexesOf = (Index: v.GenericSchema<string>) =>
  v.strictObject({
    /** All that a reader may search for at once; the rest is offered only where it is set. */
    any: Index,
    title: v.optional(Index),
    author: v.optional(Index),
    subject: v.optional(Index),
    isbn: v.optional(Index),
    callNumber: v.optional(Index),
    /** Control numbers, as `marc.bibId` reads them from a record. */
    id: Index,
    barcode: v.optional(Index),
    branch: v.optional(Index),
    /** ISO 639-2/B, as MARC writes them. */
    language: v.optional(Index),
    /** Years as numbers. */
    year: v.optional(Index),
  });

const CqlIndex = v.pipe(
  v.string(),
  v.regex(CQL_INDEX, 'must be the name of a CQL index, such as dc.title or dc.date/numeric'),
);
const PqfIndex = v.pipe(
  v.string(),
  v.regex(PQF_ATTRIBUTES, 'must be Bib-1 attributes, such as 1=4 or "1=31 4=109"'),
);

const CqlQueries = v.strictObject({
  language: v.literal('cql'),
  indexes: v.optional(indexesOf(CqlIndex), {
    any: 'cql.serverChoice',
    title: 'dc.title',
    author: 'dc.author',
    subject: 'dc.subject',
    isbn: 'bath.isbn',
    id: 'rec.id',
  }),
  /** Sort keys that put new titles first. `sortKeys` is of SRU 1.1, `sortBy` of 1.2; many servers know neither. */
  sort: v.optional(
    v.strictObject({
      by: v.picklist(['sortKeys', 'sortBy']),
      /** By year of publication. */
      newest: v.optional(Line),
      /** By the day of acquisition, for the list of new books. */
      acquired: v.optional(Line),
    }),
    { by: 'sortKeys' },
  ),
});

const PqfQueries = v.strictObject({
  /** `x-pquery`, which YAZ and Zebra understand beside CQL. */
  language: v.literal('pqf'),
  indexes: v.optional(indexesOf(PqfIndex), {
    any: '1=1016',
    title: '1=4',
    author: '1=1003',
    subject: '1=21',
    isbn: '1=7',
    id: '1=12',
  }),
  /** Attributes that sort by descending values. */
  sort: v.optional(v.strictObject({ newest: v.optional(PqfIndex), acquired: v.optional(PqfIndex) }), {}),
});

export const SruConfig = v.strictObject({
  kind: v.literal('sru'),
  ...siteSettings,
  /** Rooms and collections by their codes; a code that is not here is shown as it is. */
  locations: v.optional(v.array(v.strictObject({ code: Line, name: Line })), []),
  /** Address with the database, such as `https://opac.example.edu:9998/biblios`. */
  url: v.pipe(v.string(), v.url('must be a URL such as https://opac.example.edu:9998/biblios')),
  version: v.optional(v.picklist(['1.1', '1.2']), '1.1'),
  /** Name of MARCXML at this server; `diagnose` tells which it offers. */
  recordSchema: v.optional(Line, 'marcxml'),
  /** For servers that declare one character set and send another. */
  charset: v.optional(v.picklist(['utf-8', 'gb18030', 'big5'])),
  queries: v.optional(v.variant('language', [CqlQueries, PqfQueries]), { language: 'cql' }),
  /**
   * Also search for the simplified writing of traditional characters and for the traditional of simplified ones, where
   * the server does not fold them itself.
   */
  bothScripts: v.optional(v.boolean(), false),
  marc: v.optional(
    v.strictObject({
      format: v.picklist(MARC_FORMATS),
      bibId: v.optional(Places),
      callNumber: v.optional(Places),
      clc: v.optional(Places),
    }),
    { format: 'marc21' },
  ),
  /**
   * `koha` is 952 with states unknown; `koha-live` believes what 952 says of loans, for servers whose index follows
   * circulation at once.
   */
  items: v.optional(v.union([v.picklist(['koha', 'koha-live']), ItemsSetting]), 'koha'),
  timeoutMs: v.optional(Millis(100, 60_000), 8_000),
  maxConnections: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), 8),
  caFile: v.optional(v.string()),
});
export type SruConfig = v.InferOutput<typeof SruConfig>;
