import type { LibrarySystem } from '../../../library-systems/library-system';

type Moment =
  'loans.list' | 'loans.renew' | 'holds.list' | 'holds.place' | 'holds.cancel' | 'patrons.openBorrowing';

/**
 * Stands between the gateway and the library: counts what is asked, and lets a
 * test do something before the library does its part, or after it has and before it answers.
 */
export function intercept() {
  const asked: Record<Moment, number> = {
    'loans.list': 0,
    'loans.renew': 0,
    'holds.list': 0,
    'holds.place': 0,
    'holds.cancel': 0,
    'patrons.openBorrowing': 0,
  };
  const before = new Map<Moment, () => Promise<void> | void>();
  const once = new Map<Moment, () => Promise<void> | void>();
  const around =
    <A extends unknown[], R>(moment: Moment, operation: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      asked[moment]++;
      const first = before.get(moment);
      before.delete(moment);
      await first?.();
      const result = await operation(...args);
      const act = once.get(moment);
      once.delete(moment);
      await act?.();
      return result;
    };
  return {
    asked,
    /** Acts when the library has done this the next time. */
    after: (moment: Moment, act: () => Promise<void> | void): void => void once.set(moment, act),
    /** Acts when the library is asked the next time, before it does anything; what it throws is the library's failure. */
    before: (moment: Moment, act: () => Promise<void> | void): void => void before.set(moment, act),
    wrap: (library: LibrarySystem): LibrarySystem => ({
      ...library,
      patrons: {
        ...library.patrons!,
        openBorrowing: around('patrons.openBorrowing', library.patrons!.openBorrowing!),
      },
      loans: {
        ...library.loans!,
        list: around('loans.list', library.loans!.list),
        renew: around('loans.renew', library.loans!.renew),
      },
      holds: {
        ...library.holds!,
        list: around('holds.list', library.holds!.list),
        place: around('holds.place', library.holds!.place),
        cancel: around('holds.cancel', library.holds!.cancel),
      },
    }),
  };
}
