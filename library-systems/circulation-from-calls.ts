import type * as v from 'valibot';
import type { Holds, Loans } from './circulation';
import type { LibrarySystem } from './library-system';
import type { Description, OperationName, operations } from './operations';
import { orUnknown } from './or-unknown';

type Input<N extends OperationName> = v.InferOutput<(typeof operations)[N]['input']>;
export type Output<N extends OperationName> = v.InferOutput<(typeof operations)[N]['output']>;
/** Asks whoever stands behind for an operation. @throws LibraryFault */
export type Call = <N extends OperationName>(operation: N, input: Input<N>) => Promise<Output<N>>;

type Circulation = Pick<LibrarySystem, 'afterBinding' | 'signIn' | 'patrons' | 'loans' | 'holds' | 'fines'>;

/**
 * The circulation of a library system, made of calls by name. A renewal or a step
 * of a hold whose answer was lost is `unknown`; it is never sent twice.
 */
export function circulationFromCalls(
  { operations: names, afterBinding, signInMethods }: Description,
  call: Call,
): Circulation {
  const can = (operation: OperationName): boolean => names.includes(operation);
  const signsIn = can('signIn.start') && can('signIn.complete');
  return {
    ...(afterBinding !== undefined && { afterBinding }),
    ...(signsIn &&
      signInMethods !== undefined && {
        signIn: {
          methods: signInMethods,
          start: (method) => call('signIn.start', { method }),
          complete: (proof) => call('signIn.complete', proof),
        },
      }),
    ...(can('patrons.patron') && {
      patrons: {
        patron: async (access) => (await call('patrons.patron', { access })) ?? undefined,
        ...(can('patrons.openBorrowing') && {
          openBorrowing: (access, key) => call('patrons.openBorrowing', { access, key }),
        }),
      },
    }),
    ...(can('loans.list') && can('loans.renew') && { loans: loansFromCalls(call, can('loans.history')) }),
    ...(can('holds.list') && can('holds.place') && { holds: holdsFromCalls(call) }),
    ...(can('fines.list') && { fines: { list: (access) => call('fines.list', { access }) } }),
  };
}

function loansFromCalls(call: Call, hasHistory: boolean): Loans {
  return {
    list: (access) => call('loans.list', { access }),
    renew: async (access, loanIds) => {
      const outcomes = await orUnknown(call('loans.renew', { access, loanIds: [...loanIds] }), []);
      // A loan that the answer leaves out, or names in another place, was lost on the way just as well.
      return loanIds.map((loanId, i) => {
        const outcome = outcomes[i];
        return outcome?.loanId === loanId ? outcome : { loanId, status: 'unknown' };
      });
    },
    ...(hasHistory && { history: (access, page) => call('loans.history', { access, page }) }),
  };
}

function holdsFromCalls(call: Call): Holds {
  return {
    list: (access) => call('holds.list', { access }),
    place: (access, target, choice) =>
      orUnknown(call('holds.place', { access, target, choice }), { status: 'unknown' }),
    cancel: (access, holdId, choice) =>
      orUnknown(call('holds.cancel', { access, holdId, choice }), { status: 'unknown' }),
    pickupPlaces: (access, target) => call('holds.pickupPlaces', { access, target }),
  };
}
