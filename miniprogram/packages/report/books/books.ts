import type { YearBook } from '../../../../contracts/report/shared';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openBook, queryText, replaceWithReport } from '../../../services/navigate';
import { endPullDown, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords, say } from '../words/index';
import { yearLine, type YearLine } from './year-line';

type State = 'loading' | 'ready' | 'none' | 'error';
const PAGE = 20;

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('books'),
    overviewWords: reportWords(language()).story.toOverview,
    state: 'loading' as State,
    fault: NO_FAULT,
    lines: [] as YearLine[],
    totalWords: '',
    reading: false,
    atEnd: false,
    moreFailed: false,
    _season: '',
    _items: [] as YearBook[],
    _total: 0,
    _page: 0,
    /** Grows with every fresh start, so that a late page of an older list is not added */
    _round: 0,
  },

  methods: {
    onLoad(query: { season?: string }) {
      this.data._season = queryText(query.season);
      void this.load();
    },

    onShow() {
      if (!refreshReportUi(this, 'books')) return;
      this.setData({ overviewWords: reportWords(language()).story.toOverview });
      if (this.data._page > 0) this.setData(this.written());
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async read(page: number) {
      const { _season: season } = this.data;
      return call('report.books', { season, page, pageSize: PAGE });
    },

    async load() {
      this.data._round += 1;
      const round = this.data._round;
      try {
        const { items, total } = await this.read(1);
        if (round !== this.data._round) return;
        this.data._items = items;
        this.data._total = total;
        this.data._page = 1;
        this.setData({ ...this.written(), state: 'ready', moreFailed: false });
      } catch (error) {
        if (asFault(error).code === 'NOT_FOUND') this.setData({ state: 'none' });
        else if (this.data._page === 0) this.setData({ state: 'error', fault: faultNotice(error) });
        else toast(faultNotice(error).title);
      }
    },

    /** All lines in the language of now. */
    written() {
      const { _items: items, _total: total } = this.data;
      const words = reportWords(language());
      return {
        lines: items.map((item, at) => yearLine(item, at, words, language())),
        totalWords: say(words.books.total, { n: total }),
        atEnd: items.length >= total,
      };
    },

    onReachBottom() {
      void this.more();
    },

    onMore() {
      void this.more();
    },

    async more() {
      const { atEnd, reading, state, _round: round } = this.data;
      if (atEnd || reading || state !== 'ready') return;
      this.setData({ reading: true, moreFailed: false });
      try {
        const { items, total } = await this.read(this.data._page + 1);
        if (round !== this.data._round) return;
        this.data._page += 1;
        this.add(items, total);
      } catch {
        this.setData({ moreFailed: true });
      } finally {
        this.setData({ reading: false });
      }
    },

    /** Writes the new lines only. */
    add(items: YearBook[], total: number) {
      const before = this.data._items.length;
      const words = reportWords(language());
      this.data._items = [...this.data._items, ...items];
      this.data._total = total;
      const added = items.map((item, at): [string, YearLine] => [
        `lines[${before + at}]`,
        yearLine(item, before + at, words, language()),
      ]);
      this.setData({
        ...Object.fromEntries(added),
        atEnd: items.length === 0 || this.data._items.length >= total,
      });
    },

    onOpen(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      const { bibId } = event.currentTarget.dataset;
      if (bibId !== '') openBook(bibId);
    },

    onNotice() {
      if (this.data.state === 'none') replaceWithReport('overview');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },
  },
});
