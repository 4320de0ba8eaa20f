import { beforeEach, describe, expect, it } from '@jest/globals';
import { MESSAGE_KINDS } from '../../contracts/messages/kinds';
import { fill } from '../../miniprogram/i18n';
import { messagesWords, say } from '../../miniprogram/packages/messages/words';
import { forgetReminders } from '../../miniprogram/services/ask-to-remind';
import { forgetMessageSettings } from '../../miniprogram/services/message-settings';
import { fakePhone, fault, lost, ok, zh, type Phone } from './support/fake-wx';
import { messageSettings, noTemplates, templateOf } from './support/messages';
import { openPage, until, type Opened } from './support/open-page';

const SETTINGS = 'packages/messages/settings/settings';
const { settings: t } = messagesWords('zh-CN');
let phone: Phone;

beforeEach(() => {
  phone = fakePhone();
  forgetMessageSettings();
  forgetReminders();
});

async function opened(settings = messageSettings()): Promise<Opened> {
  phone.answers['messages.settings'] = ok(settings);
  const page = openPage(SETTINGS);
  await until(() => page.data['state'] === 'ready', page.html);
  return page;
}
const tap = (page: Opened, handler: string, kind: string) =>
  page.instance[handler]?.({ currentTarget: { dataset: { kind } } });
const inputs = (action: string) =>
  phone.calls.filter((call) => call.action === action).map(({ input }) => input);

describe('the settings of messages', () => {
  it('say of each kind what it is, when it comes and how many more are allowed; and the rule of WeChat', async () => {
    const page = await opened(messageSettings({ dueSoon: { credits: 2 } }));
    for (const kind of MESSAGE_KINDS) {
      expect(page.text()).toContain(t.kinds[kind].name);
      expect(page.text()).toContain(t.kinds[kind].when);
    }
    expect(page.text()).toContain(say(t.credits, { n: 2 }));
    expect(page.text()).toContain(t.noCredits);
    expect(page.text()).toContain(t.rule);
    expect(page.text()).toContain(fill(t.quiet, { from: '22:00', until: '08:00' }));
  });

  it('say once for kinds that share their permissions how many there are, and ask once', async () => {
    const page = await opened(
      messageSettings({ recalled: { credits: 2 }, cannotRenew: { credits: 2, on: false } }),
    );
    const names = [t.kinds.recalled.name, t.kinds.cannotRenew.name].join(t.between);
    expect(page.text().split(fill(t.shared, { kinds: names }))).toHaveLength(2);
    expect(page.text().split(say(t.credits, { n: 2 }))).toHaveLength(2);
    expect(page.text().split(t.off)).toHaveLength(2);
    void tap(page, 'onAllow', 'recalled');
    expect(phone.asked).toEqual([[templateOf('recalled')]]);
  });

  it.each(['always', 'session', 'never', 'away', 'noCard'] as const)(
    'say whether the library can be asked: %s',
    async (asking) => {
      const page = await opened(messageSettings({}, { asking }));
      expect(page.text()).toContain(t.asking[asking]);
      expect(page.text().includes(t.notLooked)).toBe(asking === 'always' || asking === 'session');
      expect(page.text().includes(t.bind)).toBe(asking === 'noCard');
    },
  );

  it('say when the library was last asked', async () => {
    const page = await opened(messageSettings({}, { lookedAt: new Date().toISOString() }));
    expect(page.text()).toMatch(/上次看：\d\d:\d\d/);
  });

  it('have WeChat ask for one more within the tap, and show what is allowed then', async () => {
    const page = await opened(messageSettings({ dueSoon: { credits: 2 } }));
    const after = messageSettings({ dueSoon: { credits: 3 } });
    phone.answers['messages.granted'] = ok(after);
    phone.answers['messages.settings'] = ok(after);
    const answer = tap(page, 'onAllow', 'dueSoon');
    expect(phone.asked).toEqual([[templateOf('dueSoon')]]);
    await answer;
    expect(page.text()).toContain(say(t.credits, { n: 3 }));
    expect(inputs('messages.granted')).toMatchObject([{ moment: 'settings' }]);
  });

  it('take a no for a no, and do not send to where the reader is already', async () => {
    const page = await opened(messageSettings());
    phone.answers['messages.granted'] = ok(messageSettings());
    phone.subscription = 'reject';
    await tap(page, 'onAllow', 'dueSoon');
    expect(page.text()).toContain(t.declined);
    expect(page.text()).not.toContain(zh.remind.none);
  });

  it('explain how to switch on in WeChat what was refused there', async () => {
    const page = await opened(messageSettings({ overdue: { refused: true } }));
    expect(page.text()).toContain(t.refused);
    expect(page.text()).toContain(t.openSettingsHint);
    page.tap('.link');
    await until(() => phone.settingsOpened === 1);
  });

  it('explain the same where all messages of the mini program are off', async () => {
    const page = await opened();
    expect(page.text()).not.toContain(t.openSettings);
    phone.subscription = Object.assign(new Error(), { errCode: 20004 });
    await tap(page, 'onAllow', 'overdue');
    expect(page.text()).toContain(zh.remind.switchedOff);
    expect(page.text()).toContain(t.openSettings);
  });

  it('switch a kind off and on', async () => {
    const page = await opened();
    phone.answers['messages.switch'] = ok(messageSettings({ overdue: { on: false } }));
    await tap(page, 'onSwitch', 'overdue');
    expect(inputs('messages.switch')).toEqual([{ kind: 'overdue', on: false }]);
    expect(page.text()).toContain(t.off);
    phone.answers['messages.switch'] = ok(messageSettings());
    await tap(page, 'onSwitch', 'overdue');
    expect(inputs('messages.switch').at(-1)).toEqual({ kind: 'overdue', on: true });
    expect(page.text()).not.toContain(t.off);
  });

  it('read how things stand where nobody knows whether the switch was taken', async () => {
    const page = await opened();
    phone.answers['messages.switch'] = lost;
    phone.answers['messages.settings'] = ok(messageSettings({ overdue: { on: false } }));
    await tap(page, 'onSwitch', 'overdue');
    expect(phone.toasts).toContain(zh.faults.OFFLINE.title);
    expect(page.text()).toContain(t.off);
  });

  it('offer nothing of WeChat where the library has no templates', async () => {
    const page = await opened(noTemplates());
    expect(page.text()).toContain(t.inboxOnly);
    expect(page.find('.allow')).toBeUndefined();
  });

  it('are an error with its number when they cannot be read, and stay when they cannot be read anew', async () => {
    phone.answers['messages.settings'] = fault('INTERNAL');
    const page = openPage(SETTINGS);
    await until(() => page.text().includes('r-42'));
    phone.answers['messages.settings'] = ok(messageSettings());
    page.instance['onNotice']?.();
    await until(() => page.text().includes(t.rule));
    phone.answers['messages.settings'] = fault('INTERNAL');
    await page.instance['onPullDownRefresh']?.();
    expect(page.text()).toContain(t.rule);
    expect(phone.toasts).toEqual([t.stale]);
  });
});
