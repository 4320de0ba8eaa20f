import { beforeEach, describe, expect, it } from '@jest/globals';
import * as contract from '../../contracts/messages/kinds';
import * as feedbackContract from '../../contracts/feedback';
import { MAX_QUESTION_TEXT } from '../../contracts/ask';
import { fill } from '../../miniprogram/i18n';
import { forgetReminders } from '../../miniprogram/services/ask-to-remind';
import { deskChanged } from '../../miniprogram/services/desk-changes';
import * as limits from '../../miniprogram/services/feedback-limits';
import { forgetMessageSettings } from '../../miniprogram/services/message-settings';
import * as app from '../../miniprogram/services/prompt-moments';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { messageSettings, noTemplates, templateOf } from './support/messages';
import { open, turn, until, type Opened } from './support/open-page';

const { remind: t } = zh;
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetMessageSettings();
  forgetReminders();
});

/** The offer of a moment, once it knows whether there is one. */
async function offer(moment: string): Promise<Opened> {
  const shown = open('components/remind-offer/remind-offer', { moment });
  await rest();
  return shown;
}
/** Until nothing more happens by itself. */
async function rest(): Promise<void> {
  for (let n = 0; n < 10; n++) await turn();
}
const granted = () =>
  phone.calls.filter(({ action }) => action === 'messages.granted').map(({ input }) => input);

describe('what the app has of the contracts', () => {
  it('is what the contracts say', () => {
    expect(app.PROMPTS).toEqual(contract.PROMPTS);
    expect(app.MOST_TEMPLATES_ASKED).toBe(contract.MOST_TEMPLATES_ASKED);
    const { MAX_READER_ENTRIES, MAX_FEEDBACK_TEXT, MAX_PICTURES, MAX_PICTURE_BYTES } = feedbackContract;
    expect({ ...limits }).toEqual({
      MAX_READER_ENTRIES,
      MAX_FEEDBACK_TEXT,
      MAX_PICTURES,
      MAX_PICTURE_BYTES,
      MAX_QUESTION_TEXT,
    });
  });
});

describe('an offer to be reminded', () => {
  it('has WeChat ask within the tap, for no more than what the moment is about, and tells what was said once', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings({ dueSoon: { credits: 1 } }));
    const shown = await offer('renewed');
    expect(shown.text()).toContain(t.moments.renewed);
    // WeChat asks nothing when anything was awaited before: it is asked when the call returns
    const answer = shown.instance['onYes']?.();
    const templates = [templateOf('dueSoon'), templateOf('recalled')];
    expect(phone.asked.map((ids) => [...ids].sort())).toEqual([templates.sort()]);
    await answer;
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(granted()).toEqual([
      {
        moment: 'renewed',
        language: 'zh-CN',
        answers: phone.asked[0]!.map((template) => ({ template, answer: 'accept' })),
        requestId: expect.stringMatching(/^[\w-]{8,64}$/),
      },
    ]);
    expect(shown.text()).toContain(t.kinds.dueSoon);
    expect(shown.text()).toContain(t.kinds.cannotRenew);
  });

  it('asks for three templates at most', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    for (const moment of Object.keys(contract.PROMPTS)) {
      const shown = await offer(moment);
      shown.tap('.yes');
      await until(() => shown.data['state'] === 'told', shown.html);
      expect(new Set(phone.asked.at(-1)).size).toBe(phone.asked.at(-1)!.length);
    }
    for (const templates of phone.asked) expect(templates.length).toBeLessThanOrEqual(3);
    expect(phone.asked).toHaveLength(7);
  });

  it.each([
    ['no template is set up', noTemplates()],
    ['all is allowed already', messageSettings({ backOnShelf: { credits: 1 } })],
    ['the kind is switched off', messageSettings({ backOnShelf: { on: false } })],
    ['WeChat would say no by itself', messageSettings({ backOnShelf: { refused: true } })],
  ])('is not there where %s', async (_why, settings) => {
    phone.answers['messages.settings'] = ok(settings);
    const shown = await offer('watched');
    expect(shown.text()).toBe('');
  });

  it.each(['never', 'noCard', 'away'] as const)(
    'is not there where nobody can find out about loans (%s), but for what is no matter of loans',
    async (asking) => {
      phone.answers['messages.settings'] = ok(messageSettings({}, { asking }));
      expect((await offer('loans')).text()).toBe('');
      expect((await offer('holdPlaced')).text()).toBe('');
      expect((await offer('watched')).text()).toContain(t.moments.watched);
      expect((await offer('feedbackSent')).text()).toContain(t.moments.feedbackSent);
    },
  );

  it('is not there when it cannot be known', async () => {
    phone.answers['messages.settings'] = fault('INTERNAL');
    expect((await offer('loans')).text()).toBe('');
  });

  it('asks only for what is not allowed yet', async () => {
    phone.answers['messages.settings'] = ok(messageSettings({ overdue: { credits: 2 } }));
    const shown = await offer('loans');
    shown.tap('.yes');
    await until(() => phone.asked.length === 1);
    expect([...phone.asked[0]!].sort()).toEqual([templateOf('dueSoon'), templateOf('recalled')].sort());
  });

  it('is not there where what its words promise is allowed already, or cannot be', async () => {
    for (const dueSoon of [{ credits: 2 }, { on: false }, { refused: true }]) {
      phone.answers['messages.settings'] = ok(messageSettings({ dueSoon }));
      forgetMessageSettings();
      expect((await offer('loans')).text()).toBe('');
    }
  });

  it('leaves alone whoever does not want it', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    const shown = await offer('loans');
    shown.tap('.quiet');
    await rest();
    expect(shown.text()).toBe('');
    expect(phone.asked).toEqual([]);
    expect((await offer('loans')).text()).toBe('');
    expect((await offer('watched')).text()).toContain(t.moments.watched);
  });

  it('takes a no to WeChat for a no', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings());
    phone.subscription = 'reject';
    const shown = await offer('watched');
    shown.tap('.yes');
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(shown.text()).toBe(t.none);
    expect(granted()).toMatchObject([{ answers: [{ answer: 'reject' }] }]);
    expect((await offer('watched')).text()).toBe('');
  });

  it('counts an acceptance with a sound as one', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings({ backOnShelf: { credits: 1 } }));
    phone.subscription = 'acceptWithAudio';
    const shown = await offer('watched');
    shown.tap('.yes');
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(granted()).toMatchObject([{ answers: [{ answer: 'accept' }] }]);
    expect(shown.text()).toBe(fill(t.allowedOne, { kinds: t.kinds.backOnShelf }));
  });

  it('says how WeChat’s messages are switched on where they are off', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.subscription = Object.assign(new Error(), { errCode: 20004 });
    const shown = await offer('watched');
    shown.tap('.yes');
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(shown.text()).toContain(t.switchedOff);
    shown.tap('.link');
    await until(() => phone.settingsOpened > 0);
    expect(phone.settingsOpened).toBe(1);
    expect(granted()).toEqual([]);
  });

  it.each([
    ['WeChat could not ask', Object.assign(new Error(), { errCode: 10002 }), t.failed],
    ['the template is barred', 'ban', t.banned],
    ['the template is hidden behind another', 'filter', t.banned],
  ])('is honest where %s', async (_why, answer, words) => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings());
    phone.subscription = answer;
    const shown = await offer('watched');
    shown.tap('.yes');
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(shown.text()).toBe(words);
  });

  it('keeps what our function could not be told, and tells it under the same request id later', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    phone.answers['messages.granted'] = lost;
    const shown = await offer('watched');
    shown.tap('.yes');
    await until(() => shown.data['state'] === 'told', shown.html);
    expect(shown.text()).toBe(t.unreported);
    phone.answers['messages.granted'] = ok(messageSettings({ backOnShelf: { credits: 1 } }));
    const told = granted().length;
    await offer('watched');
    await until(() => granted().length > told);
    expect(new Set(granted().map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('reads once what all offers are made from, and again after the card has changed', async () => {
    phone.answers['messages.settings'] = ok(messageSettings());
    const asked = () => phone.calls.filter(({ action }) => action === 'messages.settings').length;
    await offer('loans');
    await offer('watched');
    expect(asked()).toBe(1);
    deskChanged();
    await offer('loans');
    expect(asked()).toBe(2);
  });
});
