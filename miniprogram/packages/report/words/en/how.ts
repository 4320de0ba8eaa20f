import type { ReportWords } from '../zh-CN/index';

export const how: ReportWords['how'] = {
  title: 'How this was computed',
  withoutAuthor: '{n} {n|loan names|loans name} no author and {n|was|were} left out of the authors.',
  asOf: 'As of {time}.',
  totals:
    'Counted are the {loans} {loans|loan|loans} that began between {from} and {to}. A renewal is no new loan, and a title counts once however often it was borrowed.',
  firstBook:
    'Of the {loans} {loans|loan|loans} of this year it is the earliest; among loans of one moment, the one with the first number.',
  firstBookEarlier: '{n} {n|loan|loans} of yours before this year {n|is|are} known.',
  firstBookNoEver:
    'The records do not reach back far enough, or nobody knows whether they do, so your first loan here is not named.',
  peakMonth:
    '{all} {all|loan|loans} in {months} {months|month|months}, {mean} a month on average. A month stands out when it has more than 2 above that; of equal ones the earliest is taken.',
  peakTime:
    'Of {loans} {loans|loan|loans}, {timed} {timed|has|have} a time of day. Only these are looked at; with fewer than 10 there is no such card.',
  longestCompanion:
    '{n} {n|loan|loans} whose beginning and end are known {n|was|were} compared, in whole days. One that is still out counts to the day of the snapshot.',
  unknownEnd: 'Of {n} more nobody knows when {n|it|they} came back; {n|it was|they were} not compared.',
  quickest: 'Of the {n} {n|loan|loans} that came back it took the fewest days; of equal ones the earliest.',
  topClass:
    '{known} {known|loan has|loans have} a number of the Chinese Library Classification; they are counted by its 22 main classes, equal ones by letter.',
  topClassUnknown: '{n} {n|loan|loans} without a number {n|was|were} left out.',
  diversity:
    'Diversity is {value}: 1 less the sum of the squared shares. 0 is one class only; the nearer to 1, the more mixed.',
  newClasses: '“New to you” is by comparison with your {n} earlier {n|loan|loans}.',
  newClassesFrom:
    '“New to you” is by comparison with your {n} earlier {n|loan|loans}; the records begin on {day}.',
  noNewClasses: 'Nothing before this year is known, so nothing is called new to you.',
  topAuthor:
    '{authors} {authors|author|authors}, compared by titles, then by loans; it takes at least two titles.',
  cameBackTo:
    'Among {titles} {titles|title|titles} and {loans} {loans|loan|loans}: what was borrowed at two times or more. Renewals do not count.',
  popularity:
    'How many readers borrowed each of your {titles} {titles|title|titles}, out of {libraryLoans} loans by {readers} {readers|reader|readers} of the whole library. Others enter as a count only, which is then thrown away; below {few} no number is given.',
  onTime:
    'Only the {n} {n|return|returns} with a known due date {n|counts|count}; on the due day is on time.',
  withoutDue: 'Of {n} the due date is not known.',
  open: '{n} {n|is|are} still out.',
  libraryDays:
    '{gateDays} {gateDays|day|days} with an entry at the gate, {eventDays} with a loan or a return, each day once. Weeks begin on Monday.',
  libraryDaysNoGate:
    '{eventDays} {eventDays|day|days} with a loan or a return. The library does not tell of entries at the gate, so days without a book are not known. Weeks begin on Monday.',
  percentile:
    '{readers} readers of the kind “{type}” borrowed this year: {fewer} less often than your {loans}, {same} as often (you among them). Those as often count half, rounded down to one decimal. Below {least} readers, or below the middle, there is no such card.',
  keywords:
    '{titles} {titles|title has|titles have} subject headings in the catalogue; counted is in how many titles each word stands.',
  keywordsHeld:
    '{n} of them {n|is|are} about health, religion, law or politics; none of their words is used. You can switch that on at the start page of the report.',
  keywordsOpen:
    'You switched health, religion, law and politics on, so their words are among these ({n} {n|title|titles}).',
  nextThree:
    'Chosen by fixed rules from {n} {n|title|titles} that were on the shelf at {time} and that, as far as is known, you never borrowed: one by an author of yours, one of your largest class, one of a class new to you, each the most borrowed as far as that is counted; what is missing is made up for by the most borrowed of all, then by others on the shelf. The same data always give the same books.',
  nextThreeNone:
    'Chosen from {n} {n|title|titles} on the shelf at {time}: first those known to be much borrowed, each of another class. The same data always give the same books.',
  libraryYear:
    'All loans of {readers} {readers|reader|readers}: counts only, no names. Titles with fewer than {few} readers are not listed.',
  persona: {
    'night-owl':
      'Of {whole} loans with a time, {part} fell between 9 in the evening and 5 in the morning; {percent}% make {name}.',
    'early-bird':
      'Of {whole} loans with a time, {part} fell between 5 and 9 in the morning; {percent}% make {name}.',
    devotee: 'Of your {whole} titles, {part} are by one author; {percent}% make {name}.',
    returner: 'Of your {whole} titles, {part} were borrowed more than once; {percent}% make {name}.',
    steady: 'In {whole} days at the library your longest run was {part} weeks; {asked} make {name}.',
    specialist: 'Of {whole} loans with a class, {part} are of one class; {percent}% make {name}.',
    explorer: '{whole} loans with a class lie in {part} classes, evenly; {asked} classes make {name}.',
    collector: 'You borrowed {part} times this year; {asked} make {name}.',
    companion: 'Of {whole} returned loans the one in the middle took {part} days; {asked} make {name}.',
    sprinter:
      'Of {whole} returned loans the one in the middle took {part} {part|day|days}; up to {asked} make {name}.',
    'trend-reader':
      'Of your {whole} titles, {part} had 20 readers or more this year; {percent}% make {name}.',
    'treasure-hunter':
      'Of your {whole} titles, {part} had few readers in the whole library; {percent}% make {name}.',
    'all-rounder': 'You borrowed {part} times, and no single rule fits you best: that is {name}.',
    newcomer: 'You borrowed {part} {part|time|times} this year; 1 to {asked} make {name}.',
    guest: 'There is no loan this year: that is {name}.',
  },
  personaEnd: 'The rules are tried in a fixed order; the first that is met gives the name.',
};
