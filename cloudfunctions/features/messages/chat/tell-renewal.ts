import type { RenewOutcome, RenewOutput } from '../../../../contracts/loans';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { AppError } from '../../../runtime/app-error';
import { fit, titled } from './compose';
import { isStranger, linkTo, type Spoken } from './conversation';
import { orFault, sayDenial } from './say-fault';
import { sayDay } from './say-day';
import { sayStranger } from './tell-loans';

/** Renews all that can be renewed, once for this push, and says of each loan what came of it. */
export function tellRenewal(spoken: Spoken): Promise<string> | string {
  const { words, context, services, pushId } = spoken;
  if (isStranger(spoken)) return sayStranger(spoken, 'shelf');
  return orFault(
    spoken,
    async () => {
      const { outcomes, denied } = await services.renewAll(context, { requestId: pushId });
      if (denied) return words.denied + sayDenial(spoken, denied);
      if (outcomes.length === 0) return words.nothingToRenew;
      return describe(spoken, outcomes, await titlesOf(spoken));
    },
    words.awayNothingDone,
  );
}

/** The outcomes name loans only by their ids; without a list they are told without titles. */
async function titlesOf({ services, context }: Spoken): Promise<Map<string, string>> {
  try {
    const answer = await services.listLoans(context);
    return new Map('denied' in answer ? [] : answer.loans.map(({ loanId, title }) => [loanId, title]));
  } catch (error) {
    if (error instanceof LibraryFault || error instanceof AppError) return new Map();
    throw error;
  }
}

function describe(spoken: Spoken, outcomes: RenewOutput['outcomes'], titles: Map<string, string>): string {
  const { words, language, context } = spoken;
  const name = ({ loanId }: RenewOutcome): string => {
    const title = titles.get(loanId);
    return title === undefined ? words.untitled : titled(title);
  };
  const renewed = outcomes.flatMap((one) =>
    one.status === 'renewed'
      ? `${name(one)} ${words.newDue(sayDay(one.dueAt, language, context.now()))}`
      : [],
  );
  const refused = outcomes.flatMap((one) =>
    one.status === 'refused' ? `${name(one)} ${sayDenial(spoken, one)}` : [],
  );
  const unknown = outcomes.filter(({ status }) => status === 'unknown');
  return fit(
    [
      // the counts stand first: they are said even where the titles would be too many
      ...(unknown.length > 0
        ? [words.unknown(unknown.length), ...together(unknown.map(name), words.untitled)]
        : []),
      ...(renewed.length > 0 ? [words.renewed(renewed.length), ...together(renewed)] : []),
      ...(refused.length > 0 ? [words.refused(refused.length), ...together(refused)] : []),
    ],
    [linkTo(spoken, 'shelf')],
    words,
  );
}

/** Without titles many lines are the same: each is said once, with how often. @param saysNothing a line to leave out */
function together(lines: readonly string[], saysNothing?: string): string[] {
  const counts = new Map<string, number>();
  for (const line of lines) if (line !== saysNothing) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => (count === 1 ? line : `${line} ×${count}`));
}
