import type { BindOutput, SignInMethod, SignInStart } from '../../../../contracts/cards';
import { fill } from '../../../i18n/index';
import { clock } from '../../../lib/countdown';
import { momentText } from '../../../lib/dates';
import { cleanCardNumber } from '../../../lib/half-width';
import { asFault, call } from '../../../services/api';
import { keepPass } from '../../../services/card-pass';
import { CONSENT_VERSION } from '../../../services/consent';
import { denialWords, type DenialWords } from '../../../services/denial-words';
import { deskChanged } from '../../../services/desk-changes';
import { faultNotice, NO_FAULT, type FaultNotice } from '../../../services/fault-notice';
import { goBack, replaceWithCardPage } from '../../../services/navigate';
import { copy, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import {
  answersFor,
  cleanAnswers,
  firstEmpty,
  formFields,
  METHOD_ORDER,
  NO_ANSWERS,
  type FieldName,
  type FormField,
} from './sign-in-form';

type State = 'consent' | 'loading' | 'form' | 'error' | 'absent';

const consentWords = () => fill(texts().bind.consentVersion, { n: CONSENT_VERSION });

/**
 * Binds a library card: the consent text, then what the library asks for.
 *
 * Single sign-on: a `web-view` shows only domains that the mini program's owner has registered with WeChat
 * and proved by a file on their server, which a university's sign-on page seldom is. So the reader copies
 * its address into the browser and pastes the ticket that the page shows at the end; this works everywhere.
 */
Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('bind'),
    state: 'consent' as State,
    consentWords: consentWords(),
    fault: NO_FAULT as FaultNotice,
    methods: [] as { key: SignInMethod; name: string }[],
    method: 'pin' as SignInMethod,
    fields: [] as FormField[],
    captchaImage: '',
    ssoUrl: '',
    /** What was typed: in memory while the page is open, never in storage. */
    answers: NO_ANSWERS,
    busy: false,
    refusal: null as DenialWords | null,
    /** Time until the next try; empty when one may try now */
    countdown: '',
    elsewhere: '',
    _start: null as SignInStart | null,
    /** The card number of the last refusal */
    _refused: '',
    _retryAt: 0,
    _timer: 0,
    _closed: false,
  },

  methods: {
    onShow() {
      if (!refreshUi(this, 'bind', 'bind')) return;
      this.setData({ consentWords: consentWords() });
      if (this.data._start !== null) this.showForm(this.data._start);
    },

    onUnload() {
      this.data._closed = true;
      clearInterval(this.data._timer);
      this.setData({ answers: NO_ANSWERS });
    },

    onDisagree() {
      goBack();
    },

    onAgree() {
      void this.load();
    },

    async load() {
      this.setData({ state: 'loading' });
      try {
        const { methods, consentVersion } = await call('cards.methods', {});
        if (consentVersion !== CONSENT_VERSION) {
          const { outdated: title, outdatedHint: hint } = texts().bind;
          this.setData({ state: 'absent', fault: { ...NO_FAULT, title, hint } });
          return;
        }
        const { methods: names } = texts().bind;
        const offered = METHOD_ORDER.filter((method) => methods.includes(method));
        this.setData({ methods: offered.map((key) => ({ key, name: names[key] })) });
        const [first] = offered;
        if (first === undefined) this.showAbsent();
        else await this.start(first);
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.showAbsent();
        else this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    showAbsent() {
      const { noMethods: title, noMethodsHint: hint } = texts().bind;
      this.setData({ state: 'absent', fault: { ...NO_FAULT, title, hint } });
    },

    async start(method: SignInMethod) {
      this.setData({ method });
      this.dropRefusal();
      try {
        this.showForm(await call('cards.start', { method }));
      } catch (error) {
        this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    showForm(start: SignInStart) {
      this.data._start = start;
      this.setData({
        state: 'form',
        fields: formFields(start, texts().bind, language()),
        captchaImage: start.kind === 'captcha' ? start.captchaImage : '',
        ssoUrl: start.kind === 'sso' ? start.ssoUrl : '',
      });
    },

    onMethod(event: WechatMiniprogram.BaseEvent<object, { key: SignInMethod }>) {
      this.setData({ elsewhere: '' });
      void this.start(event.currentTarget.dataset.key);
    },

    onOtherPicture() {
      this.setData({ 'answers.captcha': '' });
      void this.start(this.data.method);
    },

    async onCopyAddress() {
      await copy(this.data.ssoUrl);
    },

    onInput(event: WechatMiniprogram.Input<{ name: FieldName }>) {
      const { name } = event.currentTarget.dataset;
      const { value } = event.detail;
      // What one card must wait for, another need not; the function knows the rest.
      if (name === 'cardNumber' && cleanCardNumber(value) !== this.data._refused) this.waitNoMore();
      this.setData({ [`answers.${name}`]: value });
      this.dropRefusal();
    },

    /** While one must wait, the reason stays with the countdown. */
    dropRefusal() {
      if (this.data.countdown === '') this.setData({ refusal: null });
    },

    waitNoMore() {
      this.setData({ countdown: '' });
      this.waitUntil(undefined);
    },

    async onSubmit() {
      const { fields, answers, busy, countdown } = this.data;
      if (busy || countdown !== '') return;
      const clean = cleanAnswers(answers);
      const missing = firstEmpty(fields, clean);
      if (missing !== undefined) {
        toast(fill(texts().bind.missing, { field: missing.label }));
        return;
      }
      this.setData({ busy: true, refusal: null, answers: clean });
      try {
        await this.showAnswer(await this.bind());
      } catch (error) {
        const { title, hint, note } = faultNotice(error);
        this.setData({ refusal: { title, hint, quote: note } });
        if (!this.data._closed) await this.renewStart();
      } finally {
        this.setData({ busy: false });
      }
    },

    bind(): Promise<BindOutput> {
      const { method, fields, answers, elsewhere, _start: start } = this.data;
      return call('cards.bind', {
        method,
        answers: answersFor(fields, answers),
        consentVersion: CONSENT_VERSION,
        ...(start !== null && 'state' in start ? { state: start.state } : {}),
        ...(elsewhere === '' ? {} : { replace: true }),
      });
    },

    async showAnswer(answer: BindOutput) {
      if ('card' in answer) {
        await this.finish();
        return;
      }
      if ('elsewhere' in answer) {
        const time = momentText(answer.elsewhere.boundAt, language());
        this.setData({ elsewhere: fill(texts().bind.elsewhereText, { time }) });
      } else {
        this.data._refused = this.data.answers.cardNumber;
        this.waitUntil(answer.denied.retryAt);
        const words = denialWords(answer.denied);
        // After the last try that is left, the way on is to wait.
        const waits = this.data.countdown !== '' && answer.denied.code === 'BAD_PIN';
        const hint = waits ? texts().denials.TOO_MANY_ATTEMPTS.hint : words.hint;
        // Elsewhere it means that the library's own page must be used; here it is just answered anew.
        const wrongPicture = answer.denied.code === 'NEED_CAPTCHA';
        this.setData({ refusal: { ...words, hint, ...(wrongPicture ? texts().bind.wrongCaptcha : {}) } });
      }
      await this.renewStart();
    },

    /** The PIN is typed anew for every try, and pictures and tickets are good for one. */
    async renewStart() {
      this.setData({ 'answers.pin': '', 'answers.captcha': '', 'answers.ticket': '' });
      const { method, refusal } = this.data;
      if (method === 'pin') return;
      await this.start(method);
      this.setData({ refusal });
    },

    waitUntil(retryAt: string | undefined) {
      this.data._retryAt = retryAt === undefined ? 0 : Date.parse(retryAt);
      clearInterval(this.data._timer);
      if (this.showCountdown()) this.data._timer = setInterval(() => void this.showCountdown(), 1_000);
    },

    /** @returns whether one must still wait */
    showCountdown(): boolean {
      const left = this.data._retryAt - Date.now();
      const countdown = left > 0 ? fill(texts().bind.countdown, { time: clock(left) }) : '';
      if (countdown === '') clearInterval(this.data._timer);
      if (countdown === '' && this.data.countdown !== '')
        this.setData({ countdown, refusal: { title: texts().bind.waitOver, hint: '', quote: '' } });
      else this.setData({ countdown });
      return left > 0;
    },

    async finish() {
      this.setData({ answers: NO_ANSWERS });
      deskChanged();
      try {
        keepPass(await call('cards.pass', {}));
      } catch {
        // The card page reads it again; the binding itself is done.
      }
      toast(texts().bind.done);
      replaceWithCardPage('card');
    },

    onRetry() {
      void this.load();
    },
  },
});
