import type { CardKind } from '../../../../contracts/report/cards';
import type { LeftOut, Report, WithheldReason } from '../../../../contracts/report/report';
import { dayText, momentText } from '../../../lib/dates';
import { cardLabel } from '../cards/index';
import { findCard, type Saying } from '../cards/card-view';
import { say } from '../words/index';
import { yearName } from '../year-words';

/** What the last page of a story says about the report itself. */
export interface AboutView {
  end: string;
  lines: string[];
  leftOut: string[];
  withheld: string[];
  hidden: { kind: CardKind; label: string; show: string }[];
}

export const NO_ABOUT: AboutView = { end: '', lines: [], leftOut: [], withheld: [], hidden: [] };

export function aboutView(report: Report, hidden: readonly CardKind[], saying: Saying): AboutView {
  const { words } = saying;
  const { story: t } = words;
  return {
    end: report.tier === 'none' ? t.endNone : say(t.end, { year: yearName(report.window, words) }),
    lines: aboutLines(report, saying),
    leftOut: (Object.entries(report.leftOut) as [LeftOut, number][]).map(([reason, n]) =>
      say(t.aboutLines.leftOutReasons[reason], { n }),
    ),
    withheld: (Object.entries(report.withheld) as [string, WithheldReason][]).map(([kind, reason]) =>
      say(t.withheldLine, { card: cardLabel(kind, saying), reason: t.withheldReasons[reason] }),
    ),
    hidden: hidden
      .filter((kind) => findCard(report.cards, kind) !== undefined)
      .map((kind) => {
        const label = cardLabel(kind, saying);
        return { kind, label, show: say(t.showLabel, { card: label }) };
      }),
  };
}

function aboutLines(report: Report, { words, language }: Saying): string[] {
  const { aboutLines: t } = words.story;
  const { sourceCount, earlier, later, leftOut, unclear, since } = report;
  const dropped = (Object.values(leftOut) as number[]).reduce((sum, n) => sum + n, 0);
  const counted = sourceCount - earlier - later - dropped;
  const when = (n: number, text: string): string[] => (n > 0 ? [say(text, { n })] : []);
  return [
    say(t.asOf, { time: momentText(report.asOf, language) }),
    say(t.source[report.source], { n: sourceCount }),
    say(t.counted, { n: counted }),
    ...when(earlier, t.earlier),
    ...when(later, t.later),
    ...(since === undefined ? [] : [say(t.since, { day: dayText(since, language, '') })]),
    ...when(unclear.returns, t.unclearReturns),
    ...when(unclear.dueDates, t.unclearDueDates),
    say(t.version, { n: report.version, rules: report.rules }),
  ];
}
