import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { InboxItem } from '../../contracts/messages/actions';
import type { MessageBody } from '../../contracts/messages/body';
import { fill } from '../../miniprogram/i18n';
import { dayText } from '../../miniprogram/lib/dates';
import { messagesWords, say } from '../../miniprogram/packages/messages/words';
import { forgetReminders } from '../../miniprogram/services/ask-to-remind';
import { forgetMessageSettings } from '../../miniprogram/services/message-settings';
import { forgetUnread } from '../../miniprogram/services/unread-messages';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { dayFromNow } from './support/loans';
import { dueSoon, inbox, message, messageSettings, TICKET, templateOf } from './support/messages';
import { openPage, turn, until, type Opened } from './support/open-page';

const INBOX = 'packages/messages/inbox/inbox';
const { inbox: t } = messagesWords('zh-CN');
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetMessageSettings();
  forgetReminders();
  forgetUnread();
  phone.answers['messages.settings'] = ok(messageSettings());
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
async function opened(items: InboxItem[], change: Parameters<typeof inbox>[1] = {}): Promise<Opened> {
  phone.answers['messages.inbox'] = ok(inbox(items, change));
  const page = openPage(INBOX);
  await until(() => page.data['state'] !== 'loading', page.html);
  return page;
}
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const DAY = 86_400_000;
const tap = (page: Opened, handler: string, dataset: object) =>
  page.instance[handler]?.({ currentTarget: { dataset } });

describe('the inbox', () => {
  it('lists by day what was told, with the facts, their time, and whether it is read', async () => {
    const page = await opened([
      message({ id: 'm3', asOf: ago(120_000), body: dueSoon(['红楼梦', '围城']) }),
      message({ id: 'm2', at: ago(DAY), read: true, body: dueSoon(['呐喊']) }),
      message({ id: 'm1', at: ago(9 * DAY), read: true, body: dueSoon(['边城']) }),
    ]);
    const text = page.text();
    const due = fill(zh.shelf.dueOn, { day: dayText(dayFromNow(3), 'zh-CN') });
    for (const words of [t.today, t.yesterday, say(t.books.dueSoon.many, { n: 2 }), '红楼梦', '围城', due])
      expect(text).toContain(words);
    expect(text.indexOf(t.today)).toBeLessThan(text.indexOf(t.yesterday));
    expect(text).toContain(fill(t.books.dueSoon.one, { title: '呐喊' }));
    expect(text).toContain(dayText(ago(9 * DAY), 'zh-CN'));
    expect(text).toMatch(/\d\d:\d\d 的情况/);
    expect(text).toContain(say(t.unreadCount, { n: 1 }));
    expect(text.split(t.unread)).toHaveLength(3); // the count above, and one mark
    expect(text).toContain(t.delivery.sent);
  });

  it('does not repeat its time where what it tells is of that time', async () => {
    const page = await opened([message({ id: 'm1' })]);
    expect(page.text()).not.toContain(fill(t.asOf, { time: '' }).trim());
  });

  it('names what is left of more books than it shows', async () => {
    const titles = Array.from({ length: 20 }, (_, n) => `书${n}`);
    const page = await opened([message({ id: 'm1', body: dueSoon(titles, 26) })]);
    expect(page.text()).toContain(fill(t.more, { n: 21 }));
    expect(page.text()).toContain(say(t.books.dueSoon.many, { n: 26 }));
  });

  it('quotes the library and says why a loan cannot be renewed', async () => {
    const body: MessageBody = {
      kind: 'cannotRenew',
      total: 1,
      books: [
        { title: '红楼梦', loanId: 'l1', dueAt: dayFromNow(3), code: 'ON_HOLD', libraryText: '有读者预约' },
      ],
    };
    const page = await opened([message({ id: 'm1', body })]);
    expect(page.text()).toContain(zh.denials.ON_HOLD.title);
    expect(page.text()).toContain('图书馆说：“有读者预约”');
  });

  it('does not repeat of each overdue book that it is overdue', async () => {
    const book = { title: '红楼梦', loanId: 'l1', dueAt: dayFromNow(-3) };
    const books = [
      { ...book, code: 'OVERDUE' as const, libraryText: '图书已超期' },
      { ...book, loanId: 'l2', code: 'RECALLED' as const, libraryText: '请立即归还' },
    ];
    const page = await opened([message({ id: 'm1', body: { kind: 'overdue', total: 2, books } })]);
    expect(page.text()).not.toContain('图书已超期');
    expect(page.text()).toContain('请立即归还');
  });

  const hold = { title: '围城', holdId: 'h1', pickup: '总馆借还台', readyUntil: dayFromNow(2) };
  const BODIES: [MessageBody, words: string, visit: string][] = [
    [{ kind: 'holdReady', total: 1, books: [hold] }, '总馆借还台', 'navigateTo /packages/card/holds/holds'],
    [dueSoon(), fill(t.books.dueSoon.one, { title: '红楼梦' }), 'switchTab /pages/shelf/shelf'],
    [
      { kind: 'backOnShelf', total: 1, books: [{ title: '活着', bibId: 'b7', place: '文科书库' }] },
      '文科书库',
      'navigateTo /pages/book/book?bibId=b7',
    ],
    [
      { kind: 'feedbackAnswered', ticket: TICKET, about: '自习室几点开门' },
      fill(t.about, { about: '自习室几点开门' }),
      `navigateTo /packages/messages/ticket/ticket?id=${TICKET}`,
    ],
    [
      { kind: 'onboardingResult', attempt: 'a1', passed: true, opened: true },
      t.passedOpened,
      'navigateTo /packages/onboarding/result/result?attemptId=a1',
    ],
    [
      { kind: 'onboardingResult', attempt: 'a1', passed: false, opened: false },
      t.notPassed,
      'navigateTo /packages/onboarding/result/result?attemptId=a1',
    ],
    [
      { kind: 'reportReady', season: 'academic-2025' },
      '2025–2026 学年',
      'navigateTo /packages/report/overview/overview',
    ],
  ];
  it.each(BODIES)('leads to where it is done: %j', async (body, words, visit) => {
    const page = await opened([message({ id: 'm1', body })]);
    expect(page.text()).toContain(words);
    page.tap('.main');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual([visit]);
  });

  it('leads from each of several books that are back to its own page', async () => {
    const books = [
      { title: '活着', bibId: 'b7' },
      { title: '围城', bibId: 'b8' },
    ];
    const page = await opened([message({ id: 'm1', body: { kind: 'backOnShelf', total: 2, books } })]);
    page.tap('.main');
    tap(page, 'onBook', { id: 'm1', bibId: 'b8' });
    await turn();
    expect(phone.visits).toEqual(['navigateTo /pages/book/book?bibId=b8']);
  });

  it('stands up to a kind that is newer than the app', async () => {
    const body = { kind: 'newBooks', what: 1 } as unknown as MessageBody;
    const page = await opened([message({ id: 'm1', body })]);
    expect(page.data['state']).toBe('ready');
    page.tap('.main');
    await turn();
    expect(phone.visits).toEqual([]);
  });

  it('is kind when there is nothing, and leads to what would come', async () => {
    const page = await opened([]);
    expect(page.text()).toContain(t.empty);
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/messages/settings/settings']);
  });

  it('invites whoever has bound no card', async () => {
    phone.answers['messages.settings'] = ok(messageSettings({}, { asking: 'noCard' }));
    const page = await opened([]);
    expect(page.text()).toContain(t.unbound);
    page.instance['onNotice']?.();
    expect(phone.visits).toEqual(['navigateTo /packages/card/bind/bind']);
  });

  it('shows answers to who has no card', async () => {
    phone.answers['messages.settings'] = ok(messageSettings({}, { asking: 'noCard' }));
    const page = await opened([
      message({ id: 'm1', body: { kind: 'feedbackAnswered', ticket: TICKET, about: '门' } }),
    ]);
    expect(page.text()).toContain(t.feedbackAnswered);
  });

  it('is an error with its number, not an empty list, when it cannot be read', async () => {
    phone.answers['messages.inbox'] = fault('INTERNAL');
    const page = openPage(INBOX);
    await until(() => page.text().includes(zh.faults.INTERNAL.title));
    expect(page.text()).toContain('r-42');
    expect(page.text()).not.toContain(t.empty);
    phone.answers['messages.inbox'] = ok(inbox([message({ id: 'm1' })]));
    page.instance['onNotice']?.();
    await until(() => page.text().includes('红楼梦'));
  });

  it('keeps what it shows, with its time, when it cannot be read anew', async () => {
    const page = await opened([message({ id: 'm1' })]);
    phone.answers['messages.inbox'] = lost;
    await page.instance['onPullDownRefresh']?.();
    expect(page.text()).toContain('红楼梦');
    expect(page.text()).toMatch(/没能更新，这里是 \d\d:\d\d 读到的/);
  });

  it('is there without knowing what may be sent', async () => {
    phone.answers['messages.settings'] = fault('INTERNAL');
    const page = await opened([message({ id: 'm1', delivery: 'noCredit' })]);
    expect(page.text()).toContain(t.delivery.noCredit);
    expect(page.text()).not.toContain(t.allowNext);
  });

  it('reads on at the end, and says when that fails', async () => {
    const page = await opened([message({ id: 'm2' })], { next: 'cursor' });
    phone.answers['messages.inbox'] = lost;
    page.instance['onReachBottom']?.();
    await until(() => page.data['moreFailed'] === true);
    phone.answers['messages.inbox'] = ok(inbox([message({ id: 'm1', body: dueSoon(['边城']) })]));
    page.instance['onMore']?.();
    await until(() => page.text().includes('边城'));
    expect(inputs('messages.inbox').at(-1)).toEqual({ before: 'cursor' });
    expect(page.text()).toContain(t.end);
  });
});

describe('what was read', () => {
  it('is what was on the screen: it is told when the page is left, and shown as new until then', async () => {
    const page = await opened([
      message({ id: 'm3' }),
      message({ id: 'm2', read: true }),
      message({ id: 'm1' }),
    ]);
    const tops: Record<string, number> = { m3: 100, m2: 300, m1: 2_000 };
    const measured = jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (
      this: Element,
    ) {
      const top = tops[(this as HTMLElement).dataset['id'] ?? ''] ?? 0;
      return { top, bottom: top + 120 } as DOMRect;
    });
    await page.instance['look']?.();
    measured.mockRestore();
    expect(inputs('messages.markRead')).toEqual([]);
    expect(page.text()).toContain(say(t.unreadCount, { n: 2 }));
    phone.answers['messages.markRead'] = ok({ unread: 1 });
    page.instance['onHide']?.();
    await until(() => page.text().includes(say(t.unreadCount, { n: 1 })), page.text);
    expect(inputs('messages.markRead')).toEqual([{ ids: ['m3'] }]);
    page.instance['onUnload']?.();
    await turn();
    expect(inputs('messages.markRead')).toHaveLength(1);
  });

  it('is counted at once on the page below, and not where it could not be told', async () => {
    phone.answers['messages.unread'] = ok({ unread: 1 });
    const me = openPage('pages/me/me');
    await until(() => phone.badge === '1');
    const page = await opened([message({ id: 'm1' })]);
    const read = (): boolean => {
      me.show();
      return phone.badge === '';
    };
    (page.data['_seen'] as string[]).push('m1');
    phone.answers['messages.markRead'] = lost;
    page.instance['onUnload']?.();
    expect(read()).toBe(true);
    await until(() => !read());
  });

  it('is all of the list on a tap, and nothing that came later', async () => {
    const newest = message({ id: 'm2' });
    const page = await opened([newest, message({ id: 'm1' })]);
    phone.answers['messages.markRead'] = ok({ unread: 1 });
    await page.instance['onAllRead']?.();
    expect(inputs('messages.markRead')).toEqual([{ until: newest.at }]);
    expect(page.text()).toContain(say(t.unreadCount, { n: 1 }));
  });

  it('stays unread when that could not be told', async () => {
    const page = await opened([message({ id: 'm1' })]);
    phone.answers['messages.markRead'] = lost;
    await page.instance['onAllRead']?.();
    expect(phone.toasts).toEqual([zh.faults.OFFLINE.title]);
    expect(page.text()).toContain(say(t.unreadCount, { n: 1 }));
  });
});

describe('a message that did not reach WeChat', () => {
  it('says why, and lets the next of all such kinds be allowed within one tap', async () => {
    const hold = { title: '围城', holdId: 'h1' };
    const page = await opened([
      message({ id: 'm3', delivery: 'noCredit' }),
      message({ id: 'm2', delivery: 'noCredit', body: { kind: 'holdReady', total: 1, books: [hold] } }),
      message({ id: 'm1', delivery: 'noCredit' }),
    ]);
    expect(page.text()).toContain(t.delivery.noCredit);
    expect(page.text().split(t.allowNext)).toHaveLength(2);
    const credits = { credits: 1 };
    phone.answers['messages.granted'] = ok(messageSettings({ dueSoon: credits, holdReady: credits }));
    const answer = page.instance['onAllow']?.();
    expect(phone.asked).toEqual([[templateOf('holdReady'), templateOf('dueSoon')]]);
    await answer;
    expect(page.text()).toContain('记下了');
    expect(page.text()).not.toContain(t.allowNext);
  });

  it('is not spoken of once the next of its kind is allowed', async () => {
    phone.answers['messages.settings'] = ok(messageSettings({ dueSoon: { credits: 1 } }));
    const page = await opened([message({ id: 'm1', delivery: 'noCredit' })]);
    expect(page.text()).not.toContain(t.allowNext);
  });

  it('leads to the switch where the kind is off, once for each kind', async () => {
    phone.answers['messages.settings'] = ok(messageSettings({ dueSoon: { on: false } }));
    const page = await opened([
      message({ id: 'm2', delivery: 'switchedOff' }),
      message({ id: 'm1', delivery: 'switchedOff' }),
    ]);
    expect(page.text().split(t.switchOn)).toHaveLength(2);
    page.tap('.remedy');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/messages/settings/settings']);
    expect(phone.asked).toEqual([]);
  });

  it.each(['unknown', 'failed', 'waiting'] as const)('says that it is %s', async (delivery) => {
    const page = await opened([message({ id: 'm1', delivery })]);
    expect(page.text()).toContain(t.delivery[delivery]);
    expect(page.find('.remedy')).toBeUndefined();
  });

  it('says nothing of WeChat where the library has no template', async () => {
    const page = await opened([message({ id: 'm1', delivery: 'inboxOnly' })]);
    expect(page.text()).not.toContain('微信');
  });
});

describe('tidying up', () => {
  async function removing(items: InboxItem[], change: Parameters<typeof inbox>[1] = {}): Promise<Opened> {
    const page = await opened(items, change);
    page.instance['onEdit']?.();
    page.instance['onChooseAll']?.();
    page.instance['onRemove']?.();
    return page;
  }

  it('hides what was chosen, and takes it back on a tap', async () => {
    const page = await opened([message({ id: 'm2' }), message({ id: 'm1', body: dueSoon(['边城']) })]);
    tap(page, 'onLongPress', { id: 'm1' });
    expect(page.text()).toContain(say(t.selected, { n: 1 }));
    page.instance['onRemove']?.();
    expect(page.text()).not.toContain('边城');
    expect(page.text()).toContain('红楼梦');
    expect(page.text()).toContain(say(t.removed, { n: 1 }));
    expect(page.text()).toContain(say(t.unreadCount, { n: 1 }));
    expect(page.data['editing']).toBe(false);
    page.instance['onUndo']?.();
    expect(page.text()).toContain('边城');
    expect(page.text()).toContain(say(t.unreadCount, { n: 2 }));
    expect(page.text()).not.toContain(t.undo);
    page.instance['onUnload']?.();
    await turn();
    expect(inputs('messages.remove')).toEqual([]);
  });

  it('removes it when the page is left', async () => {
    const page = await removing([message({ id: 'm1' })]);
    phone.answers['messages.remove'] = ok({ unread: 0 });
    page.instance['onHide']?.();
    await until(() => page.data['unread'] === 0);
    expect(inputs('messages.remove')).toEqual([{ ids: ['m1'] }]);
    expect(page.text()).toContain(t.empty);
    page.instance['onUnload']?.();
    await turn();
    expect(inputs('messages.remove')).toHaveLength(1);
    expect(inputs('messages.markRead')).toEqual([]);
  });

  it('removes it by itself after some seconds', async () => {
    const page = await opened([message({ id: 'm1' })]);
    phone.answers['messages.remove'] = ok({ unread: 0 });
    jest.useFakeTimers();
    try {
      page.instance['onEdit']?.();
      page.instance['onChooseAll']?.();
      page.instance['onRemove']?.();
      jest.advanceTimersByTime(5_000);
      expect(inputs('messages.remove')).toEqual([]);
      jest.advanceTimersByTime(5_000);
      expect(inputs('messages.remove')).toEqual([{ ids: ['m1'] }]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('removes it when more is chosen, and does not show it again by an earlier answer', async () => {
    const items = [message({ id: 'm2' }), message({ id: 'm1', body: dueSoon(['边城']) })];
    const page = await opened(items);
    tap(page, 'onLongPress', { id: 'm1' });
    page.instance['onRemove']?.();
    phone.answers['messages.remove'] = ok({ unread: 1 });
    page.instance['onEdit']?.();
    await until(() => page.data['unread'] === 1);
    expect(page.text()).not.toContain(t.undo);
    await page.instance['load']?.();
    expect(page.text()).not.toContain('边城');
  });

  it('reads on where everything that was read is removed', async () => {
    const page = await opened([message({ id: 'm2' })], { next: 'cursor' });
    phone.answers['messages.inbox'] = ok(inbox([message({ id: 'm1', body: dueSoon(['边城']) })]));
    page.instance['onEdit']?.();
    page.instance['onChooseAll']?.();
    page.instance['onRemove']?.();
    expect(page.text()).not.toContain(t.empty);
    await until(() => page.text().includes('边城'), page.text);
  });

  it('chooses all and none, and opens nothing meanwhile', async () => {
    const page = await opened([message({ id: 'm2' }), message({ id: 'm1' })]);
    page.instance['onEdit']?.();
    tap(page, 'onTap', { id: 'm2' });
    expect(phone.visits).toEqual([]);
    page.instance['onChooseAll']?.();
    expect(page.text()).toContain(say(t.selected, { n: 2 }));
    page.instance['onChooseAll']?.();
    expect(page.text()).toContain(say(t.selected, { n: 0 }));
    page.instance['onRemove']?.();
    expect(page.text()).not.toContain(t.undo);
  });

  it('shows everything again when it fails', async () => {
    const page = await removing([message({ id: 'm1' })]);
    expect(page.text()).not.toContain('红楼梦');
    phone.answers['messages.remove'] = fault('INTERNAL');
    page.instance['onHide']?.();
    await until(() => page.text().includes('红楼梦'));
    expect(phone.toasts).toEqual([zh.faults.INTERNAL.title]);
  });

  it('shows what is there when the answer is lost: it may have been done', async () => {
    const page = await removing([message({ id: 'm2' }), message({ id: 'm1', body: dueSoon(['边城']) })]);
    phone.answers['messages.remove'] = lost;
    phone.answers['messages.inbox'] = ok(inbox([]));
    page.instance['onHide']?.();
    await until(() => phone.toasts.length > 0);
    await until(() => page.text().includes(t.empty), page.text);
  });

  it('names no more than a hundred at once', async () => {
    // before: to show so many may take longer than the time in which it can be undone
    phone.answers['messages.remove'] = ok({ unread: 0 });
    const page = await removing(Array.from({ length: 130 }, (_, n) => message({ id: `m${n}` })));
    page.instance['onHide']?.();
    await until(() => inputs('messages.remove').length === 2);
    const sizes = inputs('messages.remove').map(({ ids }) => (ids as string[]).length);
    expect(sizes).toEqual([100, 30]);
    expect(page.text()).toContain(t.empty);
  });
});

describe('how many are unread', () => {
  it('stands on the tab, the page of who reads and the home page, and is asked at most once a minute', async () => {
    phone.answers['messages.unread'] = ok({ unread: 3 });
    const me = openPage('pages/me/me');
    await until(() => me.text().includes(fill(zh.messages.unread, { n: 3 })), me.text);
    expect(phone.badge).toBe('3');
    const home = openPage('pages/home/home');
    await until(() => home.text().includes(fill(zh.messages.homeMany, { n: 3 })), home.text);
    me.show();
    await turn();
    expect(inputs('messages.unread')).toHaveLength(1);
    me.tap('.entry');
    me.instance['onMessages']?.();
    expect(phone.visits.at(-1)).toBe('navigateTo /packages/messages/inbox/inbox');
    me.instance['onAsk']?.();
    expect(phone.visits.at(-1)).toBe('navigateTo /packages/messages/ask/ask');
  });

  it('goes once they are read', async () => {
    phone.answers['messages.unread'] = ok({ unread: 1 });
    const me = openPage('pages/me/me');
    await until(() => phone.badge === '1');
    const page = await opened([message({ id: 'm1' })]);
    phone.answers['messages.markRead'] = ok({ unread: 0 });
    await page.instance['onAllRead']?.();
    me.show();
    expect(phone.badge).toBe('');
    expect(me.text()).not.toContain(fill(zh.messages.unread, { n: 1 }));
  });

  it('is none where nobody can say', async () => {
    phone.answers['messages.unread'] = lost;
    const me = openPage('pages/me/me');
    await until(() => inputs('messages.unread').length > 0);
    await turn();
    expect(phone.badge).toBe('');
    expect(me.text()).toContain(zh.messages.rowHint);
  });
});
