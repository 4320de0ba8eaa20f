import type { OverviewOutput } from '../../../../contracts/onboarding/index';
import { fill } from '../../../i18n/index';
import { clock } from '../../../lib/countdown';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openCardPage, openOnboarding } from '../../../services/navigate';
import { rememberStanding } from '../../../services/onboarding-standing';
import { rememberedPaper } from '../../../services/open-paper';
import { copy, endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { noteOpenPaper } from '../paper/ended-paper';
import type { SaveState } from '../paper/save-queue';
import { rememberProgress } from '../progress';
import { savingOf } from '../saving';
import { serverClock } from '../server-clock';
import { nextStep } from './next-step';
import {
  heroOf,
  hintHere,
  moduleRows,
  NO_HERO,
  NO_PROGRESS,
  NO_STEP,
  progressOf,
  ruleLines,
  stepWords,
  type ModuleRow,
} from './overview-view';

type State = 'loading' | 'ready' | 'unbound' | 'error';

const SECOND_MS = 1_000;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('onboarding'),
    state: 'loading' as State,
    fault: NO_FAULT,
    hero: NO_HERO,
    progress: NO_PROGRESS,
    step: NO_STEP,
    /** Why there is a pause; empty without one */
    pausedText: '',
    rows: [] as ModuleRow[],
    rules: [] as string[],
    campuses: [] as { code: string; name: string }[],
    campus: '',
    choosing: false,
    readerCode: '',
    lastAttemptId: '',
    _overview: null as OverviewOutput | null,
    _timer: 0,
    _shown: false,
    /** Stops looking at the queue that sends answers left over */
    _unwatch: null as (() => void) | null,
    /** What is said of the open paper is what this phone knows */
    _isHere: false,
  },

  methods: {
    onShow() {
      this.data._shown = true;
      if (refreshUi(this, 'onboarding', 'onboarding')) this.show();
      this.showPaperHere();
      void this.load();
    },

    onHide() {
      this.leave();
    },

    onUnload() {
      this.leave();
    },

    leave() {
      this.data._shown = false;
      clearTimeout(this.data._timer);
      this.data._unwatch?.();
      this.data._unwatch = null;
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      const asked = serverClock.asking();
      try {
        const overview = await call('onboarding.overview', {});
        serverClock.heard(overview.now, asked);
        this.data._overview = overview;
        rememberStanding(overview);
        rememberProgress(overview.modules);
        this.data._isHere = false;
        noteOpenPaper(overview);
        this.show();
        if (overview.open !== undefined) this.sendLeftOver(overview.open.attemptId);
      } catch (error) {
        if (asFault(error).code === 'CARD_NOT_BOUND') this.showWithout('unbound');
        else if (this.data.state === 'ready') {
          this.showPaperHere();
          toast(faultNotice(error).title);
        } else {
          this.setData({ fault: faultNotice(error) });
          this.showWithout('error');
        }
      }
    },

    /** Answers that could not be sent when the paper was left; the server counts anew what has arrived. */
    sendLeftOver(attemptId: string) {
      const queue = savingOf(attemptId);
      this.data._unwatch?.();
      this.data._unwatch = null;
      if (Object.keys(queue.unsent).length === 0) return;
      queue.sendNow();
      if (!this.data._shown) return;
      const watcher = {
        show: (state: SaveState) => {
          if (state === 'saved' && Object.keys(queue.unsent).length === 0) void this.load();
        },
        // the paper's page hands it in
        ended: () => undefined,
      };
      this.data._unwatch = () => queue.unwatch(watcher);
      queue.watch(watcher);
    },

    /** While the server cannot be asked: the paper that this phone knows to be open, not what was read before it. */
    showPaperHere() {
      const { _overview: overview } = this.data;
      const open = rememberedPaper();
      if (overview === null || open === undefined || serverClock.until(open.endsAt) === 0) return;
      this.data._overview = { ...overview, open };
      this.data._isHere = true;
      this.show();
    },

    /** The chapters are in the app: they can be read without a card and without a network. */
    showWithout(state: 'unbound' | 'error') {
      this.data._overview = null;
      this.setData({ state, rows: moduleRows([], undefined, texts(), language()) });
    },

    show() {
      const { _overview: overview, state } = this.data;
      if (state === 'unbound' || state === 'error') this.showWithout(state);
      if (overview === null) return;
      const next = nextStep(overview, serverClock.now());
      const all = texts();
      this.setData({
        state: 'ready',
        hero: heroOf(overview, all, language()),
        progress: progressOf(overview, all),
        rows: moduleRows(overview.modules, next, all, language()),
        rules: ruleLines(overview, all, language()),
        pausedText: next.kind === 'paused' ? fill(all.onboarding.pausedText, { n: overview.failures }) : '',
        campuses: overview.campuses ?? [],
        campus: overview.campus ?? '',
        readerCode: overview.readerCode,
        lastAttemptId: overview.lastAttemptId ?? '',
      });
      this.showStep();
    },

    /** The words of the button; every second while something runs out. */
    showStep() {
      const { _overview: overview } = this.data;
      clearTimeout(this.data._timer);
      if (overview === null) return;
      const next = nextStep(overview, serverClock.now());
      const end = next.kind === 'continue' ? overview.open?.endsAt : overview.pausedUntil;
      const runs = next.kind === 'continue' || next.kind === 'paused';
      const time = runs && end !== undefined ? clock(serverClock.until(end)) : '';
      const all = texts();
      const step = stepWords(overview, next, time, all, language());
      if (next.kind === 'continue' && this.data._isHere)
        step.hint = hintHere(overview, serverClock.doubtful ? '' : time, all);
      this.setData({ step });
      if (next.kind !== 'paused' && this.data.pausedText !== '') this.setData({ pausedText: '' });
      if (!runs || !this.data._shown) return;
      this.data._timer = setTimeout(() => this.showStep(), SECOND_MS) as unknown as number;
    },

    onStep() {
      const { target, module } = this.data.step;
      if (target === 'module') openOnboarding('module', { module });
      else if (target !== 'none') openOnboarding(target);
    },

    onModule(event: WechatMiniprogram.BaseEvent<object, { module: string }>) {
      openOnboarding('module', { module: event.currentTarget.dataset.module });
    },

    async onCampus(event: WechatMiniprogram.BaseEvent<object, { code: string }>) {
      const { code } = event.currentTarget.dataset;
      if (this.data.choosing || code === this.data.campus) return;
      this.setData({ choosing: true });
      try {
        await call('onboarding.campus', { campus: code });
        this.setData({ campus: code });
        if (this.data._overview !== null) this.data._overview.campus = code;
        toast(texts().onboarding.campusSaved);
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ choosing: false });
      }
    },

    async onCopyCode() {
      await copy(this.data.readerCode);
    },

    onResult() {
      openOnboarding('result', { attemptId: this.data.lastAttemptId });
    },

    onVerify() {
      openOnboarding('verify');
    },

    onNotice() {
      if (this.data.state === 'unbound') openCardPage('bind');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
