import { ask, duration, ticket, tickets, write } from './ask';
import { inbox } from './inbox';
import { settings } from './settings';

/** The texts of the messages, kept in their package. This dictionary sets the keys; en must have them all. */
export const zhCN = { inbox, settings, ask, write, tickets, ticket, duration };

type Widened<T> = { [K in keyof T]: T[K] extends string ? string : Widened<T[K]> };
export type MessagesWords = Widened<typeof zhCN>;
