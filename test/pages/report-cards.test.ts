import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Card, PERSONAS, type CardKind } from '../../contracts/report/cards';
import { FEW_BORROWERS, LEAST_READERS } from '../../contracts/report/fields';
import type { Report } from '../../contracts/report/report';
import { shareReport } from '../../cloudfunctions/features/report/engine/show-to-others';
import { CLC_LETTERS } from '../../miniprogram/lib/clc';
import { cardView } from '../../miniprogram/packages/report/cards';
import type { CardView, Saying } from '../../miniprogram/packages/report/cards/card-view';
import { howWords } from '../../miniprogram/packages/report/cards/how-words';
import { personaColour } from '../../miniprogram/packages/report/cards/taste';
import { FEW_BORROWERS as FEW } from '../../miniprogram/packages/report/cards/books';
import { drawChart } from '../../miniprogram/packages/report/charts/draw-chart';
import { MOTIFS } from '../../miniprogram/packages/report/charts/motifs';
import { clothOf, COLOUR_KEYS, coloursOf, type ClassColour } from '../../miniprogram/packages/report/palette';
import { reportWords, say } from '../../miniprogram/packages/report/words';
import type { Brush } from '../../miniprogram/services/picture';
import { manyLoans, reportOf } from '../features/report-engine/support/setting';
import { contrast } from './support/contrast';
import { emptyReport, fewReport, fullReport, library, richLoans } from './support/report';

const KINDS: CardKind[] = Card.options.map(({ entries }) => entries.kind.literal);
const LANGUAGES = ['zh-CN', 'en'] as const;
const saying = (report: Report, language: Saying['language'] = 'zh-CN'): Saying => ({
  words: reportWords(language),
  language,
  window: report.window,
  cards: report.cards,
});
const full = fullReport();
const reports = { full, few: fewReport(), none: emptyReport() };

function viewOf(kind: CardKind, language: Saying['language'] = 'zh-CN', report = full): CardView {
  const card = report.cards.find((one) => one.kind === kind);
  if (card === undefined) throw new Error(`no ${kind}: ${report.withheld[kind]}`);
  return cardView(card, saying(report, language))!;
}
/** All that a reader sees or hears of a card. */
const heard = ({ label, figure, unit, tag, lines, books, words, chartWords }: CardView): string =>
  [
    label,
    figure,
    unit,
    tag,
    ...lines,
    ...books.map((book) => book.label),
    ...words.map((w) => w.label),
    chartWords,
  ].join(' ');
/** No place of a text was left unfilled, and nothing undefined is said. */
const isWhole = (text: string): boolean => !/[{}]|undefined|NaN|null/.test(text);

describe('the cards', () => {
  it('have a view and an explanation each, in both languages, for every kind there is', () => {
    const told = new Set<string>();
    for (const report of Object.values(reports))
      for (const language of LANGUAGES)
        for (const card of report.cards) {
          told.add(card.kind);
          const all = [
            heard(cardView(card, saying(report, language))!),
            ...howWords(card, report, saying(report, language)),
          ];
          for (const text of all) expect([card.kind, text, isWhole(text)]).toEqual([card.kind, text, true]);
          if (language === 'en')
            for (const text of howWords(card, report, saying(report, language)))
              expect(text.replace(/本科生/g, '')).not.toMatch(/[\u4e00-\u9fff]/);
        }
    expect([...told].sort()).toEqual([...KINDS].sort());
  });

  it('say the same numbers in both languages, and those of the report', () => {
    const card = full.cards.find(({ kind }) => kind === 'totals');
    if (card?.kind !== 'totals') throw new Error('no totals');
    for (const language of LANGUAGES) {
      const text = heard(viewOf('totals', language));
      for (const n of [card.loans, card.titles, card.authors]) expect(text).toContain(String(n));
    }
    expect(viewOf('totals')).toMatchObject({ figure: '24', unit: '次借阅', lines: ['9 种书，7 位作者。'] });
    expect(viewOf('totals', 'en').lines).toEqual(['9 titles by 7 authors.']);
    expect(viewOf('peakMonth')).toMatchObject({ figure: '10 月' });
    expect(viewOf('peakMonth', 'en')).toMatchObject({ figure: 'October' });
    expect(viewOf('topAuthor')).toMatchObject({ figure: '刘慈欣' });
  });

  it('speak of one thing as of one in English', () => {
    const one = reportOf(manyLoans(1));
    const view = viewOf('totals', 'en', one);
    expect([view.figure, view.unit, ...view.lines]).toEqual(['1', 'loan', '1 title by 1 author.']);
    const rare = reportOf(manyLoans(6), {
      library: { ...library, borrowersOf: (key) => (key === 'b0' ? 2 : 9) },
    });
    expect(viewOf('popularity', 'en', rare).lines.join()).toContain('1 of your titles had fewer');
  });

  it('count the days since the first loan up to the snapshot, whenever they are read', () => {
    const earlier = { loanId: 'e', bibId: 'e', loanedAt: '2025-12-31' };
    const report = reportOf([...manyLoans(3), earlier], { asOf: '2026-12-28T09:00:00+08:00' });
    expect(viewOf('firstBook', 'zh-CN', report).lines[1]).toMatch(/到 2026 年 12 月 28 日有 362 天/);
    expect(viewOf('firstBook', 'en', report).lines[1]).toMatch(/362 days before 28 Dec 2026/);
  });

  it('say that a book is still out, and to which day it counts', () => {
    const open = reportOf(manyLoans(3, () => ({ returnedAt: undefined })));
    const view = viewOf('longestCompanion', 'zh-CN', open);
    expect(view.tag).toBe('还没有还');
    expect(view.lines[0]).toContain('2027 年 1 月 3 日');
  });

  it('print no number of borrowers below five', () => {
    const words = reportWords('zh-CN').cards.popularity;
    const niche = viewOf('popularity').books[1]!;
    expect(niche.note).toBe(say(words.nicheFew, { n: FEW }));
    expect([FEW, 50]).toEqual([FEW_BORROWERS, LEAST_READERS]);
  });

  it('link titles whose number is known, and only these', () => {
    expect(viewOf('firstBook').books[0]?.bibId).toMatch(/^b\d$/);
    const nameless = reportOf(manyLoans(2, () => ({ bibId: undefined })));
    expect(viewOf('firstBook', 'zh-CN', nameless).books[0]?.bibId).toBe('');
  });

  it('of others tell what their owner sees, without a day, the type, or what they were computed from', () => {
    const shared = shareReport(full, KINDS);
    const dated = ['firstBook', 'longestCompanion', 'quickest', 'libraryDays', 'percentile'];
    for (const card of shared.cards) {
      const view = cardView(card, { ...saying(full), cards: shared.cards })!;
      expect(isWhole(heard(view))).toBe(true);
      const own = viewOf(card.kind);
      if (!dated.includes(card.kind)) expect(view).toEqual(own);
      else {
        expect({ ...view, lines: own.lines }).toEqual(own);
        expect(view.lines).not.toEqual(own.lines);
        expect(view.lines.join()).not.toMatch(/undefined|\d 月|本科生/);
      }
    }
    const library = shareReport(reports.none, ['libraryYear']);
    const view = cardView(library.cards[0]!, saying(reports.none))!;
    expect(heard(view)).not.toContain('812');
  });

  it('that are newer than this app are left out', () => {
    expect(cardView({ kind: 'ofTomorrow' } as never, saying(full))).toBeUndefined();
  });

  it.each([
    ['{n} {n|book|books}', 1, '1 book'],
    ['{n} {n|book|books}', 2, '2 books'],
    ['{n}', 12_345, '12,345'],
    ['{n} 年', 2026, '2026 年'],
  ])('%s with %d', (text, n, said) => {
    expect(say(text, { n })).toBe(said);
  });
});

describe('“how this was computed”', () => {
  const how = (kind: CardKind, report = full): string =>
    howWords(
      report.cards.find((card) => card.kind === kind)!,
      report,
      saying(report),
    ).join('');

  it('tells the numbers that the report gives', () => {
    expect(how('percentile')).toContain('640 位');
    expect(how('percentile')).toContain('600 位比你的 24 次少，30 位和你一样多');
    expect(how('popularity')).toContain('全馆 812 位读者的 4860 次借阅');
    expect(how('peakMonth')).toContain('12 个月一共借了 24 次，平均每月 2 次');
    expect(how('longestCompanion')).toContain('24 次');
    expect(how('nextThree')).toMatch(/没有借过的 \d+ 种书/);
    expect(how('libraryYear', reports.none)).toContain('812');
  });

  it('says why nothing is called the first ever, and when there are no entries at the gate', () => {
    const since = reportOf(richLoans(), { since: '2026-02-01' });
    expect(how('firstBook', since)).toContain('记录不够早');
    expect(how('libraryDays', since)).toContain('没有提供进馆记录');
  });

  it('names the rule of each persona with its numbers', () => {
    const { persona } = reportWords('zh-CN').how;
    expect(Object.keys(persona).sort()).toEqual([...PERSONAS].sort());
    const card = full.cards.find(({ kind }) => kind === 'persona');
    if (card?.kind !== 'persona') throw new Error('no persona');
    expect(how('persona')).toContain(String(card.how.part));
  });
});

describe('the colours of the story', () => {
  const sheet = readFileSync(path.resolve(__dirname, '../../miniprogram/styles/clc.wxss'), 'utf8');

  it.each([...CLC_LETTERS.map((letter) => letter.toLowerCase()), 'none'])(
    'has by day the cloth of class %s as the sheets have it',
    (letter) => {
      const { ground, ink } = clothOf(letter as ClassColour);
      expect(sheet).toContain(`--clc-${letter}: ${ground};`);
      expect(sheet).toContain(`--clc-${letter}-ink: ${ink};`);
    },
  );

  it.each(COLOUR_KEYS.flatMap((key) => (['light', 'dark'] as const).map((theme) => [key, theme] as const)))(
    '%s, %s: what is written on it is at least 4.5',
    (key, theme) => {
      const { ground, ink } = coloursOf(key, theme);
      expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
    },
  );
});

describe('the drawings', () => {
  /** Notes what is drawn; jsdom has no canvas. */
  function recorder(): { brush: Brush; calls: [string, unknown[]][] } {
    const calls: [string, unknown[]][] = [];
    const brush = new Proxy<Record<string, unknown>>(
      {},
      {
        get: (target, name: string) =>
          name in target ? target[name] : (...args: unknown[]) => void calls.push([name, args]),
      },
    );
    return { brush: brush as unknown as Brush, calls };
  }
  const SHEET = { width: 300, height: 200, ink: '#000000', scale: 1 };

  it('stay on the sheet, with numbers only, for every card of every report', () => {
    const drawn = new Set<string>();
    for (const report of Object.values(reports))
      for (const card of report.cards) {
        const { chart } = cardView(card, saying(report))!;
        if (chart === null) continue;
        const { brush, calls } = recorder();
        drawChart(brush, SHEET, chart);
        expect(calls.length).toBeGreaterThan(2);
        for (const [name, args] of calls)
          for (const value of args)
            if (typeof value === 'number')
              expect([chart.kind, name, Number.isFinite(value)]).toEqual([chart.kind, name, true]);
        drawn.add(chart.kind);
      }
    expect([...drawn].sort()).toEqual(
      ['clock', 'dots', 'motif', 'months', 'rings', 'spines', 'squares', 'streak', 'volumes'].sort(),
    );
  });

  it('fill as many dots and squares as there are', () => {
    const { brush, calls } = recorder();
    drawChart(brush, SHEET, { kind: 'dots', filled: 87 });
    expect(calls.filter(([name]) => name === 'fill')).toHaveLength(87);
    expect(calls.filter(([name]) => name === 'stroke')).toHaveLength(13);
    const other = recorder();
    drawChart(other.brush, SHEET, { kind: 'squares', of: 12, filled: 9 });
    expect(other.calls.filter(([name]) => name === 'fillRect')).toHaveLength(9);
    expect(other.calls.filter(([name]) => name === 'strokeRect')).toHaveLength(3);
  });

  it.each([...PERSONAS])('%s has an emblem of its own on its field, and a colour of its own', (persona) => {
    const others = PERSONAS.filter((one) => one !== persona);
    expect(others.map(personaColour)).not.toContain(personaColour(persona));
    expect(others.map((one) => JSON.stringify(MOTIFS[one]))).not.toContain(JSON.stringify(MOTIFS[persona]));
    const { strokes, fills } = MOTIFS[persona];
    for (const stroke of [...strokes, ...fills]) {
      expect(stroke).toMatch(/^([MLCQZO]( -?\d+(\.\d+)?)*( |$))+$/);
      for (const number of stroke.match(/-?\d+(\.\d+)?/g) ?? []) {
        expect(Number(number)).toBeGreaterThanOrEqual(0);
        expect(Number(number)).toBeLessThanOrEqual(100);
      }
    }
  });
});

describe('the words of the report', () => {
  const leaves = (value: object, at = ''): [string, string][] =>
    Object.entries(value).flatMap(([key, inner]): [string, string][] =>
      typeof inner === 'string' ? [[`${at}${key}`, inner]] : leaves(inner as object, `${at}${key}.`),
    );
  const places = (text: string): string[] =>
    [...new Set([...text.matchAll(/\{(\w+)[|}]/g)].map(([, name]) => name!))].sort();
  const zh = new Map(leaves(reportWords('zh-CN')));
  const en = new Map(leaves(reportWords('en')));

  it('are the same in both languages, none empty', () => {
    expect([...en.keys()].sort()).toEqual([...zh.keys()].sort());
    for (const [key, text] of [...zh, ...en]) expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it('name no value in English that Chinese has not', () => {
    for (const [key, text] of en) {
      const known = new Set(places(zh.get(key)!));
      expect([key, places(text).filter((name) => !known.has(name))]).toEqual([key, []]);
    }
  });

  it('are written in their own script', () => {
    for (const [key, text] of en) expect([key, /[\u4e00-\u9fff]/.test(text)]).toEqual([key, false]);
  });
});
