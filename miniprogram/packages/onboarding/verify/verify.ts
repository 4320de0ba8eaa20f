import { fill } from '../../../i18n/index';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { onboardingUrl, queryText } from '../../../services/navigate';
import { callPublic } from '../../../services/public-api';
import { refreshUi, texts, ui } from '../../../services/ui';
import { cleanCode, groupCode, isCode } from './certificate-code';

type State = 'asking' | 'checking' | 'malformed' | 'valid' | 'invalid' | 'error';

/** For whoever holds a certificate: it asks for no card, and tells no more than whether, and of which year. */
Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('verify'),
    state: 'asking' as State,
    fault: NO_FAULT,
    code: '',
    heading: '',
    words: '',
    _year: 0,
  },

  methods: {
    onLoad(query: { code?: string }) {
      const code = cleanCode(queryText(query.code));
      if (code === '') return;
      this.setData({ code: groupCode(code) });
      void this.check();
    },

    onShow() {
      if (refreshUi(this, 'verify', 'verify')) this.say(this.data.state);
    },

    onInput(event: WechatMiniprogram.Input) {
      this.setData({ code: event.detail.value });
      if (this.data.state !== 'checking') this.say('asking');
    },

    async check() {
      if (this.data.state === 'checking') return;
      const code = cleanCode(this.data.code);
      if (!isCode(code)) {
        this.say('malformed');
        return;
      }
      this.setData({ code: groupCode(code) });
      this.say('checking');
      try {
        const { valid, year = 0 } = await callPublic('onboarding.verify', { code });
        this.data._year = year;
        this.say(valid ? 'valid' : 'invalid');
      } catch (error) {
        this.setData({ fault: faultNotice(error) });
        this.say('error');
      }
    },

    say(state: State) {
      const { verify: t } = texts();
      const words: Record<State, [string, string]> = {
        asking: ['', ''],
        checking: [t.checking, ''],
        malformed: [t.malformed, t.malformedText],
        valid: [t.valid, fill(t.validText, { year: this.data._year })],
        invalid: [t.invalid, t.invalidText],
        error: ['', ''],
      };
      this.setData({ state, heading: words[state][0], words: words[state][1] });
    },

    onCheck() {
      void this.check();
    },

    onShareAppMessage() {
      return { title: texts().nav.verify, path: onboardingUrl('verify') };
    },
  },
});
