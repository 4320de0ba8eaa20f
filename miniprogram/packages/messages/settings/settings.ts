import type { MessageSettingsOutput } from '../../../../contracts/messages/actions';
import type { MessageKind } from '../../../../contracts/messages/kinds';
import { askedWords } from '../../../components/remind-offer/asked-words';
import { asFault, call } from '../../../services/api';
import { askToRemind, offerFor } from '../../../services/ask-to-remind';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { readMessageSettingsAnew, rememberMessageSettings } from '../../../services/message-settings';
import { openCardPage } from '../../../services/navigate';
import { endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { openSubscriptionSettings } from '../../../services/subscriptions';
import { texts } from '../../../services/ui';
import { messagesUi, refreshMessagesUi } from '../messages-ui';
import { messagesWords } from '../words/index';
import { NO_SETTINGS, settingsView } from './settings-view';

type State = 'loading' | 'ready' | 'error';
type Tap = WechatMiniprogram.BaseEvent<object, { kind: MessageKind }>;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...messagesUi('settings'),
    state: 'loading' as State,
    fault: NO_FAULT,
    view: NO_SETTINGS,
    /** What WeChat said last, and under which kinds that stands: their first */
    told: '',
    toldAt: '' as MessageKind | '',
    canOpenSettings: false,
    working: false,
    asking: false,
    _settings: null as MessageSettingsOutput | null,
  },

  methods: {
    onShow() {
      if (refreshMessagesUi(this, 'settings')) this.show();
      // something may have been changed in WeChat's own settings, or a card been bound
      if (!this.data.asking) void this.load();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      try {
        this.begin(await readMessageSettingsAnew());
      } catch (error) {
        if (this.data._settings === null) this.setData({ state: 'error', fault: faultNotice(error) });
        else toast(messagesWords(language()).settings.stale);
      }
    },

    begin(settings: MessageSettingsOutput) {
      this.data._settings = settings;
      rememberMessageSettings(settings);
      this.show();
    },

    show() {
      const settings = this.data._settings;
      if (settings === null) return;
      this.setData({
        state: 'ready',
        view: settingsView(settings, messagesWords(language()), language()),
      });
    },

    async onSwitch(event: Tap) {
      const { kind } = event.currentTarget.dataset;
      const on = this.data._settings?.kinds.find((one) => one.kind === kind)?.on !== true;
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        this.begin(await call('messages.switch', { kind, on }));
      } catch (error) {
        toast(faultNotice(error).title);
        // shown as it was: whether it was changed is not known
        if (asFault(error).retryable) await this.load();
      } finally {
        this.setData({ working: false });
      }
    },

    /** WeChat asks only within the tap: nothing may be awaited before. */
    async onAllow(event: Tap) {
      const { kind } = event.currentTarget.dataset;
      const pools = this.data.view.groups.flatMap((group) => group.pools);
      const asks = pools.find(({ key }) => key === kind)?.asks ?? [];
      const offer = offerFor(asks, 'settings', this.data._settings ?? undefined);
      if (offer === undefined || this.data.asking) return;
      const answer = askToRemind(offer);
      this.setData({ asking: true, told: '', toldAt: '' });
      const asked = await answer;
      const { words, settings: canOpenSettings } = askedWords(asked, texts());
      this.setData({
        asking: false,
        told: asked.kind === 'none' ? this.data.t.declined : words,
        toldAt: kind,
        canOpenSettings,
      });
      await this.load();
    },

    onOpenSettings() {
      void openSubscriptionSettings();
    },

    onBind() {
      openCardPage('bind');
    },

    onNotice() {
      this.setData({ state: 'loading' });
      void this.load();
    },
  },
});
