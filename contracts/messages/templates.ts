import * as v from 'valibot';
import { MESSAGE_KINDS, MessageKind } from './kinds';

/** As WeChat's console shows it. */
export const TemplateId = v.pipe(
  v.string(),
  v.regex(/^[\w-]{20,64}$/, 'the id of a template, as the console shows it'),
);

/** Types of template fields that WeChat offers, with what a value may be; source: subscribeMessage.send. */
export const FIELD_TYPES = ['thing', 'number', 'character_string', 'time', 'date', 'phrase', 'name'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/**
 * What can stand in a field.
 * - title: the book, or the first of several with their number; `about` of what was written
 * - count: how many
 * - date: due, last day of pickup, or of the message itself
 * - place: where to fetch it
 * - state: in few words what has happened: 即将到期
 * - advice: what to do now
 * - library: its name
 */
export const TEMPLATE_VALUES = ['title', 'count', 'date', 'place', 'state', 'advice', 'library'] as const;
export type TemplateValue = (typeof TEMPLATE_VALUES)[number];

/** Which values can be written in which type of field without saying something else than they are. */
export const WRITABLE: Readonly<Record<FieldType, readonly TemplateValue[]>> = {
  thing: ['title', 'count', 'date', 'place', 'state', 'advice', 'library'],
  number: ['count'],
  character_string: ['count', 'date'],
  time: ['date'],
  date: ['date'],
  phrase: ['state'],
  name: ['place', 'library'],
};

const FIELD = /^(thing|number|character_string|time|date|phrase|name)\d{1,2}$/;
const typeOf = (field: string): FieldType | undefined => FIELD.exec(field)?.[1] as FieldType | undefined;
export const fieldTypeOf = typeOf;

/** A template of WeChat's: for which kinds it is used, and what stands in its fields: `{"thing1":"title","time2":"date"}`. */
export const MessageTemplate = v.pipe(
  v.strictObject({
    id: TemplateId,
    kinds: v.pipe(v.array(MessageKind), v.minLength(1), v.maxLength(MESSAGE_KINDS.length)),
    fields: v.pipe(
      v.record(
        v.pipe(v.string(), v.regex(FIELD, 'the name of a field, such as thing1 or time2')),
        v.picklist(TEMPLATE_VALUES),
      ),
      v.check(
        (fields) => Object.keys(fields).length >= 1 && Object.keys(fields).length <= 5,
        'one to five fields',
      ),
    ),
  }),
  v.check(
    ({ fields }) =>
      Object.entries(fields).every(([field, value]) => {
        const type = typeOf(field);
        return type !== undefined && WRITABLE[type].includes(value);
      }),
    'a value that does not fit its field: a date goes into time, date, thing or character_string, a number into number …',
  ),
);
export type MessageTemplate = v.InferOutput<typeof MessageTemplate>;

/** How a library has its messages; without templates all of them stay in the inbox. */
export const MessageSettings = v.pipe(
  v.strictObject({
    templates: v.optional(v.pipe(v.array(MessageTemplate), v.maxLength(25)), []),
    /** Which version of the mini program a message opens. */
    opens: v.optional(v.picklist(['formal', 'trial', 'developer']), 'formal'),
    /**
     * Original ids (`gh_…`) of the accounts whose pushes are answered. An official account knows its followers by other
     * openids than the mini program, so it answers personally only through a UNIONID.
     */
    accounts: v.optional(
      v.strictObject({
        miniProgram: v.optional(v.pipe(v.string(), v.regex(/^gh_\w{1,40}$/))),
        official: v.optional(v.pipe(v.string(), v.regex(/^gh_\w{1,40}$/))),
      }),
      {},
    ),
    /** The mini program offers the customer-service chat: only where WeChat's pushes reach the function `messages`. */
    chat: v.optional(v.boolean(), false),
    /** Also hand who asks for a librarian to WeChat's own customer-service desk, where one is staffed. */
    wechatDesk: v.optional(v.boolean(), false),
  }),
  v.check(({ templates }) => {
    const kinds = templates.flatMap((template) => template.kinds);
    return new Set(kinds).size === kinds.length;
  }, 'a kind has one template'),
  v.check(
    ({ templates }) => new Set(templates.map(({ id }) => id)).size === templates.length,
    'a template is named once',
  ),
);
export type MessageSettings = v.InferOutput<typeof MessageSettings>;
