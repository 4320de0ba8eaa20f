export { Database, type DatabaseOptions } from './database';
export type { CollectionSchema, DatabaseSchema, IndexSchema } from './schema';
export { WireError } from './wire-error';
