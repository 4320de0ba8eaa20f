import { beforeEach, describe, expect, it } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { dayText } from '../../miniprogram/lib/dates';
import { fakePhone, ok, zh, type Phone } from './support/fake-wx';
import { dayFromNow, hold } from './support/loans';
import { openPage, until } from './support/open-page';

let phone: Phone;
const asOf = '2026-11-21T14:32:00Z';

beforeEach(() => {
  phone = fakePhone();
});

const inputs = (action: string) =>
  phone.calls.filter((made) => made.action === action).map(({ input }) => input);

describe('holds', () => {
  const holds = () =>
    ok({
      asOf,
      holds: [hold(), hold({ holdId: 'h2', title: '三体', status: 'ready', readyUntil: dayFromNow(3) })],
    });

  it('puts what can be fetched first, with its last day and place', async () => {
    phone.answers = { 'holds.list': holds(), 'holds.watches': ok({ watches: [] }) };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    const day = dayText(dayFromNow(3), 'zh-CN');
    expect(page.text()).toContain(fill(zh.holds.readyUntil, { day, place: '主馆' }));
    expect(page.text().indexOf('三体')).toBeLessThan(page.text().indexOf('围城'));
  });

  it('cancels only after a question, follows the library’s own, and reads again', async () => {
    let read = 0;
    phone.answers = {
      'holds.list': () => ((read += 1) === 1 ? holds() : ok({ asOf, holds: [] })),
      'holds.watches': ok({ watches: [] }),
      'holds.cancel': (input: { confirm?: boolean }) =>
        ok(input.confirm === true ? { status: 'done' } : { status: 'confirm', text: '取消要扣一次预约机会' }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    const tap = () =>
      page.instance['onCancel']?.({ currentTarget: { dataset: { holdId: 'h1', title: '围城' } } });
    phone.confirm = false;
    tap();
    await until(() => phone.questions.length === 1);
    expect(inputs('holds.cancel')).toEqual([]);
    phone.confirm = true;
    tap();
    await until(() => page.text().includes(zh.holds.empty));
    expect(phone.questions.at(-1)).toContain('扣一次');
    expect(inputs('holds.cancel').map((input) => input['confirm'])).toEqual([false, true]);
  });

  it('offers no cancelling of a hold that the library keeps no longer', async () => {
    phone.answers = {
      'holds.list': ok({ asOf, holds: [hold({ status: 'expired' })] }),
      'holds.watches': ok({ watches: [] }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes(zh.holds.statuses.expired));
    expect(page.text()).not.toContain(fill(zh.holds.pickup, { place: '主馆' }));
    expect(page.text()).not.toContain(zh.holds.cancel);
  });

  it('tells a refusal in the library’s words', async () => {
    phone.answers = {
      'holds.list': holds(),
      'holds.cancel': ok({ status: 'refused', code: 'OTHER' as const, libraryText: '已在运送' }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('围城'));
    page.instance['onCancel']?.({ currentTarget: { dataset: { holdId: 'h1', title: '围城' } } });
    await until(() => phone.questions.some((question) => question.includes('已在运送')));
    expect(page.text()).toContain('围城');
  });

  it('lists what one waits for, and stops waiting', async () => {
    phone.answers = {
      'holds.list': ok({ asOf, holds: [] }),
      'holds.watches': ok({ watches: [{ bibId: 'b9', title: '活着', since: asOf }] }),
      'holds.watch': ok({ watches: [] }),
    };
    const page = openPage('packages/card/holds/holds');
    await until(() => page.text().includes('活着'));
    page.tap('.watch .small-button');
    await until(() => !page.text().includes('活着'));
    expect(inputs('holds.watch')).toEqual([{ bibId: 'b9', on: false }]);
  });
});
