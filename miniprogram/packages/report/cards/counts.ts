import { grouping, say, type ReportWords } from '../words/index';
import { findCard, view, type AnyCardOf, type MakeView, type Saying } from './card-view';
import type { Chart } from '../charts/chart';
import { yearDay } from '../year-words';

type Months = AnyCardOf<'totals'>['months'];

export const totalsView: MakeView<'totals'> = (card, saying) => {
  const { cards: t } = saying.words;
  const { loans, titles, authors, months } = card;
  return view('totals', {
    colour: 'i',
    label: t.totals.label,
    figure: grouping(loans),
    unit: unitOf(t.totals.unit, loans, saying),
    lines: [say(authors > 0 ? t.totals.text : t.totals.noAuthors, { titles, authors })],
    ...monthsChart(months, t.totals.chart, saying),
  });
};

export const peakMonthView: MakeView<'peakMonth'> = (card, saying) => {
  const { cards: t } = saying.words;
  const totals = findCard(saying.cards, 'totals');
  return view('peakMonth', {
    colour: 's',
    label: t.peakMonth.label,
    figure: say(t.peakMonth.figure, { month: monthName(card.month, t) }),
    figureIsWords: true,
    lines: [say(t.peakMonth.text, { loans: card.loans })],
    ...(totals === undefined ? {} : monthsChart(totals.months, t.totals.chart, saying)),
  });
};

export const libraryYearView: MakeView<'libraryYear'> = (card, saying) => {
  const { cards: t } = saying.words;
  const { loans, titles, months } = card;
  const readers = 'how' in card ? card.how.readers : 0;
  return view('libraryYear', {
    colour: 'p',
    label: t.libraryYear.label,
    figure: grouping(loans),
    unit: unitOf(t.libraryYear.unit, loans, saying),
    lines: [
      readers > 0 ? say(t.libraryYear.text, { readers, titles }) : say(t.libraryYear.textShared, { titles }),
    ],
    ...monthsChart(months, t.libraryYear.chart, saying),
  });
};

export const onTimeView: MakeView<'onTime'> = (card, { words }) => {
  const { onTime: t } = words.cards;
  const { onTime, returned } = card;
  return view('onTime', {
    colour: 'g',
    label: t.label,
    figure: say(t.figure, { onTime, returned }),
    lines: [say(onTime === returned ? t.all : t.text, { onTime, returned })],
    chart: { kind: 'squares', of: returned, filled: onTime },
    chartWords: say(t.chart, { onTime, returned }),
  });
};

export const libraryDaysView: MakeView<'libraryDays'> = (card, saying) => {
  const { window, language, words } = saying;
  const { libraryDays: t } = words.cards;
  const { days, streakWeeks: weeks } = card;
  // others are told of no day
  const lines = (): string[] => {
    if (!('streakFrom' in card)) return weeks > 1 ? [say(t.chart, { weeks })] : [];
    const from = yearDay(card.streakFrom, window, language);
    const to = yearDay(card.streakTo, window, language);
    return [say(weeks > 1 ? t.streak : t.oneWeek, { weeks, from, to })];
  };
  return view('libraryDays', {
    colour: 'u',
    label: t.label,
    figure: grouping(days),
    unit: unitOf(t.unit, days, saying),
    lines: lines(),
    ...(weeks > 1 ? { chart: { kind: 'streak', weeks } as Chart, chartWords: say(t.chart, { weeks }) } : {}),
  });
};

export const percentileView: MakeView<'percentile'> = (card, { words }) => {
  const { percentile: t } = words.cards;
  const { percent } = card;
  const line =
    'readerType' in card ? say(t.text, { percent, type: card.readerType }) : say(t.sharedText, { percent });
  return view('percentile', {
    colour: 'c',
    label: t.label,
    figure: `${percent}%`,
    lines: [line],
    chart: { kind: 'dots', filled: Math.floor(percent) },
    chartWords: say(t.chart, { n: Math.floor(percent) }),
  });
};

export const peakTimeView: MakeView<'peakTime'> = (card, { words }) => {
  const { cards: t } = words;
  const { hour, hourLoans, weekday, weekdayLoans, hours, weekdays } = card;
  const days = Object.values(t.weekdays);
  const entries = (values: number[], name: (at: number) => string): string =>
    values.flatMap((loans, at) => (loans > 0 ? [name(at)] : [])).join(t.listComma);
  return view('peakTime', {
    layout: 'drawing',
    colour: 'v',
    label: t.peakTime.label,
    figure: say(t.peakTime.figure, { from: hour, to: hour + 1 }),
    figureIsWords: true,
    lines: [say(t.peakTime.text, { hourLoans, weekdayLoans, weekday: days[weekday - 1] ?? '' })],
    chart: { kind: 'clock', hours, weekdays, labels: Object.values(t.weekdaysShort) },
    chartWords: say(t.peakTime.chart, {
      hours: entries(hours, (at) => say(t.peakTime.hour, { hour: at, loans: hours[at] ?? 0 })),
      weekdays: entries(weekdays, (at) =>
        say(t.peakTime.weekday, { day: days[at] ?? '', loans: weekdays[at] ?? 0 }),
      ),
    }),
  });
};

/** "loans" of one is "loan"; Chinese does not tell them apart. */
function unitOf(unit: string, n: number, { language }: Saying): string {
  return language === 'en' && n === 1 ? unit.replace(/s$/, '') : unit;
}

function monthsChart(
  months: Months,
  text: string,
  { words: { cards: t } }: Saying,
): { chart: Chart; chartWords: string } {
  const short = Object.values(t.monthsShort);
  const list = months
    .filter(({ loans }) => loans > 0)
    .map(({ month, loans }) => say(t.totals.month, { month: monthName(month, t), loans }));
  return {
    chart: {
      kind: 'months',
      values: months.map(({ loans }) => loans),
      labels: months.map(({ month }) => short[placeOf(month)] ?? ''),
    },
    chartWords: say(text, { list: list.join(t.listComma) }),
  };
}

function monthName(month: string, t: ReportWords['cards']): string {
  return Object.values(t.months)[placeOf(month)] ?? month;
}

/** @param month `YYYY-MM` */
const placeOf = (month: string): number => Number(month.slice(5, 7)) - 1;
