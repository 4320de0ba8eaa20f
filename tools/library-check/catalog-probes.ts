import type { SearchInput } from '../../contracts/catalog';
import { failed, skipped, works } from './probe';
import type { Input, Probes, Setting, Verdict } from './probe';

const NEEDS_BIB = 'no title was found to try it with; give --isbn or --word';

export const query = (text: string, field: SearchInput['field']): Input<'catalog.search'> => ({
  ...{ field, text, sort: 'relevance', page: 1, pageSize: 20, filters: {} },
});

const withBib = (learnt: Setting['learnt']) =>
  learnt.bibId === undefined ? skipped(NEEDS_BIB) : { input: { bibId: learnt.bibId } };

const page = { page: 1, pageSize: 10 };
const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Text that was decoded in the wrong character set: replacement characters, or UTF-8 read as Latin-1. */
const MOJIBAKE = /\ufffd|[ÃÂåäæçèé][\u0080-\u00bf]/u;

export const catalogProbes: Pick<Probes, Extract<keyof Probes, `catalog.${string}`>> = {
  'catalog.search': {
    input: ({ args }) => ({
      input: args.isbn === undefined ? query(args.word, 'any') : query(args.isbn, 'isbn'),
    }),
    judge: ({ items, total }, { args, learnt }) => {
      const [first] = items;
      const sought = args.isbn ?? args.word;
      if (!first)
        return failed(
          `nothing found for ${sought}: give a word that titles have by --word, else check indexes, database and character set`,
        );
      learnt.bibId = first.bibId;
      if (items.some(({ title }) => title.trim() === ''))
        return failed('titles are empty: check how records are read (with sru marc.format)');
      const garbled = items.find(({ title }) => MOJIBAKE.test(title));
      if (garbled) return failed(`titles are garbled (“${garbled.title}”): check the character set`);
      return works(`${counted(total, 'title')} for ${sought}; the first: “${first.title}”`);
    },
  },
  'catalog.suggest': {
    input: ({ args }) => ({ input: { text: args.word } }),
    judge: (suggestions) => works(counted(suggestions.length, 'suggestion')),
  },
  'catalog.bib': {
    input: ({ learnt }) => withBib(learnt),
    judge: (bib) =>
      bib ? works(`“${bib.title}”`) : failed('a title that was just found is not known by its id'),
  },
  'catalog.holdings': {
    input: ({ learnt }) => withBib(learnt),
    judge: (holdings, { learnt, system: { branches } }) => {
      if (!holdings) return failed('a title that was just found has no record of copies');
      const { items } = holdings;
      const barcode = items.find((item) => item.barcode !== '')?.barcode;
      if (barcode !== undefined) learnt.barcode ??= barcode;
      if (items.length === 0)
        return works('0 copies; check where copies stand in the records if the title has some');
      const untold = items.filter(({ status }) => status === 'unknown').length;
      const codes = new Set(items.map(({ branch }) => branch.code).filter((code) => code !== ''));
      for (const { code } of branches) codes.delete(code);
      const remark =
        (untold > 0 ? `; of ${untold} it is not known whether they are in` : '') +
        (codes.size > 0 ? `; set "branches": it does not name ${[...codes].join(', ')}` : '');
      return works(`${items.length === 1 ? '1 copy' : `${items.length} copies`}${remark}`);
    },
  },
  'catalog.related': {
    input: ({ learnt }) => withBib(learnt),
    judge: (related) => (related ? works() : failed('a title that was just found is not known by its id')),
  },
  'catalog.itemByBarcode': {
    input: ({ args, learnt }) => {
      const barcode = args.barcode ?? learnt.barcode;
      return barcode === undefined
        ? skipped('no copy was found to try it with; give --barcode')
        : { input: { barcode } };
    },
    judge: (found, { args }): Verdict => {
      if (found) return works(`${found.item.branch.name}, ${found.item.status}`);
      const whose = args.barcode === undefined ? 'of a copy that was just read' : 'that was given';
      return failed(`the barcode ${whose} is not found: check the barcode index`);
    },
  },
  'catalog.newBooks': {
    input: () => ({ input: page }),
    judge: ({ total }) => works(counted(total, 'title')),
  },
  'catalog.mostBorrowed': {
    input: () => ({ input: page }),
    judge: ({ total }) => works(counted(total, 'title')),
  },
};
