import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { fill } from '../../miniprogram/i18n';
import { durationWords } from '../../miniprogram/packages/messages/duration-words';
import { messagesWords, say } from '../../miniprogram/packages/messages/words';
import { forgetReminders } from '../../miniprogram/services/ask-to-remind';
import { MAX_FEEDBACK_TEXT, MAX_PICTURE_BYTES } from '../../miniprogram/services/feedback-limits';
import { forgetMessageSettings } from '../../miniprogram/services/message-settings';
import { fakePhone, fault, lost, ok, type Phone } from './support/fake-wx';
import { messageSettings, noTemplates, templateOf, TICKET, ticket } from './support/messages';
import { openPage, until, type Opened } from './support/open-page';

const WRITE = 'packages/messages/write/write';
const words = messagesWords('zh-CN');
const { write: t } = words;
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetMessageSettings();
  forgetReminders();
  phone.answers['messages.settings'] = ok(noTemplates());
  phone.answers['feedback.list'] = ok({ tickets: [] });
  phone.answers['feedback.upload'] = () => ok({ cloudPath: `feedback/f${phone.uploads.length}.jpg` });
});

const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);
const type = (page: Opened, value: string) => page.instance['onInput']?.({ detail: { value } });
const tap = (page: Opened, handler: string, dataset: object) =>
  page.instance[handler]?.({ currentTarget: { dataset } });
const tiles = (page: Opened) => page.data['tiles'] as { key: string; state: string }[];
async function withPicture(page: Opened, picture: { tempFilePath: string; size: number }): Promise<void> {
  phone.pictures = [picture];
  await page.instance['onAdd']?.();
  await until(() => tiles(page).every(({ state }) => state !== 'uploading'));
}
const MINUTE = 60_000;
const PICTURE = { tempFilePath: 'wxfile://tmp_1.jpg', size: 200_000 };

describe('writing to the library', () => {
  it('sends what was written, of its kind, once, and leads to the ticket', async () => {
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    tap(page, 'onKind', { kind: 'problem' });
    expect(page.text()).toContain(t.kindHints.problem);
    type(page, '扫码打不开');
    await Promise.all([page.instance['onSend']?.(), page.instance['onSend']?.()]);
    expect(inputs('feedback.send')).toEqual([
      {
        kind: 'problem',
        text: '扫码打不开',
        pictures: [],
        requestId: expect.stringMatching(/^[\w-]{8,64}$/),
      },
    ]);
    expect(phone.visits).toEqual([`redirectTo /packages/messages/ticket/ticket?id=${TICKET}`]);
    expect(phone.toasts).toEqual([t.sent]);
    expect(phone.asked).toEqual([]);
  });

  it('sends nothing that is empty or too long, and says how much too long it is', async () => {
    const page = openPage(WRITE);
    await page.instance['onSend']?.();
    type(page, '字'.repeat(MAX_FEEDBACK_TEXT + 7));
    expect(page.text()).toContain(say(t.tooLong, { n: 7 }));
    await page.instance['onSend']?.();
    expect(inputs('feedback.send')).toEqual([]);
    // one character of two code units is one
    type(page, '🙂'.repeat(MAX_FEEDBACK_TEXT));
    expect(page.text()).toContain(fill(t.count, { n: MAX_FEEDBACK_TEXT, most: MAX_FEEDBACK_TEXT }));
    expect(page.data['canSend']).toBe(true);
  });

  it('keeps a draft on the phone until it is sent, also when the page is closed', async () => {
    const page = openPage(WRITE);
    type(page, '写了一半');
    page.instance['onUnload']?.();
    const again = openPage(WRITE);
    expect(again.data['text']).toBe('写了一半');
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    await again.instance['onSend']?.();
    again.instance['onUnload']?.();
    expect(phone.storage.has('feedback-drafts')).toBe(false);
    expect(openPage(WRITE).data['text']).toBe('');
  });

  it('sends under the same request id after an answer was lost, and under another once the words are others', async () => {
    const page = openPage(WRITE);
    phone.answers['feedback.send'] = lost;
    type(page, '一');
    await page.instance['onSend']?.();
    expect(page.text()).toContain(t.lost);
    // closed and opened again
    page.instance['onUnload']?.();
    const again = openPage(WRITE);
    await again.instance['onSend']?.();
    type(again, '二');
    await again.instance['onSend']?.();
    const ids = inputs('feedback.send').map(({ text, requestId }) => `${String(text)} ${String(requestId)}`);
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    [{ status: 'rejected' as const }, t.rejected],
    [{ status: 'badPicture' as const, index: 1 }, fill(t.badPicture, { n: 2 })],
    [{ status: 'tooMany' as const, what: 'tickets' as const }, t.full],
    [{ status: 'tooMany' as const, what: 'entries' as const }, words.ticket.full],
  ])('says why it was not taken and keeps the words: %j', async (answer, said) => {
    const page = openPage(WRITE);
    phone.answers['feedback.send'] = ok(answer);
    type(page, '话');
    await page.instance['onSend']?.();
    expect(page.text()).toContain(said);
    expect(phone.visits).toEqual([]);
    page.instance['onUnload']?.();
    expect(openPage(WRITE).data['text']).toBe('话');
  });

  it('says that a check is still to come', async () => {
    const page = openPage(WRITE);
    phone.answers['feedback.send'] = ok({ status: 'unchecked' as const, ticket: ticket() });
    type(page, '话');
    await page.instance['onSend']?.();
    expect(phone.toasts).toEqual([t.unchecked]);
  });

  it('says how long it usually takes', async () => {
    phone.answers['feedback.list'] = ok({ tickets: [], usualMinutes: 200 });
    const page = openPage(WRITE);
    await until(() => page.text().includes(fill(t.usual, { time: '4 小时内' })), page.text);
  });

  it('has WeChat ask within the tap that sends, where the reader wants to be told', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings({ feedbackAnswered: { credits: 1 } }));
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    await until(() => page.data['canRemind'] === true);
    type(page, '话');
    const sent = page.instance['onSend']?.();
    expect(phone.asked).toEqual([[templateOf('feedbackAnswered')]]);
    await sent;
    expect(inputs('messages.granted')).toMatchObject([{ moment: 'feedbackSent' }]);
    expect(inputs('feedback.send')).toHaveLength(1);
  });

  it('sends without a question where the reader does not, or WeChat fails', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    await until(() => page.data['canRemind'] === true);
    page.instance['onRemind']?.();
    type(page, '话');
    await page.instance['onSend']?.();
    expect(phone.asked).toEqual([]);
    const other = openPage(WRITE);
    await until(() => other.data['canRemind'] === true);
    phone.subscription = new Error();
    type(other, '话');
    await other.instance['onSend']?.();
    expect(inputs('feedback.send')).toHaveLength(2);
    expect(phone.visits).toHaveLength(2);
  });

  it('goes on with a ticket, and back to it', async () => {
    phone.answers['feedback.more'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE, { ticket: TICKET });
    expect(page.text()).not.toContain(t.kinds.suggestion);
    type(page, '还有一句');
    await page.instance['onSend']?.();
    expect(inputs('feedback.more')).toMatchObject([{ id: TICKET, text: '还有一句', pictures: [] }]);
    expect(phone.visits).toEqual(['navigateBack']);
  });

  it('says that the ticket is gone where it is, and keeps what was written', async () => {
    phone.answers['feedback.more'] = fault('NOT_FOUND');
    const page = openPage(WRITE, { ticket: TICKET });
    type(page, '还有一句');
    await page.instance['onSend']?.();
    expect(page.text()).toContain(words.ticket.gone);
    page.instance['onUnload']?.();
    expect(openPage(WRITE, { ticket: TICKET }).data['text']).toBe('还有一句');
  });
});

describe('pictures', () => {
  it('are uploaded when they are chosen, sent with the words, and kept with the draft', async () => {
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    await withPicture(page, PICTURE);
    type(page, '看图');
    page.instance['onUnload']?.();
    const again = openPage(WRITE);
    await again.instance['onSend']?.();
    expect(inputs('feedback.upload')).toEqual([{ type: 'jpg' }]);
    expect(inputs('feedback.send')).toMatchObject([{ pictures: ['cloud://env.b/feedback/f0.jpg'] }]);
  });

  it('of a draft that are no longer on the phone are not shown broken, and are sent all the same', async () => {
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    await withPicture(page, PICTURE);
    type(page, '看图');
    page.instance['onUnload']?.();
    const again = openPage(WRITE);
    await tap(again, 'onPictureGone', { key: tiles(again)[0]!.key });
    expect(again.text()).toContain(t.pictureKept);
    expect(again.find('.image')).toBeUndefined();
    await again.instance['onSend']?.();
    expect(inputs('feedback.send')).toMatchObject([{ pictures: ['cloud://env.b/feedback/f0.jpg'] }]);
  });

  it('are taken away on a second thought', async () => {
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    await withPicture(page, PICTURE);
    await tap(page, 'onRemovePicture', { key: tiles(page)[0]!.key });
    expect(phone.questions).toEqual([t.removeAsk]);
    type(page, '没有图');
    await page.instance['onSend']?.();
    expect(inputs('feedback.send')).toMatchObject([{ pictures: [] }]);
  });

  it('are four at most', async () => {
    const page = openPage(WRITE);
    phone.pictures = Array.from({ length: 6 }, () => PICTURE);
    await page.instance['onAdd']?.();
    await until(() => tiles(page).every(({ state }) => state === 'done'));
    expect(tiles(page)).toHaveLength(4);
    expect(page.find('.add')).toBeUndefined();
    await page.instance['onAdd']?.();
    expect(tiles(page)).toHaveLength(4);
  });

  it('are made smaller where they are large, and refused before anything is uploaded where they stay so', async () => {
    const page = openPage(WRITE);
    phone.smaller = '.jpg';
    await withPicture(page, { tempFilePath: 'wxfile://tmp_2.png', size: 9_000_000 });
    expect(inputs('feedback.upload')).toEqual([{ type: 'jpg' }]);
    phone.smaller = '';
    await withPicture(page, { tempFilePath: 'wxfile://tmp_3.png', size: 20_000_000 });
    expect(phone.toasts).toEqual([fill(t.tooLarge, { n: MAX_PICTURE_BYTES / 1024 / 1024 })]);
    expect(phone.uploads).toHaveLength(1);
  });

  it('of a type that cannot be sent are refused by name', async () => {
    const page = openPage(WRITE);
    await withPicture(page, { tempFilePath: 'wxfile://tmp_4.heic', size: 1_000 });
    expect(phone.toasts).toEqual([t.wrongType]);
    expect(phone.uploads).toEqual([]);
  });

  it('that were not uploaded are tried again on a tap; nothing is sent without them', async () => {
    phone.answers['feedback.send'] = ok({ status: 'sent' as const, ticket: ticket() });
    const page = openPage(WRITE);
    phone.uploadFails = true;
    await withPicture(page, PICTURE);
    expect(page.text()).toContain(t.uploadFailed);
    type(page, '看图');
    await page.instance['onSend']?.();
    expect(inputs('feedback.send')).toEqual([]);
    phone.uploadFails = false;
    tap(page, 'onPicture', { key: tiles(page)[0]!.key });
    await until(() => tiles(page)[0]?.state === 'done');
    await page.instance['onSend']?.();
    expect(inputs('feedback.send')).toHaveLength(1);
  });

  it.each([
    ['once more where they were to go to, and are as old as that place', 50, 'feedback/f0.jpg', 0],
    ['somewhere else once that is an hour ago', 70, 'feedback/f2.jpg', 70],
  ])('that were not uploaded go %s', async (_, minutes, place, since) => {
    const page = openPage(WRITE);
    const begun = Date.now();
    phone.uploadFails = true;
    await withPicture(page, PICTURE);
    const again = async (): Promise<void> => {
      tap(page, 'onPicture', { key: tiles(page)[0]!.key });
      await until(() => tiles(page)[0]?.state !== 'uploading');
    };
    await again();
    expect(phone.uploads).toEqual(['feedback/f0.jpg', 'feedback/f0.jpg']);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(begun + minutes * MINUTE);
    try {
      phone.uploadFails = false;
      await again();
    } finally {
      clock.mockRestore();
    }
    expect(phone.uploads.at(-1)).toBe(place);
    const { uploadedAt } = (page.data['tiles'] as { uploadedAt: number }[])[0]!;
    expect(Math.floor((uploadedAt - begun) / MINUTE)).toBe(since);
  });

  it('are none when the reader leaves the album', async () => {
    const page = openPage(WRITE);
    await page.instance['onAdd']?.();
    expect(phone.toasts).toEqual([]);
    expect(tiles(page)).toEqual([]);
  });
});

describe('what a reader wrote', () => {
  const LIST = 'packages/messages/tickets/tickets';
  const { tickets: l } = words;
  const [first] = ticket().entries;

  it('is listed with its state, what WeChat’s check says, and how long answers take', async () => {
    const pictures = [{ fileId: 'cloud://env.b/x.jpg', check: 'pending' as const }];
    phone.answers['feedback.list'] = ok({
      tickets: [
        ticket({ id: 'ticket-aaaaaaaaaaa', state: 'answered', unread: true }),
        ticket({ id: 'ticket-bbbbbbbbbbb', entries: [{ ...first!, pictures }] }),
        ticket({
          id: 'ticket-ccccccccccc',
          state: 'closed',
          via: 'chat',
          entries: [{ ...first!, check: 'rejected' }],
        }),
      ],
      usualMinutes: 25,
    });
    const page = openPage(LIST);
    await until(() => page.data['state'] === 'ready');
    for (const said of [l.newAnswer, l.states.open, l.states.closed, l.pending, l.rejected, l.viaChat])
      expect(page.text()).toContain(said);
    expect(page.text()).toContain(fill(l.usual, { time: durationWords(25, words) }));
    page.tap('.ticket');
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateTo /packages/messages/ticket/ticket?id=ticket-aaaaaaaaaaa']);
  });

  it.each([
    ['words', { check: 'pending' as const, lapsed: true }],
    ['a picture', { pictures: [{ fileId: 'cloud://env.b/x.jpg', check: 'pending' as const, lapsed: true }] }],
  ])('is not said to wait for a check that is not asked for any more, of %s', async (_, entry) => {
    phone.answers['feedback.list'] = ok({ tickets: [ticket({ entries: [{ ...first!, ...entry }] })] });
    const page = openPage(LIST);
    await until(() => page.data['state'] === 'ready');
    expect(page.text()).toContain(l.lapsed);
    expect(page.text()).not.toContain(l.pending);
  });

  it('is kindly empty, an error when it cannot be read, and older than it looks when it says so', async () => {
    const page = openPage(LIST);
    await until(() => page.text().includes(l.empty));
    const broken = fault('INTERNAL');
    phone.answers['feedback.list'] = broken;
    const other = openPage(LIST);
    await until(() => other.text().includes('r-42'));
    phone.answers['feedback.list'] = ok({ tickets: [ticket()], next: 'c' });
    other.instance['onNotice']?.();
    await until(() => other.text().includes('自习室几点开门？'));
    phone.answers['feedback.list'] = broken;
    await other.instance['load']?.();
    expect(other.text()).toContain('没能更新');
    await other.instance['more']?.();
    expect(other.data['moreFailed']).toBe(true);
    phone.answers['feedback.list'] = ok({ tickets: [ticket({ id: 'ticket-ddddddddddd' })] });
    await other.instance['more']?.();
    expect(inputs('feedback.list').at(-1)).toEqual({ before: 'c' });
    expect(other.data['lines']).toHaveLength(2);
  });
});

it('clearing the phone lets go of drafts', async () => {
  const page = openPage(WRITE);
  type(page, '写了一半');
  page.instance['onHide']?.();
  expect(phone.storage.has('feedback-drafts')).toBe(true);
  openPage('pages/privacy/privacy').instance['onClear']?.();
  await until(() => phone.toasts.length === 1);
  expect(phone.storage.has('feedback-drafts')).toBe(false);
});

it('what a page was about to put away when the phone was cleared does not come back', async () => {
  const page = openPage(WRITE);
  type(page, '写了一半');
  openPage('pages/privacy/privacy').instance['onClear']?.();
  await until(() => phone.toasts.length === 1);
  page.instance['onUnload']?.();
  expect(phone.storage.has('feedback-drafts')).toBe(false);
  // who comes back to it and writes on has a draft again
  page.show();
  type(page, '接着写');
  page.instance['onHide']?.();
  expect(openPage(WRITE).data['text']).toBe('接着写');
});

it.each([
  [1, '10 分钟内'],
  [44, '50 分钟内'],
  [51, '1 小时内'],
  [200, '4 小时内'],
  [36 * 60 + 1, '2 天内'],
])('%d minutes are %s, never sooner than they are', (minutes, said) => {
  expect(durationWords(minutes, words)).toBe(said);
});
