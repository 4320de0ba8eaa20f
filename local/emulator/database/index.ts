export { Database } from './database';
export type { CollectionSchema, DatabaseSchema } from './schema';
export { WireError } from './wire-error';
