import type { FinesOutput } from '../../../../contracts/loans';
import { fill } from '../../../i18n/index';
import { dayText, momentText } from '../../../lib/dates';
import { yuan } from '../../../lib/money';
import { call } from '../../../services/api';
import { NO_FAULT } from '../../../services/fault-notice';
import { replaceWithCardPage } from '../../../services/navigate';
import { endPullDown } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshUi, texts, ui } from '../../../services/ui';
import { readList, type ListState } from '../read-list';

type Fines = Exclude<FinesOutput, { denied: unknown }>;

interface FineLine {
  fineId: string;
  amount: string;
  /** What for */
  reason: string;
  title: string;
  /** The library's own words */
  libraryText: string;
  /** Since when, and whether it grows */
  more: string;
}

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('fines'),
    shelf: texts().shelf,
    state: 'loading' as ListState,
    fault: NO_FAULT,
    total: '',
    block: '',
    payAt: '',
    asOf: '',
    lines: [] as FineLine[],
    _fines: null as Fines | null,
  },

  methods: {
    onLoad() {
      void this.load();
    },

    onShow() {
      if (!refreshUi(this, 'fines', 'fines')) return;
      this.setData({ shelf: texts().shelf });
      this.show();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      const read = (): Promise<FinesOutput> => call('fines.list', {});
      const isOld = await readList<Fines>(this, read, (fines) => {
        this.data._fines = fines;
        this.show();
      });
      if (isOld) this.showTime(true);
    },

    show() {
      const fines = this.data._fines;
      if (fines === null) return;
      const { fines: t } = texts();
      const { totalCents, blockAtCents } = fines;
      const reached = blockAtCents !== undefined && totalCents >= blockAtCents;
      this.setData({
        state: 'ready',
        total: yuan(totalCents),
        block:
          blockAtCents === undefined
            ? ''
            : fill(reached ? t.blocked : t.block, { amount: yuan(blockAtCents) }),
        payAt: fines.payAt ?? t.payDefault,
        lines: fines.fines.map((fine) => ({
          fineId: fine.fineId,
          amount: yuan(fine.amountCents),
          reason: t.reasons[fine.reason],
          title: fine.title ?? '',
          libraryText: fine.libraryText ?? '',
          more: [fine.date === undefined ? '' : dayText(fine.date, language()), fine.running ? t.running : '']
            .filter((part) => part !== '')
            .join(' · '),
        })),
      });
      this.showTime(false);
    },

    showTime(stale: boolean) {
      const time = momentText(this.data._fines?.asOf ?? '', language());
      const { common } = texts();
      this.setData({ asOf: fill(stale ? common.staleAsOf : common.asOf, { time }) });
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
