import * as v from 'valibot';
import { ConfigurationError } from '../configuration-error';
import { siteSettings } from '../site-settings';
import { describeIssues } from './describe-issues';
import { SystemConfig } from './kinds';
import { OpeningHours } from './opening-hours';

/** What stands beside the settings of any kind. */
const common = {
  /** Ignored; lets an editor find the published JSON Schema. */
  $schema: v.optional(v.string()),
  openingHours: v.optional(OpeningHours),
};
const Common = v.object(common);
const Settings = v.custom<Record<string, unknown>>(
  (json) => typeof json === 'object' && json !== null && !Array.isArray(json),
  'must be settings in braces, { … }',
);
/** For looking at the parts of a library whose own description is wrong. */
const STAND_IN = { name: '-', branches: [{ code: '-', name: '-' }], timeZone: undefined, denialTexts: [] };
/** For tools that describe configurations. */
export const CommonSettings = v.strictObject(common);

/** Books from one system, readers and loans from another; the site is described once for both. */
export const ComposedShape = v.strictObject({
  ...common,
  ...siteSettings,
  match: v.picklist(['barcode', 'bibId'], 'must be "barcode" or "bibId"'),
  catalog: v.record(v.string(), v.unknown()),
  circulation: v.record(v.string(), v.unknown()),
});

export type ComposedConfig = Omit<
  v.InferOutput<typeof ComposedShape>,
  '$schema' | 'catalog' | 'circulation'
> & {
  kind: 'composed';
  catalog: SystemConfig;
  circulation: SystemConfig;
};
export type LibraryConfig = (SystemConfig | ComposedConfig) & { openingHours?: OpeningHours | undefined };

/**
 * Reads a library's configuration, as it was parsed from JSON.
 * @throws {ConfigurationError} with a line for everything that is wrong
 */
export function readLibraryConfig(json: unknown): LibraryConfig {
  const problems: string[] = [];
  const parse = <S extends v.GenericSchema>(schema: S, part: unknown, within = '') => {
    const result = v.safeParse(schema, part);
    if (result.success) return result.output;
    problems.push(...describeIssues(result.issues, within));
    return undefined;
  };
  const whole = parse(Settings, json);
  const { openingHours } = (whole && parse(Common, whole)) ?? {};
  const composed = whole && ('catalog' in whole || 'circulation' in whole);
  const config = whole && (composed ? readComposed(whole, parse) : readSystem(whole, parse));
  if (config) problems.push(...misfits(config, openingHours));
  if (problems.length > 0 || !config) {
    const lines = problems.map((line) => `  ${line}`).join('\n');
    throw new ConfigurationError(`The configuration is not as it should be:\n${lines}`);
  }
  return { ...config, ...(openingHours && { openingHours }) };
}

/** Gives `undefined` when something is wrong, which it has written down. */
type Parse = <S extends v.GenericSchema>(
  schema: S,
  part: unknown,
  within?: string,
) => v.InferOutput<S> | undefined;

function readSystem(whole: Record<string, unknown>, parse: Parse): SystemConfig | undefined {
  const { $schema: _schema, openingHours: _hours, ...system } = whole;
  return parse(SystemConfig, system);
}

function readComposed(whole: Record<string, unknown>, parse: Parse): ComposedConfig | undefined {
  // What is wrong with the hours was said already.
  const site = parse(ComposedShape, { ...whole, openingHours: undefined });
  const { name, branches, timeZone, denialTexts } = site ?? STAND_IN;
  const part = (which: 'catalog' | 'circulation'): SystemConfig | undefined => {
    const own = v.safeParse(Settings, whole[which]);
    if (!own.success) return undefined;
    return parse(SystemConfig, { name, branches, timeZone, denialTexts, ...own.output }, which);
  };
  const [catalog, circulation] = [part('catalog'), part('circulation')];
  if (!site || !catalog || !circulation) return undefined;
  const { $schema: _schema, openingHours: _hours, ...rest } = site;
  return { ...rest, kind: 'composed', catalog, circulation };
}

/** What is right by itself and does not go together. */
function misfits(config: SystemConfig | ComposedConfig, hours: OpeningHours = {}): string[] {
  const swapped = 'did "catalog" and "circulation" change places?';
  const known = new Set(config.branches.map(({ code }) => code));
  const lines = Object.keys(hours)
    .filter((code) => !known.has(code))
    .map((code) => `openingHours.${code}: no branch has this code`);
  if (config.kind !== 'composed') return lines;
  if (config.catalog.kind === 'sip2') lines.push(`catalog.kind: sip2 knows no books; ${swapped}`);
  if (config.circulation.kind === 'sru') lines.push(`circulation.kind: sru knows no readers; ${swapped}`);
  return lines;
}
