import * as v from 'valibot';
import { FaqEntry, FaqSynonyms } from '../../../../contracts/faq';
import alumniAndVisitors from '../../../../content/faq/alumni-and-visitors.json';
import borrowing from '../../../../content/faq/borrowing.json';
import cardAndBinding from '../../../../content/faq/card-and-binding.json';
import conduct from '../../../../content/faq/conduct.json';
import eResources from '../../../../content/faq/e-resources.json';
import everydayWords from '../../../../content/faq/everyday-words.json';
import findingBooks from '../../../../content/faq/finding-books.json';
import help from '../../../../content/faq/help.json';
import holds from '../../../../content/faq/holds.json';
import hours from '../../../../content/faq/hours.json';
import overdueAndFines from '../../../../content/faq/overdue-and-fines.json';
import printingAndDevices from '../../../../content/faq/printing-and-devices.json';
import renewing from '../../../../content/faq/renewing.json';
import searching from '../../../../content/faq/searching.json';
import seatsAndRooms from '../../../../content/faq/seats-and-rooms.json';
import shutongApp from '../../../../content/faq/shutong-app.json';
import synonyms from '../../../../content/faq/synonyms.json';
import thesisAndServices from '../../../../content/faq/thesis-and-services.json';

export interface FaqContent {
  entries: FaqEntry[];
  /** The library's own words that mean the same. */
  synonyms: FaqSynonyms;
  /** How people talk in a chat; the first word of a group names its meaning. */
  everyday: FaqSynonyms;
}

const FILES: unknown[][] = [
  alumniAndVisitors,
  borrowing,
  cardAndBinding,
  conduct,
  eResources,
  findingBooks,
  help,
  holds,
  hours,
  overdueAndFines,
  printingAndDevices,
  renewing,
  searching,
  seatsAndRooms,
  shutongApp,
  thesisAndServices,
];

/** The questions and answers that come with Shutong. @throws ValiError if one is not sound */
export const readFaqContent = (): FaqContent => ({
  entries: v.parse(v.array(FaqEntry), FILES.flat()),
  synonyms: v.parse(FaqSynonyms, synonyms),
  everyday: v.parse(FaqSynonyms, everydayWords),
});
