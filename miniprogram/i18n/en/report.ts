import type { Texts } from '../zh-CN/index';

export const report: Pick<Texts, 'report'> = {
  report: {
    name: 'Reading report',
    rowHint: 'A year of books, told as a story',
    rowNew: 'Ready',
    calendarYear: '{year}',
    academicYear: '{year}–{next}',
    readyTitle: 'Your reading report of {year} is ready',
    readyText: 'A dozen cards, two minutes',
    inviteTitle: 'What did you read in {year}?',
    inviteText: 'Whether a report is written is up to you',
  },
};
