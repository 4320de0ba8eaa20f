import type { MessagesWords } from '../zh-CN/index';
import { ask, duration, ticket, tickets, write } from './ask';
import { inbox } from './inbox';
import { settings } from './settings';

export const en: MessagesWords = { inbox, settings, ask, write, tickets, ticket, duration };
