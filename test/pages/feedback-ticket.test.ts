import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Ticket } from '../../contracts/feedback';
import { messagesWords } from '../../miniprogram/packages/messages/words';
import { forgetReminders } from '../../miniprogram/services/ask-to-remind';
import { forgetMessageSettings } from '../../miniprogram/services/message-settings';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { messageSettings, noTemplates, TICKET, ticket } from './support/messages';
import { openPage, turn, until, type Opened } from './support/open-page';

const words = messagesWords('zh-CN');
const at = new Date().toISOString();
const [first] = ticket().entries;
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetMessageSettings();
  forgetReminders();
  phone.answers['messages.settings'] = ok(noTemplates());
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
const tap = (page: Opened, handler: string, dataset: object) =>
  page.instance[handler]?.({ currentTarget: { dataset } });

describe('a ticket', () => {
  const PAGE = 'packages/messages/ticket/ticket';
  const { ticket: k } = words;
  async function shown(one: Ticket, links: Record<string, string> = {}): Promise<Opened> {
    phone.answers['feedback.show'] = ok({ ticket: one, links });
    const page = openPage(PAGE, { id: TICKET });
    await until(() => page.data['state'] === 'ready', page.html);
    return page;
  }

  it('is shown with answers and pictures, large on a tap', async () => {
    const pictures = ['a', 'b', 'c'].map((name, n) => ({
      fileId: `cloud://env.b/${name}.jpg`,
      check: (['passed', 'rejected', 'pending'] as const)[n]!,
    }));
    const page = await shown(
      ticket({
        state: 'answered',
        entries: [
          { ...first!, pictures },
          { from: 'library', at, text: '八点。', check: 'passed', pictures: [] },
        ],
      }),
      { 'cloud://env.b/a.jpg': 'https://x/a', 'cloud://env.b/c.jpg': 'https://x/c' },
    );
    for (const said of [
      k.library,
      '八点。',
      k.pictureRejected,
      k.picturePending,
      words.tickets.states.answered,
    ])
      expect(page.text()).toContain(said);
    tap(page, 'onPicture', { url: 'https://x/c' });
    expect(phone.shared).toEqual(['https://x/c']);
    tap(page, 'onPicture', { url: '' });
    expect(phone.shared).toHaveLength(1);
  });

  it.each([
    [{ check: 'pending' as const }, k.pending],
    [{ check: 'pending' as const, lapsed: true }, k.lapsed],
    [{ check: 'rejected' as const }, k.rejected],
  ])('explains what the check says: %j', async (checked, said) => {
    const page = await shown(ticket({ entries: [{ ...first!, ...checked }] }));
    expect(page.text()).toContain(said);
  });

  it('says of a picture whose check was given up that librarians will not see it', async () => {
    const pictures = [
      { fileId: 'cloud://env.b/a.jpg', check: 'pending' as const, lapsed: true },
      { fileId: 'cloud://env.b/b.jpg', check: 'pending' as const, lapsed: true },
    ];
    const page = await shown(ticket({ entries: [{ ...first!, pictures }] }), {
      'cloud://env.b/a.jpg': 'https://x/a',
    });
    expect(page.html().split(k.pictureLapsed)).toHaveLength(pictures.length + 1);
    expect(page.text()).not.toContain(k.picturePending);
    expect(page.text()).not.toContain(k.pictureGone);
  });

  it('is written on, closed, and removed after a question', async () => {
    const page = await shown(ticket());
    page.instance['onMore']?.();
    expect(phone.visits).toEqual([`navigateTo /packages/messages/write/write?ticket=${TICKET}`]);
    phone.answers['feedback.close'] = ok({ ticket: ticket({ state: 'closed' }), links: {} });
    await page.instance['onClose']?.();
    expect(page.text()).toContain(words.tickets.states.closed);
    expect(page.text()).not.toContain(k.close);
    phone.confirm = false;
    await page.instance['onRemove']?.();
    expect(inputs('feedback.remove')).toEqual([]);
    phone.confirm = true;
    phone.answers['feedback.remove'] = ok({});
    await page.instance['onRemove']?.();
    expect(inputs('feedback.remove')).toEqual([{ id: TICKET }]);
    expect(phone.questions.at(-1)).toBe(k.removeAsk);
    expect(phone.visits.at(-1)).toBe('navigateBack');
  });

  it.each([
    [18, k.more, k.full],
    [19, k.full, k.more],
    [20, k.full, k.more],
  ])('leads to a new one when only an answer fits in: %d entries', async (length, said, notSaid) => {
    const page = await shown(ticket({ entries: Array.from({ length }, () => first!) }));
    expect(page.text()).toContain(said);
    expect(page.text()).not.toContain(notSaid);
  });

  it('offers to be told while the library has not answered', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    const open = await shown(ticket());
    await until(() => open.text().includes(zh.remind.moments.feedbackSent), open.text);
    const answered = await shown(ticket({ state: 'answered' }));
    for (let n = 0; n < 5; n++) await turn();
    expect(answered.text()).not.toContain(zh.remind.moments.feedbackSent);
  });

  it('is gone, or could not be read, and that looks different', async () => {
    phone.answers['feedback.show'] = fault('NOT_FOUND');
    const page = openPage(PAGE, { id: TICKET });
    await until(() => page.text().includes(k.gone), page.html);
    page.instance['onNotice']?.();
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /packages/messages/tickets/tickets']);
    phone.answers['feedback.show'] = fault('BAD_REQUEST');
    const cutOff = openPage(PAGE, { id: 'ticket-01' });
    await until(() => cutOff.text().includes(k.gone), cutOff.html);
    phone.answers['feedback.show'] = fault('INTERNAL');
    const other = openPage(PAGE, { id: TICKET });
    await until(() => other.text().includes(zh.faults.INTERNAL.title));
    expect(other.text()).not.toContain(k.gone);
  });
});
