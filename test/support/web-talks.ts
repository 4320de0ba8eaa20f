import * as v from 'valibot';
import { SearchInput } from '../../contracts/catalog';
import type { SignInAnswers, SignInMethod } from '../../contracts/cards';
import type { LibrarySystem } from '../../library-systems/library-system';

/**
 * One reader's errands: a search, a title and its copies, signing in, the card, the loans, renewing two.
 * @param answer what the reader answers when asked to sign in
 */
export async function runErrands(system: LibrarySystem, method: SignInMethod, answer: () => SignInAnswers) {
  const found = await system.catalog!.search(v.parse(SearchInput, { text: '历史', pageSize: 3 }));
  const { bibId } = found.items[0]!;
  const bib = await system.catalog!.bib(bibId);
  const holdings = await system.catalog!.holdings(bibId);
  const start = await system.signIn!.start(method);
  const state = 'state' in start ? { state: start.state } : {};
  const proved = await system.signIn!.complete({ method, answers: answer(), ...state });
  if ('denied' in proved) throw new Error(proved.denied.libraryText ?? proved.denied.code);
  const access = { ref: proved.patron.ref, session: proved.session!.token };
  const patron = await system.patrons!.patron(access);
  const loans = await system.loans!.list(access);
  if ('denied' in loans) throw new Error(loans.denied.code);
  const ids = [loans.loans[0]!, loans.loans.at(-1)!].map(({ loanId }) => loanId);
  const outcomes = await system.loans!.renew(access, ids);
  return { found, bib, holdings, patron, loans: loans.loans, outcomes };
}
