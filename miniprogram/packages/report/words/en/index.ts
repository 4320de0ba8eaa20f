import type { ReportWords } from '../zh-CN/index';
import { cards } from './cards';
import { how } from './how';
import { books, overview, poster, share, shared, story } from './pages';
import { personas } from './personas';

export const en: ReportWords = { cards, how, personas, overview, story, books, share, poster, shared };
