import { splitPath } from './paths';

export interface IndexSchema {
  name: string;
  fields: { field: string; direction: 1 | -1 }[];
  unique: boolean;
}

export interface CollectionSchema {
  indexes: IndexSchema[];
}

/** The file cloudfunctions/schema.json: what the cloud is provisioned with, too. */
export interface DatabaseSchema {
  collections: Record<string, CollectionSchema>;
}

const COLLECTION_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

export const isCollectionName = (name: unknown): name is string =>
  typeof name === 'string' && COLLECTION_NAME.test(name);

/** @throws Error that says what in the schema to mend */
export function checkSchema(schema: DatabaseSchema): void {
  for (const [collection, { indexes }] of Object.entries(schema.collections)) {
    if (!COLLECTION_NAME.test(collection))
      throw new Error(`schema: '${collection}' is no name for a collection`);
    const names = new Set<string>();
    for (const { name, fields } of indexes) {
      const where = `schema: index '${name}' of ${collection}`;
      if (names.has(name)) throw new Error(`${where} is declared twice`);
      if (fields.length === 0) throw new Error(`${where} has no fields`);
      for (const { field } of fields) splitPath(field);
      names.add(name);
    }
  }
}
