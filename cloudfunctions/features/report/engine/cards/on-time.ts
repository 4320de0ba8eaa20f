import type { MakeCard } from '../material';

export const makeOnTime: MakeCard<'onTime'> = ({ facts }) => {
  let [onTime, late, withoutDue, open] = [0, 0, 0, 0];
  for (const loan of facts.loans) {
    if (loan.ending === 'open') open++;
    if (loan.ending !== 'returned') continue;
    if (loan.onTime === undefined) withoutDue++;
    else if (loan.onTime) onTime++;
    else late++;
  }
  const returned = onTime + late;
  if (returned === 0) return withoutDue > 0 ? 'noDueDates' : 'noReturns';
  return { kind: 'onTime', onTime, returned, how: { withoutDue, open } };
};
