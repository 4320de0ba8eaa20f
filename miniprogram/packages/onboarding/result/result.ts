import type { ResultOutput } from '../../../../contracts/onboarding/index';
import { fill } from '../../../i18n/index';
import { momentText } from '../../../lib/dates';
import { asFault, call } from '../../../services/api';
import { NO_FAULT } from '../../../services/fault-notice';
import { forgetAnswers, keptAnswers } from '../../../services/kept-answers';
import {
  backToOnboarding,
  openCardPage,
  openOnboarding,
  queryText,
  replaceWithOnboarding,
} from '../../../services/navigate';
import { readStanding } from '../../../services/onboarding-standing';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { resultFault } from './result-fault';
import { NO_RESULT, resultView } from './result-view';

type State = 'loading' | 'ready' | 'unbound' | 'error';

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('result'),
    bindWords: texts().onboarding,
    state: 'loading' as State,
    fault: NO_FAULT,
    result: NO_RESULT,
    pausedWords: '',
    /** It was handed in by itself */
    overWords: '',
    lostWords: '',
    _over: false,
    hasAgain: false,
    againWords: '',
    /** What the pass opens is not open yet: a message can tell when it is */
    isUnlocking: false,
    _id: '',
    _result: null as ResultOutput | null,
    /** Answers that came when the time was over */
    _lost: 0,
  },

  methods: {
    onLoad(query: { attemptId?: string; over?: string }) {
      this.data._id = queryText(query.attemptId);
      this.data._over = query.over === '1';
      void this.load();
    },

    onShow() {
      // a card may have been bound meanwhile
      if (this.data.state === 'unbound') void this.load();
      if (!refreshUi(this, 'result', 'result')) return;
      this.setData({ bindWords: texts().onboarding });
      this.show();
    },

    async load() {
      const { _id: attemptId } = this.data;
      try {
        this.data._result = await call('onboarding.result', { attemptId });
        this.data._lost = Object.keys(keptAnswers(attemptId)).length;
        if (this.data._lost > 0) forgetAnswers();
        this.show();
        if (this.data._result.passed) await this.learnUnlocking();
      } catch (error) {
        if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
        else this.setData({ state: 'error', fault: resultFault(error, texts()) });
      }
    },

    async learnUnlocking() {
      try {
        const { pass } = await readStanding();
        this.setData({ isUnlocking: pass?.unlock === 'unlocking' });
      } catch {
        // Nothing is offered where it is not known.
        return;
      }
    },

    show() {
      const { _result: result, _lost: lost, _over: over } = this.data;
      if (result === null) return;
      const { result: t } = texts();
      const { pausedUntil, failures } = result;
      this.setData({
        state: 'ready',
        result: resultView(result, texts(), language()),
        hasAgain: !result.passed && result.modules.some(({ again }) => again),
        againWords: result.mustRead ? t.retryAfter : t.retryBetter,
        pausedWords:
          pausedUntil === undefined
            ? ''
            : fill(t.pausedFor, { n: failures, time: momentText(pausedUntil, language()) }),
        overWords: over ? t.over : '',
        lostWords: lost === 0 ? '' : fill(t.lost, { n: lost }),
      });
    },

    onModule(event: WechatMiniprogram.BaseEvent<object, { module: string }>) {
      openOnboarding('module', { module: event.currentTarget.dataset.module });
    },

    onCertificate() {
      replaceWithOnboarding('certificate');
    },

    onOverview() {
      backToOnboarding();
    },

    onNotice() {
      if (this.data.state === 'unbound') openCardPage('bind');
      else if (this.data.fault.action === this.data.t.overview) backToOnboarding();
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
