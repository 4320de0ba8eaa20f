import type { Hold, HoldsOutput, Step } from '../../../../contracts/holds';
import type { ReaderOutput } from '../../../../contracts/index';
import { fill } from '../../../i18n/index';
import { dayText, momentText } from '../../../lib/dates';
import { yuan } from '../../../lib/money';
import { holdLines, type HoldLine } from '../../../pages/shelf/hold-line';
import { call } from '../../../services/api';
import { denialWords } from '../../../services/denial-words';
import { deskChanged } from '../../../services/desk-changes';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openBook, openSearch, replaceWithCardPage } from '../../../services/navigate';
import { confirm, endPullDown, tell, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { writeOnce } from '../../../services/write-once';
import { readList, type ListState } from '../read-list';

type Holds = Exclude<HoldsOutput, { denied: unknown }>;
type Watch = ReaderOutput<'holds.watches'>['watches'][number];

interface WatchLine {
  bibId: string;
  title: string;
  since: string;
}

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('holds'),
    shelf: texts().shelf,
    state: 'loading' as ListState,
    fault: NO_FAULT,
    lines: [] as HoldLine[],
    watches: [] as WatchLine[],
    asOf: '',
    _asOf: '',
    _isOld: false,
    _holds: [] as Hold[],
    _watches: [] as Watch[],
    _busy: [] as string[],
  },

  methods: {
    onLoad() {
      void this.load();
    },

    onShow() {
      if (!refreshUi(this, 'holds', 'holds')) return;
      this.setData({ shelf: texts().shelf });
      this.show();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      await Promise.all([this.loadHolds(), this.loadWatches()]);
    },

    async loadHolds() {
      const read = (): Promise<HoldsOutput> => call('holds.list', {});
      const isOld = await readList<Holds>(this, read, ({ holds, asOf }) => {
        this.data._holds = holds;
        this.data._asOf = asOf;
        this.data._isOld = false;
        this.setData({ state: 'ready' });
        this.show();
      });
      if (!isOld) return;
      this.data._isOld = true;
      this.showTime();
    },

    async loadWatches() {
      try {
        this.showWatches(await call('holds.watches', {}));
      } catch {
        // The holds above say what does not work; what one waits for is shown when it can be read.
        return;
      }
    },

    show() {
      this.setData({ lines: holdLines(this.data._holds, this.data._busy, texts(), language()) });
      this.showWatches({ watches: this.data._watches });
      this.showTime();
    },

    showTime() {
      if (this.data._asOf === '') return;
      const { common } = texts();
      const time = momentText(this.data._asOf, language());
      this.setData({ asOf: fill(this.data._isOld ? common.staleAsOf : common.asOf, { time }) });
    },

    showWatches({ watches }: { watches: Watch[] }) {
      this.data._watches = watches;
      const { watchSince } = texts().holds;
      this.setData({
        watches: watches.map(({ bibId, title, since }) => ({
          bibId,
          title,
          since: fill(watchSince, { day: dayText(since, language()) }),
        })),
      });
    },

    async onCancel(event: WechatMiniprogram.BaseEvent<object, { holdId: string; title: string }>) {
      const { holdId, title } = event.currentTarget.dataset;
      const { holds: t } = texts();
      if (this.data._busy.includes(holdId)) return;
      if (!(await confirm({ text: fill(t.cancelAsk, { title }), yes: t.cancelYes, no: t.keep }))) return;
      this.setBusy(holdId, true);
      try {
        await this.cancel(holdId, false);
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setBusy(holdId, false);
      }
    },

    async cancel(holdId: string, agreed: boolean): Promise<void> {
      const step = await writeOnce(`cancel ${holdId} ${agreed}`, (requestId) =>
        call('holds.cancel', { holdId, confirm: agreed, requestId }),
      );
      await this.follow(step, holdId, agreed);
    },

    async follow(step: Step, holdId: string, agreed: boolean) {
      const { holds: t, hold, common } = texts();
      if (step.status === 'confirm' && !agreed) {
        const fee = step.feeCents === undefined ? '' : `\n${fill(hold.fee, { amount: yuan(step.feeCents) })}`;
        if (await confirm({ text: `${step.text}${fee}`, yes: t.cancelYes, no: t.keep }))
          await this.cancel(holdId, true);
        return;
      }
      if (step.status === 'refused') {
        const { title, hint, quote } = denialWords(step);
        await tell([quote, hint].filter((part) => part !== '').join('\n'), common.ok, title);
        return;
      }
      toast(step.status === 'done' ? t.cancelled : t.unknown);
      deskChanged();
      await this.loadHolds();
    },

    setBusy(holdId: string, on: boolean) {
      this.data._busy = this.data._busy.filter((id) => id !== holdId);
      if (on) this.data._busy.push(holdId);
      this.show();
    },

    async onUnwatch(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      try {
        this.showWatches(await call('holds.watch', { bibId: event.currentTarget.dataset.bibId, on: false }));
        toast(texts().holds.unwatched);
      } catch (error) {
        toast(faultNotice(error).title);
      }
    },

    onOpen(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      const { bibId } = event.currentTarget.dataset;
      if (bibId !== '') openBook(bibId);
    },

    onNotice() {
      if (this.data.state === 'unbound') replaceWithCardPage('bind');
      else if (this.data.state === 'ready') openSearch();
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
