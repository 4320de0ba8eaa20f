import type { HistoryOutput, PastLoan } from '../../../../contracts/personal';
import { fill } from '../../../i18n/index';
import { dayText } from '../../../lib/dates';
import { asFault, call } from '../../../services/api';
import { denialWords, type DenialWords } from '../../../services/denial-words';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openBook, replaceWithCardPage } from '../../../services/navigate';
import { confirm, endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { removeUserFile, writeUserFile, type UserFile } from '../../../services/user-file';
import { pastLine, type PastLine } from './past-line';

type State = 'loading' | 'off' | 'on' | 'unbound' | 'error';

const PAGE = 20;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('history'),
    state: 'loading' as State,
    fault: NO_FAULT,
    on: false,
    lines: [] as PastLine[],
    totalWords: '',
    sourceWords: '',
    denied: null as DenialWords | null,
    reading: false,
    atEnd: false,
    moreFailed: false,
    working: false,
    file: null as UserFile | null,
    _items: [] as PastLoan[],
    _answer: null as HistoryOutput | null,
    _page: 0,
    /** Grows with every fresh start, so that a late page of an older list is not added */
    _round: 0,
  },

  methods: {
    onLoad() {
      void this.load();
    },

    onShow() {
      if (refreshUi(this, 'history', 'history')) this.show();
    },

    onUnload() {
      if (this.data.file !== null) removeUserFile(this.data.file);
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      this.data._round += 1;
      const round = this.data._round;
      try {
        const answer = await call('history.list', { page: 1, pageSize: PAGE });
        if (round === this.data._round) this.begin(answer);
      } catch (error) {
        this.showFailure(error);
      }
    },

    begin(answer: HistoryOutput) {
      this.data._answer = answer;
      this.data._items = answer.items;
      this.data._page = 1;
      this.setData({ moreFailed: false });
      this.show();
    },

    showFailure(error: unknown) {
      if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
      else if (this.data._answer === null) this.setData({ state: 'error', fault: faultNotice(error) });
      else toast(faultNotice(error).title);
    },

    show() {
      const { _answer: answer, _items: items } = this.data;
      if (answer === null) return;
      const { history: t } = texts();
      const { on, source, since, total, denied } = answer;
      const seen = since === undefined ? '' : fill(t.sinceSeen, { day: dayText(since, language(), '') });
      this.setData({
        // What was kept before it was switched off is still there to be exported or erased.
        state: on || total > 0 ? 'on' : 'off',
        on,
        lines: items.map((loan) => pastLine(loan, texts(), language())),
        totalWords: total === 1 ? t.totalOne : fill(t.total, { n: total }),
        sourceWords: source === 'library' ? t.sinceLibrary : source === 'seen' ? seen : '',
        denied: denied === undefined ? null : denialWords(denied),
        atEnd: items.length >= total,
      });
    },

    onReachBottom() {
      void this.more();
    },

    onMore() {
      void this.more();
    },

    async more() {
      const { atEnd, reading, state, _round: round } = this.data;
      if (atEnd || reading || state !== 'on') return;
      this.setData({ reading: true, moreFailed: false });
      try {
        const answer = await call('history.list', { page: this.data._page + 1, pageSize: PAGE });
        if (round !== this.data._round) return;
        this.data._page += 1;
        this.data._items = [...this.data._items, ...answer.items];
        this.data._answer = answer;
        this.show();
        if (answer.items.length === 0) this.setData({ atEnd: true });
      } catch {
        this.setData({ moreFailed: true });
      } finally {
        this.setData({ reading: false });
      }
    },

    async onSwitchOn() {
      await this.work(async () => this.begin(await call('history.switch', { on: true })));
    },

    async onSwitchOff() {
      const { history: t, common } = texts();
      if (!(await confirm({ text: t.offAsk, yes: t.offYes, no: common.cancel }))) return;
      await this.work(async () => {
        this.begin(await call('history.switch', { on: false }));
        toast(t.turnedOff);
      });
    },

    async onExport() {
      await this.work(async () => {
        const { fileName, csv } = await call('history.export', {});
        this.setData({ file: writeUserFile(fileName, csv) });
      });
    },

    async onErase() {
      const { history: t, common } = texts();
      if (!(await confirm({ text: t.eraseAsk, yes: t.eraseYes, no: common.cancel }))) return;
      await this.work(async () => {
        const { erased } = await call('history.erase', { confirm: true });
        if (this.data.file !== null) removeUserFile(this.data.file);
        this.setData({ file: null });
        toast(fill(t.erased, { n: erased }));
        await this.load();
      });
    },

    /** One thing at a time; what fails says so and leaves the page as it is. */
    async work(task: () => void | Promise<void>) {
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        await task();
      } catch (error) {
        this.showFailure(error);
      } finally {
        this.setData({ working: false });
      }
    },

    onOpen(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      const { bibId } = event.currentTarget.dataset;
      if (bibId !== '') openBook(bibId);
    },

    onNotice() {
      if (this.data.state === 'unbound') replaceWithCardPage('bind');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
