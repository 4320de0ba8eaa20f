import { fromLoan, fromPastLoan } from '../../cloudfunctions/features/report/job/to-report-loan';

const loan = {
  ...{ loanId: 'l1', itemBarcode: 'b1', title: '题名', dueAt: '2026-06-01', overdue: false },
  renewal: { allowed: true },
};

it('what is out has the class of its call number, as what has come back', () => {
  expect(fromLoan({ ...loan, callNumber: 'TP312/5' })).toMatchObject({ loanId: 'l1', clc: 'TP312/5' });
  expect(fromLoan(loan)).not.toHaveProperty('clc');
  const past = { loanId: 'l2', title: '题名', loanedAt: '2026-05-01', callNumber: 'I247.5/3' };
  expect(fromPastLoan(past)).toMatchObject({ clc: 'I247.5/3' });
  expect(fromPastLoan({ ...past, clc: 'K' })).toMatchObject({ clc: 'K' });
});
