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
  const { openingHours } = parse(Common, json);
  if (typeof json === 'object' && json !== null && ('catalog' in json || 'circulation' in json)) {
    return readComposed(json);
  }
  const { $schema: _schema, openingHours: _hours, ...system } = json as Record<string, unknown>;
  return { ...parse(SystemConfig, system), ...(openingHours && { openingHours }) };
}

function readComposed(json: unknown): LibraryConfig {
  const { $schema: _schema, catalog, circulation, ...site } = parse(ComposedShape, json);
  const { name, branches, timeZone, denialTexts } = site;
  const part = (which: 'catalog' | 'circulation', own: Record<string, unknown>): SystemConfig =>
    parse(SystemConfig, { name, branches, timeZone, denialTexts, ...own }, which);
  return {
    ...site,
    kind: 'composed',
    catalog: part('catalog', catalog),
    circulation: part('circulation', circulation),
  };
}

function parse<S extends v.GenericSchema>(schema: S, json: unknown, within = ''): v.InferOutput<S> {
  const result = v.safeParse(schema, json);
  if (result.success) return result.output;
  const place = within === '' ? '' : ` in "${within}"`;
  throw new ConfigurationError(
    `The configuration is not as it should be${place}:\n${describeIssues(result.issues)}`,
  );
}
