import { cards } from './cards';
import { how } from './how';
import { books, overview, poster, share, shared, story } from './pages';
import { personas } from './personas';

/** The texts of the report, kept in its package. This dictionary sets the keys; en must have them all. */
export const zhCN = { cards, how, personas, overview, story, books, share, poster, shared };

type Widened<T> = { [K in keyof T]: T[K] extends string ? string : Widened<T[K]> };
export type ReportWords = Widened<typeof zhCN>;
