import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Loan, RenewOutcome } from '../../contracts/loans';
import { DENIAL_CODES } from '../../contracts/denials';
import { fill } from '../../miniprogram/i18n';
import { dayText } from '../../miniprogram/lib/dates';
import { denialWords } from '../../miniprogram/services/denial-words';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { dayFromNow, hold, loan } from './support/loans';
import { openPage, turn, until, type Opened } from './support/open-page';

const SHELF = 'pages/shelf/shelf';
const asOf = '2026-11-21T14:32:00+08:00';
let phone: Phone;

const list = (loans: Loan[], state: 'fresh' | 'stale' = 'fresh') => ok({ state, asOf, loans });
const overdue = (): Loan =>
  loan({
    loanId: 'l0',
    title: '呐喊',
    dueAt: dayFromNow(-2),
    overdue: true,
    renewal: { allowed: false, code: 'OVERDUE', libraryText: '图书已超期，请先归还' },
  });

async function opened(loans: Loan[]): Promise<Opened> {
  phone.answers['loans.list'] = list(loans);
  const page = openPage(SHELF);
  await until(() => page.data['state'] === 'ready', page.html);
  return page;
}

/** The request ids of the writes made so far. */
const requestIds = (action: string): unknown[] =>
  phone.calls.filter((made) => made.action === action).map(({ input }) => input['requestId']);

beforeEach(() => {
  phone = fakePhone();
  phone.answers = {
    'holds.list': ok({ asOf, holds: [] }),
    'fines.list': ok({ asOf, totalCents: 0, fines: [] }),
  };
});

describe('the shelf', () => {
  it('says of each book when it is due, in words, and whether it can be renewed or why not', async () => {
    const page = await opened([overdue(), loan()]);
    expect(page.text()).toContain('在借 2 本');
    expect(page.text()).toContain('1 本过期');
    expect(page.text()).toContain('过期 2 天');
    expect(page.text()).toContain('还有 3 天');
    expect(page.text()).toContain(fill(zh.shelf.cannotRenew, { reason: zh.denials.OVERDUE.title }));
    expect(page.text()).toContain('图书馆说：“图书已超期，请先归还”');
    expect(page.text()).toContain(zh.denials.OVERDUE.hint);
    expect(page.text()).toContain(zh.shelf.lastLeft);
    expect(page.text()).toContain(fill(zh.shelf.lastDay, { day: dayText(dayFromNow(2), 'zh-CN') }));
  });

  it('does not call a card expired that only ends too soon for a renewal', async () => {
    const page = await opened([loan({ renewal: { allowed: false, code: 'EXPIRED' } })]);
    expect(page.text()).toContain(fill(zh.shelf.cannotRenew, { reason: zh.shelf.cardEnds }));
    expect(page.text()).not.toContain(zh.denials.EXPIRED.title);
  });

  it('invites whoever has bound no card', async () => {
    phone.answers['loans.list'] = fault('CARD_NOT_BOUND');
    const page = openPage(SHELF);
    await until(() => page.text().includes(zh.shelf.unbound));
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('is kind when nothing is borrowed', async () => {
    const page = await opened([]);
    expect(page.text()).toContain(zh.shelf.empty);
    page.instance['onSearch']?.();
    expect(phone.visits).toEqual(['navigateTo /pages/search/search']);
  });

  it('shows what the library says of a card that it does not serve', async () => {
    phone.answers['loans.list'] = ok({ denied: { code: 'CARD_LOST' as const, libraryText: '该证已挂失' } });
    const page = openPage(SHELF);
    await until(() => page.text().includes(zh.denials.CARD_LOST.title));
    expect(page.text()).toContain('该证已挂失');
  });

  it('is an error with its number, not an empty list, when the loans cannot be read', async () => {
    phone.answers['loans.list'] = fault('LIBRARY_UNREACHABLE');
    const page = openPage(SHELF);
    await until(() => page.text().includes(zh.faults.LIBRARY_UNREACHABLE.title));
    expect(page.text()).toContain('r-42');
    phone.answers['loans.list'] = list([loan()]);
    page.instance['onNotice']?.();
    await until(() => page.text().includes('红楼梦'));
  });

  it('sends to sign in again where the library asks for it', async () => {
    phone.answers['loans.list'] = fault('SIGN_IN_AGAIN');
    const page = openPage(SHELF);
    await until(() => page.text().includes(zh.shelf.signInAgain));
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('shows a list that is not fresh with its time', async () => {
    phone.answers['loans.list'] = list([loan()], 'stale');
    const page = openPage(SHELF);
    await until(() => page.text().includes('没能更新'));
    expect(page.text()).toContain('红楼梦');
  });

  it('reads a list that is not fresh again on a tap, and when the page is shown again', async () => {
    const reads = (): number => phone.calls.filter(({ action }) => action === 'loans.list').length;
    phone.answers['loans.list'] = list([loan()], 'stale');
    const page = openPage(SHELF);
    await until(() => page.text().includes('没能更新'));
    page.instance['onShow']?.();
    await until(() => reads() === 2);
    await turn();
    phone.answers['loans.list'] = list([loan()]);
    page.tap('.link');
    await until(() => !page.text().includes('没能更新'), page.text);
    expect(reads()).toBe(3);
    page.instance['onShow']?.();
    await turn();
    expect(reads()).toBe(3);
  });

  it('draws hundreds of loans twenty at a time', async () => {
    const loans = Array.from({ length: 120 }, (_, n) => loan({ loanId: `l${n}`, title: `第 ${n} 本` }));
    const page = await opened(loans);
    expect((page.data['lines'] as unknown[]).length).toBe(20);
    for (let at = 0; at < 8; at += 1) page.instance['onReachBottom']?.();
    expect((page.data['lines'] as { title: string }[]).map(({ title }) => title)).toEqual(
      loans.map(({ title }) => title),
    );
  });

  it('tells of holds that can be fetched and of what is owed', async () => {
    phone.answers['holds.list'] = ok({
      asOf,
      holds: [hold(), hold({ holdId: 'h2', title: '三体', status: 'ready', readyUntil: dayFromNow(4) })],
    });
    phone.answers['fines.list'] = ok({
      asOf,
      totalCents: 350,
      fines: [{ fineId: 'f', amountCents: 350, reason: 'overdue' as const, running: true }],
    });
    const page = await opened([loan()]);
    await until(() => page.text().includes('¥3.50') && page.text().includes('1 本可取'));
    expect(page.text()).toContain('三体');
    expect(page.text()).toContain('排在第 2 位');
  });

  it('counts no hold as waiting that is no longer kept', async () => {
    phone.answers['holds.list'] = ok({
      asOf,
      holds: [hold(), hold({ holdId: 'h2', title: '三体', status: 'expired' })],
    });
    const page = await opened([loan()]);
    await until(() => page.text().includes('三体'), page.text);
    expect(page.data['holdsWords']).toBe('1 本在等');
    phone.answers['holds.list'] = ok({ asOf, holds: [hold({ status: 'expired' })] });
    await page.instance['loadHolds']?.();
    expect(page.data['holdsWords']).toBe('');
  });

  it('puts a due date into the calendar after saying that renewing does not move it', async () => {
    const page = await opened([loan()]);
    page.instance['onCalendar']?.({ detail: { loanId: 'l1' } });
    await until(() => phone.calendar.length === 1);
    expect(phone.questions[0]).toContain('不会跟着变');
    const start = new Date(Number(phone.calendar[0]?.['startTime']) * 1000);
    expect([start.getHours(), start.getDate()]).toEqual([0, Number(dayFromNow(3).slice(8))]);
  });
});

describe('renewing', () => {
  const renew = (page: Opened, loanId = 'l1'): void =>
    void page.instance['onRenew']?.({ detail: { loanId } });
  const outcomes = (...all: RenewOutcome[]) => ok({ outcomes: all });
  const later = dayFromNow(33);

  it('is busy meanwhile, then says the new date', async () => {
    const page = await opened([loan()]);
    let answer: (value: never) => void = () => undefined;
    phone.answers['loans.renew'] = () => new Promise((resolve) => (answer = resolve));
    renew(page);
    await until(() => page.html().includes(zh.shelf.renewing));
    phone.answers['loans.list'] = list([
      loan({ dueAt: later, renewal: { allowed: false, code: 'TOO_SOON' } }),
    ]);
    answer(outcomes({ loanId: 'l1', status: 'renewed', dueAt: later }) as never);
    await until(() => page.text().includes(fill(zh.shelf.renewed, { day: dayText(later, 'zh-CN') })));
    expect(page.html()).not.toContain(zh.shelf.renewing);
  });

  // a defect may have come after the library had done it
  it.each([
    ['the answer was lost', lost, '不会重复办'],
    ['something went wrong', fault('INTERNAL'), zh.faults.INTERNAL.title],
  ])('asks once for two taps, and again under the same id after %s', async (_, answer, said) => {
    const page = await opened([loan()]);
    phone.answers['loans.renew'] = answer;
    renew(page);
    renew(page);
    await until(() => page.text().includes(said));
    const first = requestIds('loans.renew');
    expect(new Set(first).size).toBe(1);
    expect(String(first[0])).toMatch(/^[\w-]{8,64}$/);
    phone.answers['loans.renew'] = outcomes({ loanId: 'l1', status: 'renewed', dueAt: later });
    renew(page);
    await until(() => page.text().includes('续借好了'));
    expect(new Set(requestIds('loans.renew')).size).toBe(1);
    phone.answers['loans.renew'] = outcomes({ loanId: 'l1', status: 'refused', code: 'TOO_MANY_RENEWALS' });
    renew(page);
    await until(() => page.text().includes(zh.denials.TOO_MANY_RENEWALS.title));
    expect(new Set(requestIds('loans.renew')).size).toBe(2);
  });

  it('quotes the library where it refuses, with the next step', async () => {
    const page = await opened([loan()]);
    phone.answers['loans.renew'] = outcomes({
      loanId: 'l1',
      status: 'refused',
      code: 'ON_HOLD',
      libraryText: '该书已被预约',
    });
    renew(page);
    await until(() => page.text().includes('该书已被预约'));
    expect(page.text()).toContain(fill(zh.shelf.refused, { reason: zh.denials.ON_HOLD.title }));
    expect(page.text()).toContain(zh.denials.ON_HOLD.hint);
  });

  it.each([
    ['the due date moved', later, zh.shelf.unknownRenewed, later],
    ['it did not move', dayFromNow(3), zh.shelf.unknownRead, dayFromNow(3)],
  ])('settles a lost answer by reading again: %s', async (_, dueAt, words, day) => {
    const page = await opened([loan()]);
    phone.answers['loans.list'] = list([loan({ dueAt })]);
    phone.answers['loans.renew'] = outcomes({ loanId: 'l1', status: 'unknown' });
    renew(page);
    await until(() => page.text().includes(fill(words, { day: dayText(day, 'zh-CN') })), page.text);
  });

  it('promises nothing where it cannot be read again either', async () => {
    const page = await opened([loan()]);
    phone.answers['loans.list'] = fault('LIBRARY_UNREACHABLE');
    phone.answers['loans.renew'] = outcomes({ loanId: 'l1', status: 'unknown' });
    renew(page);
    await until(() => page.text().includes(zh.shelf.unknown));
    expect(page.text()).toContain('红楼梦');
  });

  it('renews all and lists those that were not, with the reason', async () => {
    const page = await opened([loan(), loan({ loanId: 'l2', title: '围城' })]);
    phone.answers['loans.renewAll'] = outcomes(
      { loanId: 'l1', status: 'renewed', dueAt: later },
      { loanId: 'l2', status: 'refused', code: 'RECALLED', libraryText: '本书被召回' },
    );
    page.instance['onRenewAll']?.();
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes('续好 1 本，1 本没有续成'));
    expect(requestIds('loans.renewAll')).toHaveLength(1);
    expect(page.find('.report')?.dom.textContent).toContain('本书被召回');
  });

  it('counts a renewal whose answer was lost neither as done nor as refused', async () => {
    const page = await opened([loan(), loan({ loanId: 'l2', title: '围城' })]);
    phone.answers['loans.list'] = fault('LIBRARY_UNREACHABLE');
    phone.answers['loans.renewAll'] = outcomes(
      { loanId: 'l1', status: 'unknown' },
      { loanId: 'l2', status: 'unknown' },
    );
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes('2 本不知道续成没有'), page.text);
    expect(page.text()).not.toContain('没有续成');
    phone.answers['loans.renewAll'] = outcomes(
      { loanId: 'l1', status: 'renewed', dueAt: later },
      { loanId: 'l2', status: 'unknown' },
    );
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes('续好 1 本，1 本不知道续成没有'), page.text);
  });

  it('does not speak of all where there is one', async () => {
    const page = await opened([loan()]);
    phone.answers['loans.renewAll'] = outcomes({ loanId: 'l1', status: 'refused', code: 'RECALLED' });
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes(zh.shelf.oneNotRenewed), page.text);
    phone.answers['loans.renewAll'] = outcomes({ loanId: 'l1', status: 'renewed', dueAt: later });
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes(zh.shelf.oneRenewed), page.text);
  });

  it('keeps what it says of a renewal when a list comes that was asked for before it', async () => {
    const page = await opened([loan()]);
    let answerOld: (list: unknown) => void = () => undefined;
    phone.answers['loans.list'] = () => new Promise((resolve) => (answerOld = resolve)) as never;
    page.instance['onReadAgain']?.();
    await turn();
    phone.answers['loans.list'] = list([loan({ dueAt: later })]);
    phone.answers['loans.renewAll'] = outcomes({ loanId: 'l1', status: 'renewed', dueAt: later });
    page.instance['onRenewAll']?.();
    await until(() => page.text().includes(zh.shelf.oneRenewed), page.text);
    answerOld(list([loan()]));
    await turn();
    expect(page.text()).toContain(zh.shelf.oneRenewed);
    expect((page.data['lines'] as { dueAt: string }[])[0]?.dueAt).toBe(later);
  });

  it('renews the book that was scanned, or says that it is not on this card', async () => {
    const page = await opened([loan()]);
    phone.scans = ['100000001', '999'];
    phone.answers['loans.renewScanned'] = ok({
      kind: 'outcome',
      outcome: { loanId: 'l1', status: 'renewed', dueAt: later },
      title: '红楼梦',
    });
    page.instance['onScanRenew']?.();
    await until(() => page.find('.report')?.dom.textContent.includes('续借好了') ?? false);
    phone.answers['loans.renewScanned'] = ok({ kind: 'not-yours', text: '999' });
    page.instance['onScanRenew']?.();
    await until(() => page.text().includes(zh.shelf.notYours));
    await turn();
  });
});

describe('the words of a refusal', () => {
  it.each(DENIAL_CODES)('%s has a reason and a next step', (code) => {
    const { title, hint, quote } = denialWords({ code, libraryText: 'x' });
    expect(title).not.toBe('');
    expect(hint).not.toBe('');
    expect(quote).toContain('x');
  });

  it('does not break on a code of a newer function', () => {
    expect(denialWords({ code: 'NEW_ONE' as 'OTHER' }).title).toBe(zh.denials.OTHER.title);
  });
});
