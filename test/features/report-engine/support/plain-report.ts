import type { ReportLoan } from '../../../../contracts/report/loan';

/**
 * The cards of the spec computed once more, by plain loops over texts and `Date`, sharing no code with the
 * product: what the two agree on is not one slip made once. It reads the generated loans only, whose times
 * all carry an offset, and knows nothing of bad input.
 */
export interface PlainLibrary {
  /** Readers of each type by how many loans they have: one entry a reader. */
  loanCounts: Map<string, number[]>;
  borrowers: Map<string, number>;
  readers: number;
  loans: number;
}

interface PlainLoan {
  id: string;
  at: number;
  date: string;
  hour: number;
  returned: number | undefined;
  bib: string;
  author: string | undefined;
  letter: string | undefined;
  row: ReportLoan;
}

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const wall = (at: number): string => shanghai.format(at);
const dateOf = (at: number): string => wall(at).slice(0, 10);
const LETTERS = 'ABCDEFGHIJKNOPQRSTUVXZ';

function read(row: ReportLoan, snapshot: number): PlainLoan {
  const at = Date.parse(row.loanedAt!);
  const returned = row.returnedAt === undefined ? undefined : Date.parse(row.returnedAt);
  const letter = row.clc?.[0];
  return {
    ...{ id: row.loanId, at, row, bib: row.bibId! },
    date: dateOf(at),
    hour: Number(wall(at).slice(11, 13)),
    returned: returned !== undefined && returned <= snapshot ? returned : undefined,
    author: row.author?.replace(/著$/, ''),
    letter: letter !== undefined && LETTERS.includes(letter) ? letter : undefined,
  };
}

const count = <T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = key(item);
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};
const bookOf = ({ row, author, letter }: PlainLoan) =>
  JSON.parse(JSON.stringify({ bibId: row.bibId, title: row.title, author, clc: letter })) as object;
const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export function plainLibrary(
  readers: readonly { readerType: string; loans: readonly ReportLoan[] }[],
  from: string,
  to: string,
): PlainLibrary {
  const library: PlainLibrary = { loanCounts: new Map(), borrowers: new Map(), readers: 0, loans: 0 };
  for (const { readerType, loans } of readers) {
    const mine = loans.filter(({ loanedAt }) => {
      const date = dateOf(Date.parse(loanedAt!));
      return date >= from && date <= to;
    });
    if (mine.length === 0) continue;
    library.readers++;
    library.loans += mine.length;
    library.loanCounts.set(readerType, [...(library.loanCounts.get(readerType) ?? []), mine.length]);
    for (const bib of new Set(mine.map(({ bibId }) => bibId!)))
      library.borrowers.set(bib, (library.borrowers.get(bib) ?? 0) + 1);
  }
  return library;
}

export interface PlainInput {
  loans: readonly ReportLoan[];
  gate: readonly string[] | undefined;
  readerType: string;
  from: string;
  to: string;
  snapshotAt: string;
  library: PlainLibrary;
  keywords: Record<string, readonly string[]>;
}

/** Card kind → its numbers; kinds that the definition hides are not there. */
export function plainCards(input: PlainInput): Record<string, unknown> {
  const { from, to, library } = input;
  const snapshot = Date.parse(input.snapshotAt);
  const all = input.loans.map((row) => read(row, snapshot)).filter(({ at }) => at <= snapshot);
  const loans = all
    .filter(({ date }) => date >= from && date <= to)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const earlier = all.filter(({ date }) => date < from);
  const cards: Record<string, unknown> = {};
  if (loans.length === 0) return cards;
  const full = loans.length >= 5;

  const months: { month: string; loans: number }[] = [];
  for (let i = 0; i < 12; i++) {
    const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7)) - 1 + i];
    const name = `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
    months.push({ month: name, loans: loans.filter(({ date }) => date.startsWith(name)).length });
  }
  const bibs = count(loans, ({ bib }) => bib);
  const authors = count(loans, ({ author }) => author);
  cards['totals'] = { loans: loans.length, titles: bibs.size, authors: authors.size, months };

  const ever = all.map(({ date }) => date).sort()[0]!;
  cards['firstBook'] = {
    book: bookOf(loans[0]!),
    on: loans[0]!.date,
    // without an earlier loan nobody knows whether the records reach back
    ...(earlier.length > 0 && { firstEver: { on: ever, days: daysBetween(ever, dateOf(snapshot)) } }),
  };

  let peak = months[0]!;
  for (const month of months) if (month.loans > peak.loans) peak = month;
  if (full && peak.loans - loans.length / 12 > 2) cards['peakMonth'] = peak;

  if (full && loans.length >= 10) {
    const hours = Array.from({ length: 24 }, (_, hour) => loans.filter((loan) => loan.hour === hour).length);
    const weekdays = Array.from(
      { length: 7 },
      (_, i) => loans.filter(({ date }) => new Date(date).getUTCDay() === (i + 1) % 7).length,
    );
    const [hourLoans, weekdayLoans] = [Math.max(...hours), Math.max(...weekdays)];
    cards['peakTime'] = {
      ...{ hour: hours.indexOf(hourLoans), hourLoans },
      ...{ weekday: weekdays.indexOf(weekdayLoans) + 1, weekdayLoans, hours, weekdays },
    };
  }

  const kept = (loan: PlainLoan): number => Math.floor(((loan.returned ?? snapshot) - loan.at) / 86_400_000);
  const longest = [...loans].sort((a, b) => kept(b) - kept(a) || a.at - b.at || (a.id < b.id ? -1 : 1))[0]!;
  cards['longestCompanion'] = {
    book: bookOf(longest),
    days: kept(longest),
    from: longest.date,
    to: dateOf(longest.returned ?? snapshot),
    open: longest.returned === undefined,
  };
  const returned = loans.filter((loan) => loan.returned !== undefined);
  const quickest = [...returned].sort(
    (a, b) => kept(a) - kept(b) || a.at - b.at || (a.id < b.id ? -1 : 1),
  )[0];
  if (full && quickest && kept(quickest) < kept(longest))
    cards['quickest'] = {
      book: bookOf(quickest),
      days: kept(quickest),
      from: quickest.date,
      to: dateOf(quickest.returned!),
    };

  const known = loans.filter(({ letter }) => letter !== undefined).length;
  const classes = [...LETTERS]
    .map((clc) => ({ clc, loans: loans.filter(({ letter }) => letter === clc).length }))
    .filter((one) => one.loans > 0)
    .sort((a, b) => b.loans - a.loans);
  if (known > 0) {
    let squares = 0;
    for (const one of classes) squares += (one.loans / known) ** 2;
    cards['topClass'] = {
      ...classes[0],
      classes,
      unknown: loans.length - known,
      diversity: expect.closeTo(1 - squares, 4) as number,
      ...(earlier.length > 0 && {
        newClasses: classes
          .map(({ clc }) => clc)
          .filter((clc) => !earlier.some(({ letter }) => letter === clc)),
      }),
    };
  }

  const titlesOf = (name: string) =>
    new Set(loans.filter((l) => l.author === name).map(({ bib }) => bib)).size;
  const author = [...authors.keys()].sort(
    (a, b) => titlesOf(b) - titlesOf(a) || authors.get(b)! - authors.get(a)! || (a < b ? -1 : 1),
  )[0];
  if (full && author !== undefined && titlesOf(author) >= 2)
    cards['topAuthor'] = { author, titles: titlesOf(author), loans: authors.get(author) };

  const firstOf = (bib: string): PlainLoan => loans.find((loan) => loan.bib === bib)!;
  const again = [...bibs].filter(([, times]) => times >= 2);
  if (again.length > 0) {
    let best = again[0]!;
    for (const one of again) if (one[1] > best[1]) best = one;
    cards['cameBackTo'] = { book: bookOf(firstOf(best[0])), loans: best[1], others: again.length - 1 };
  }

  const borrowers = [...bibs.keys()].map((bib) => ({ bib, people: library.borrowers.get(bib)! }));
  const many = borrowers.filter(({ people }) => people >= 5);
  const few = borrowers.filter(({ people }) => people < 5);
  const most = many.find(({ people }) => people === Math.max(...many.map((one) => one.people)));
  const least = few[0] ?? many.find(({ people }) => people === Math.min(...many.map((one) => one.people)))!;
  cards['popularity'] = {
    ...(most && { popular: { book: bookOf(firstOf(most.bib)), borrowers: most.people } }),
    ...((few.length > 0 || least.people < most!.people) && {
      niche: { book: bookOf(firstOf(least.bib)), borrowers: few.length > 0 ? 'few' : least.people },
    }),
    fewTitles: few.length,
  };

  if (full && returned.length > 0)
    cards['onTime'] = {
      onTime: returned.filter((loan) => dateOf(loan.returned!) <= loan.row.dueAt!).length,
      returned: returned.length,
    };

  if (full) {
    const days = new Set([
      ...loans.map(({ date }) => date),
      ...(input.gate ?? []).filter((d) => d >= from && d <= to),
    ]);
    for (const loan of all) {
      const date = loan.returned === undefined ? '' : dateOf(loan.returned);
      if (date >= from && date <= to) days.add(date);
    }
    const monday = (date: string): string =>
      new Date(Date.parse(date) - ((new Date(date).getUTCDay() + 6) % 7) * 86_400_000)
        .toISOString()
        .slice(0, 10);
    const weeks = new Set([...days].map(monday));
    const after = (date: string, more: number) =>
      new Date(Date.parse(date) + more * 86_400_000).toISOString().slice(0, 10);
    let best = { weeks: 0, from: '' };
    for (const week of [...weeks].sort()) {
      let length = 0;
      while (weeks.has(after(week, 7 * length))) length++;
      if (length > best.weeks) best = { weeks: length, from: week };
    }
    cards['libraryDays'] = {
      days: days.size,
      ...{ streakWeeks: best.weeks, streakFrom: best.from, streakTo: after(best.from, 7 * best.weeks - 1) },
    };

    const peers = library.loanCounts.get(input.readerType)!;
    const rank =
      peers.filter((n) => n < loans.length).length + peers.filter((n) => n === loans.length).length / 2;
    if (peers.length >= 50 && rank / peers.length >= 0.5)
      cards['percentile'] = {
        percent: Math.floor((rank / peers.length) * 1_000 + 1e-9) / 10,
        readerType: input.readerType,
      };

    const words = new Map<string, number>();
    for (const bib of bibs.keys()) {
      const { subjects, clc } = firstOf(bib).row;
      if (subjects === undefined || /^(A|D|R|B9)/.test(clc ?? '')) continue;
      for (const word of input.keywords[subjects[0]!]!) words.set(word, (words.get(word) ?? 0) + 1);
    }
    if (words.size >= 3)
      cards['keywords'] = {
        words: [...words]
          .map(([word, titles]) => ({ word, titles }))
          .sort((a, b) => b.titles - a.titles || (a.word < b.word ? -1 : 1))
          .slice(0, 12),
      };
  }
  return cards;
}
