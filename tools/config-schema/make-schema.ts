import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { GatewayFile } from '../../gateway/config';
import { DemoConfig } from '../../gateway/open-library';
import { SystemConfig } from '../../library-systems/setup/kinds';
import { CommonSettings, ComposedShape } from '../../library-systems/setup/read-config';

/** As much of a JSON Schema of objects as is put together here. */
interface ObjectSchema {
  properties: Record<string, unknown>;
  required?: string[];
  [keyword: string]: unknown;
}

/** What JSON Schema cannot say (that a zone exists, that a pattern compiles) is left to the program itself. */
const convert = (schema: GenericSchema): ObjectSchema => {
  const { $schema: _, ...converted } = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
  return converted as ObjectSchema;
};

/** The JSON Schema (draft 7) of a library's configuration, made from the schemas that check it. */
export function makeSchema(): object {
  const common = convert(CommonSettings);
  const systems = SystemConfig.options.map((option) => convert(option));
  const composed = convert(ComposedShape);
  const kindOf = ({ properties }: ObjectSchema): string => (properties['kind'] as { const: string }).const;
  const inherited = ['name', 'branches'];

  const definitions = Object.fromEntries(
    systems.flatMap((schema): [string, object][] => [
      [kindOf(schema), { ...schema, properties: { ...common.properties, ...schema.properties } }],
      [
        `${kindOf(schema)}-part`,
        { ...schema, required: schema.required?.filter((key) => !inherited.includes(key)) },
      ],
    ]),
  );
  const parts = { oneOf: systems.map((schema) => ({ $ref: `#/definitions/${kindOf(schema)}-part` })) };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The configuration of a library for Shutong',
    oneOf: [
      ...systems.map((schema) => ({ $ref: `#/definitions/${kindOf(schema)}` })),
      { $ref: '#/definitions/composed' },
    ],
    definitions: {
      ...definitions,
      composed: {
        ...composed,
        description: 'Books from one system, readers and loans from another',
        properties: { ...composed.properties, catalog: parts, circulation: parts },
      },
    },
  };
}

/** The JSON Schema (draft 7) of a gateway's configuration; its library is described by the schema beside it. */
export function makeGatewaySchema(): object {
  const gateway = convert(GatewayFile);
  const demo = convert(DemoConfig);
  return {
    ...gateway,
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'The configuration of a gateway for Shutong',
    properties: { ...gateway.properties, library: { oneOf: [{ $ref: 'library.schema.json' }, demo] } },
  };
}
