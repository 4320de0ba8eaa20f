import { beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, until } from './support/open-page';

let phone: Phone;
const asOf = '2026-11-21T14:32:00Z';

beforeEach(() => {
  phone = fakePhone();
});

describe('fines', () => {
  it('says how much, what for, whether it grows, and where to pay; it takes no money', async () => {
    phone.answers = {
      'fines.list': ok({
        asOf,
        totalCents: 4500,
        blockAtCents: 2000,
        payAt: '主馆一楼借还台',
        fines: [
          { fineId: 'f1', amountCents: 4005, reason: 'lost' as const, title: '围城', running: false },
          { fineId: 'f2', amountCents: 495, reason: 'overdue' as const, running: true },
        ],
      }),
    };
    const page = openPage('packages/card/fines/fines');
    await until(() => page.text().includes('¥45.00'));
    for (const words of ['¥40.05', '¥4.95', '遗失', zh.fines.running, '主馆一楼借还台', zh.fines.noPayment])
      expect(page.text()).toContain(words);
    expect(page.text()).toContain(fill(zh.fines.blocked, { amount: '¥20.00' }));
  });

  it('is not empty because it could not be read', async () => {
    phone.answers = { 'fines.list': fault('LIBRARY_UNREACHABLE') };
    const page = openPage('packages/card/fines/fines');
    await until(() => page.text().includes(zh.faults.LIBRARY_UNREACHABLE.title));
    expect(page.text()).not.toContain(zh.fines.empty);
  });
});
