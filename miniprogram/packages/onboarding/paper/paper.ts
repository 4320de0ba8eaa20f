import type { OverviewOutput, Paper } from '../../../../contracts/onboarding/index';
import { fill } from '../../../i18n/index';
import { clock } from '../../../lib/countdown';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { backToOnboarding, openCardPage, replaceWithOnboarding } from '../../../services/navigate';
import { rememberPaper } from '../../../services/open-paper';
import { confirm, onBackOnline, onKey, scrollToTop, tell } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { nextStep } from '../overview/next-step';
import { ruleLines } from '../overview/overview-view';
import { savingOf } from '../saving';
import { serverClock } from '../server-clock';
import { choose, move } from './choose';
import { endedPaper, type EndedPaper } from './ended-paper';
import { handIn } from './hand-in';
import { paperFault } from './paper-fault';
import { cells, itemView, NO_ITEM, type Cell } from './paper-view';
import { NO_REFUSAL, refusalView, type Refusal } from './refusal-view';
import type { SaveQueue, SaveState } from './save-queue';
import { watchTime } from './watch-time';

type State = 'loading' | 'intro' | 'starting' | 'refused' | 'open' | 'over' | 'ended' | 'unbound' | 'error';

/** A paper with less left is not opened any more: it could end on the way, and a new one would begin, ms. */
const WORTH_OPENING_MS = 3_000;
/** How often it is tried again to hand in a paper whose time is over, ms. */
const HAND_IN_AGAIN_MS = 10_000;
const SOON_MS = 300_000;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('paper'),
    bindWords: texts().onboarding,
    state: 'loading' as State,
    fault: NO_FAULT,
    rules: [] as string[],
    ...NO_REFUSAL,
    item: NO_ITEM,
    at: 0,
    of: 0,
    answered: 0,
    time: '',
    isSoon: false,
    warning: '',
    save: 'saved' as SaveState,
    saveWords: '',
    sheet: false,
    sheetWords: '',
    cells: [] as Cell[],
    handing: false,
    overTitle: '',
    overText: '',
    _paper: null as Paper | null,
    _queue: null as SaveQueue | null,
    _stops: [] as (() => void)[],
    _asking: false,
    _shown: false,
    _again: 0,
    _ended: null as EndedPaper | null,
    _stopRetry: null as (() => void) | null,
  },

  methods: {
    onLoad() {
      void this.load();
    },

    onShow() {
      const changed = refreshUi(this, 'paper', 'paper');
      if (changed) this.setData({ bindWords: texts().onboarding });
      const returned = !this.data._shown && this.data._paper !== null;
      this.data._shown = true;
      // a card may have been bound meanwhile
      if (this.data.state === 'unbound') void this.load();
      this.data._stopRetry?.();
      this.data._stopRetry = onBackOnline(() => this.retry());
      this.retry();
      if (this.data._paper === null) return;
      if (changed) this.showItem();
      this.watch();
      if (returned && this.data.state === 'open') void this.askTime();
    },

    onHide() {
      this.leave();
    },

    onUnload() {
      this.leave();
    },

    leave() {
      this.data._shown = false;
      clearTimeout(this.data._again);
      for (const stop of this.data._stops.splice(0)) stop();
      this.data._stopRetry?.();
      this.data._stopRetry = null;
    },

    /** What could not be read is asked for again once there may be an answer. */
    retry() {
      if (this.data.state !== 'error') return;
      this.setData({ state: 'loading' });
      void this.load();
    },

    /** Goes on with an open paper; a new one begins only when the reader says so. */
    async load() {
      try {
        const overview = await this.readOverview();
        const next = nextStep(overview, serverClock.now());
        const ended = await endedPaper(overview);
        const { open, pausedUntil } = overview;
        if (open !== undefined && serverClock.until(open.endsAt) > WORTH_OPENING_MS) await this.begin();
        else if (ended !== undefined) this.showEnded(ended);
        else if (next.kind === 'passed') this.showRefusal({ refused: 'PASSED' });
        else if (next.kind === 'paused') this.showRefusal({ refused: 'PAUSED', until: pausedUntil });
        else if (next.kind === 'closed') this.showRefusal({ refused: 'CLOSED' });
        else if (next.kind === 'read') this.showRefusal({ refused: 'READ_FIRST', modules: next.modules });
        else this.setData({ state: 'intro', rules: ruleLines(overview, texts(), language()) });
      } catch (error) {
        this.showFailure(error);
      }
    },

    async readOverview(): Promise<OverviewOutput> {
      const asked = serverClock.asking();
      const overview = await call('onboarding.overview', {});
      serverClock.heard(overview.now, asked);
      return overview;
    },

    showFailure(error: unknown) {
      if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
      else this.setData({ state: 'error', fault: paperFault(error, texts()) });
    },

    showEnded(ended: EndedPaper) {
      this.data._ended = ended;
      const { paper: t } = texts();
      const words = ended.isOver ? { overTitle: t.over, overText: t.overAway } : { overTitle: t.handedIn };
      this.setData({ state: 'ended', overText: '', ...words });
    },

    async onStart() {
      if (this.data.state !== 'intro') return;
      try {
        await this.begin();
      } catch (error) {
        this.setData({ state: 'intro' });
        const { title, hint } = faultNotice(error);
        await tell(hint, texts().common.ok, title);
      }
    },

    async begin() {
      this.setData({ state: 'starting' });
      const asked = serverClock.asking();
      const answer = await call('onboarding.begin', {});
      if ('refused' in answer) {
        this.showRefusal(answer);
        return;
      }
      serverClock.heard(answer.paper.now, asked);
      this.open(answer.paper);
    },

    showRefusal(refusal: Refusal) {
      this.setData({ state: 'refused', ...refusalView(refusal, texts(), language()) });
    },

    open(paper: Paper) {
      const queue = savingOf(paper.attemptId);
      this.data._paper = paper;
      this.data._queue = queue;
      paper.answers = { ...paper.answers, ...queue.unsent };
      const first = cells(paper, paper.answers, 0, texts()).findIndex(({ answered }) => !answered);
      this.setData({ state: 'open', at: Math.max(first, 0), of: paper.items.length });
      this.showItem();
      this.watch();
      queue.sendNow();
    },

    /** Time, network, keys and saving, while the page is shown. */
    watch() {
      const { _paper: paper, _queue: queue, _stops: stops } = this.data;
      for (const stop of stops.splice(0)) stop();
      if (paper === null || queue === null || !this.data._shown) return;
      const watcher = {
        show: (state: SaveState) => this.showSaving(state),
        ended: () => void this.finish(),
      };
      stops.push(
        () => queue.unwatch(watcher),
        onBackOnline(() => {
          queue.sendNow();
          if (this.data.state === 'over') void this.finish();
        }),
        onKey((key) => this.onKeyDown(key)),
      );
      if (this.data.state === 'open')
        stops.push(
          watchTime(() => paper.endsAt, {
            show: (left) => this.setData({ time: clock(left), isSoon: left <= SOON_MS }),
            warn: (minutes) => this.warn(minutes),
            ask: () => void this.askTime(),
          }),
        );
      queue.watch(watcher);
    },

    warn(minutes: number) {
      const { paper: t } = texts();
      this.setData({ warning: minutes === 1 ? t.warnOne : fill(t.warn, { n: minutes }) });
    },

    /** Only the server says when the time is over. */
    async askTime() {
      const { _paper: paper, _asking: asking, state } = this.data;
      if (paper === null || asking || state !== 'open') return;
      this.data._asking = true;
      try {
        if (!(await this.hasTime(paper))) await this.finish(true);
      } catch {
        // Not heard: while time seems left one goes on, afterwards what is saved is safe.
        if (serverClock.until(paper.endsAt) === 0) await this.finish();
      } finally {
        this.data._asking = false;
      }
    },

    /** Asks the server, for staff may have given more than this phone knows of. */
    async hasTime(paper: Paper): Promise<boolean> {
      const { open } = await this.readOverview();
      if (open?.attemptId !== paper.attemptId || serverClock.until(open.endsAt) === 0) return false;
      paper.endsAt = open.endsAt;
      rememberPaper({ ...open, answered: this.data.answered });
      return true;
    },

    showItem() {
      const { _paper: paper, at } = this.data;
      if (paper === null) return;
      const sheet = cells(paper, paper.answers, at, texts());
      const answered = sheet.filter((cell) => cell.answered).length;
      rememberPaper({ attemptId: paper.attemptId, endsAt: paper.endsAt, answered });
      this.setData({
        item: itemView(paper, at, paper.answers[at] ?? [], texts(), language()),
        cells: sheet,
        answered,
        sheetWords: fill(texts().paper.sheetCount, { n: answered, of: sheet.length }),
      });
      this.showSaving(this.data.save);
    },

    showSaving(save: SaveState) {
      const { paper: t } = texts();
      const waiting = Object.keys(this.data._queue?.unsent ?? {}).length;
      const words = { saved: t.saved, saving: t.saving, unsaved: fill(t.unsaved, { n: waiting }) };
      const untouched = Object.keys(this.data._paper?.answers ?? {}).length === 0;
      this.setData({ save, saveWords: save === 'saved' && untouched ? '' : words[save] });
    },

    onOption(event: WechatMiniprogram.BaseEvent<object, { place: number }>) {
      this.choose(event.currentTarget.dataset.place);
    },

    choose(place: number) {
      const { _paper: paper, at } = this.data;
      const item = paper?.items[at];
      if (paper === null || item?.options[place] === undefined) return;
      this.answer(choose(item.type, paper.answers[at] ?? [], place));
    },

    onMove(event: WechatMiniprogram.BaseEvent<object, { place: number; by: -1 | 1 }>) {
      const { place, by } = event.currentTarget.dataset;
      this.answer(move(this.data._paper?.answers[this.data.at] ?? [], place, by));
    },

    answer(choice: number[]) {
      const { _paper: paper, _queue: queue, at, state, handing } = this.data;
      if (paper === null || queue === null || state !== 'open' || handing) return;
      paper.answers[at] = choice;
      queue.put(at, choice);
      this.showItem();
    },

    onKeyDown(key: string) {
      if (this.data.sheet || this.data.state !== 'open') return;
      if (key === 'ArrowRight') this.goTo(this.data.at + 1);
      else if (key === 'ArrowLeft') this.goTo(this.data.at - 1);
      else if (/^[1-6]$/.test(key)) this.choose(Number(key) - 1);
    },

    onPrevious() {
      this.goTo(this.data.at - 1);
    },

    onNext() {
      this.goTo(this.data.at + 1);
    },

    onCell(event: WechatMiniprogram.BaseEvent<object, { at: number }>) {
      this.setData({ sheet: false });
      this.goTo(event.currentTarget.dataset.at);
    },

    goTo(at: number) {
      if (at < 0 || at >= this.data.of) return;
      this.setData({ at, warning: '' });
      this.showItem();
      scrollToTop();
    },

    onSheet() {
      this.setData({ sheet: true });
    },

    onCloseSheet() {
      this.setData({ sheet: false });
    },

    onSendNow() {
      this.data._queue?.sendNow();
    },

    async onHandIn() {
      const { of, answered, handing, state, _paper: paper, _queue: queue } = this.data;
      if (paper === null || handing || state !== 'open') return;
      this.setData({ sheet: false });
      const { paper: t } = texts();
      const text = answered === of ? t.handInAskFull : fill(t.handInAsk, { n: of - answered });
      if (!(await confirm({ text, yes: t.handIn, no: t.lookAgain }))) return;
      if (this.data.state !== 'open') return;
      this.setData({ handing: true });
      await queue?.stop();
      try {
        await handIn(paper, queue, false);
      } catch (error) {
        queue?.resume();
        const { title } = faultNotice(error);
        await tell(t.handInFailed, texts().common.ok, title);
      } finally {
        this.setData({ handing: false });
      }
    },

    /**
     * The time is over, or the paper was handed in elsewhere: what was saved counts.
     * @param isSure the server has just said so
     */
    async finish(isSure = false) {
      const { _paper: paper, _queue: queue, _again: again, handing } = this.data;
      if (paper === null || handing) return;
      const { paper: t } = texts();
      const isOver = serverClock.until(paper.endsAt) === 0;
      this.setData({
        state: 'over',
        handing: true,
        sheet: false,
        overTitle: isOver ? t.over : t.handedIn,
        overText: isOver ? t.overText : '',
      });
      clearTimeout(again);
      await queue?.stop();
      try {
        if (isOver && !isSure && (await this.hasTime(paper))) {
          this.setData({ state: 'open' });
          queue?.resume();
          this.watch();
        } else await handIn(paper, queue, isOver);
      } catch (error) {
        const { code, retryable } = asFault(error);
        this.setData({ overText: code === 'OFFLINE' ? t.overOffline : faultNotice(error).title });
        if (retryable && this.data._shown)
          this.data._again = setTimeout(() => void this.finish(), HAND_IN_AGAIN_MS) as unknown as number;
      } finally {
        this.setData({ handing: false });
      }
    },

    onModule(event: WechatMiniprogram.BaseEvent<object, { module: string }>) {
      replaceWithOnboarding('module', { module: event.currentTarget.dataset.module });
    },

    onNotice() {
      if (this.data.state === 'unbound') openCardPage('bind');
      else if (this.data.state === 'over') void this.finish();
      else if (this.data.state === 'ended' && this.data._ended !== null) {
        const { attemptId, isOver } = this.data._ended;
        replaceWithOnboarding('result', { attemptId, ...(isOver ? { over: '1' } : {}) });
      } else if (this.data.state === 'refused') backToOnboarding();
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
