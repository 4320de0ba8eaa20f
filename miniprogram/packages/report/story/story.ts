import type { ReportOpenOutput } from '../../../../contracts/report/actions';
import type { CardKind } from '../../../../contracts/report/cards';
import type { Report } from '../../../../contracts/report/report';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openReport, openSearch, queryText, replaceWithReport } from '../../../services/navigate';
import { confirm, scrollToTop, toast } from '../../../services/phone';
import { noteSeen } from '../../../services/report-standing';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { NO_CARD, type CardView, type Saying } from '../cards/card-view';
import { howWords } from '../cards/how-words';
import { placeAt, slidesOf } from '../cards/slides';
import { hideInKept, readReport } from '../kept-report';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords } from '../words/index';
import { aboutView, NO_ABOUT } from './about-view';
import { coverView } from './cover';

type State = 'loading' | 'ready' | 'none' | 'error';

const frameWords = () => {
  const { story: t, how } = reportWords(language());
  const { next, previous, skip, hide, hideLabel } = t;
  return { next, previous, skip, hide, hideLabel, how: t.how, howLabel: how.title };
};

/** The ways on from the last page, called as on the first page of the report. */
const linkWords = () => {
  const { share, poster, books } = reportWords(language()).overview;
  return { share, poster, books };
};

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('story'),
    frame: frameWords(),
    links: linkWords(),
    state: 'loading' as State,
    fault: NO_FAULT,
    card: NO_CARD,
    at: 0,
    of: 1,
    place: '',
    atEnd: false,
    /** An earlier version: to be read, not to be changed */
    isEarlier: false,
    /** A year without a loan */
    isEmpty: false,
    about: NO_ABOUT,
    how: [] as string[],
    howTitle: reportWords(language()).how.title,
    showsHow: false,
    working: false,
    _season: '',
    _version: 0,
    _report: null as Report | null,
    _hidden: [] as CardKind[],
    _slides: [] as CardView[],
  },

  methods: {
    onLoad(query: { season?: string; version?: string }) {
      this.data._season = queryText(query.season);
      this.data._version = Number(queryText(query.version)) || 0;
      this.setData({ isEarlier: this.data._version > 0 });
      void this.load();
    },

    onShow() {
      if (!refreshReportUi(this, 'story')) return;
      this.setData({
        frame: frameWords(),
        links: linkWords(),
        howTitle: reportWords(language()).how.title,
      });
      this.tell();
      this.show(this.data.at);
    },

    async load() {
      const { _season: season, _version: version } = this.data;
      try {
        if (version > 0) {
          const { report } = await call('report.version', { season, version });
          this.begin({ season, report, hidden: [] });
        } else this.begin(await readReport(season));
      } catch (error) {
        if (asFault(error).code === 'NOT_FOUND') this.setData({ state: 'none' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    begin({ season, report, hidden }: Pick<ReportOpenOutput, 'season' | 'report' | 'hidden'>) {
      this.data._season = season;
      this.data._report = report;
      this.data._hidden = hidden;
      if (!this.data.isEarlier) noteSeen(season, 'story');
      this.tell();
      this.setData({ state: 'ready', isEmpty: report.tier === 'none' });
      this.show(0);
    },

    saying(report: Report): Saying {
      return {
        words: reportWords(language()),
        language: language(),
        window: report.window,
        cards: report.cards.filter(({ kind }) => !this.data._hidden.includes(kind)),
      };
    },

    /** Puts the cards into words; they are shown one at a time. */
    tell() {
      const { _report: report, _hidden: hidden, isEarlier } = this.data;
      if (report === null) return;
      const saying = this.saying(report);
      this.data._slides = [coverView(report, saying, isEarlier), ...slidesOf(report.cards, hidden, saying)];
      this.setData({ about: aboutView(report, hidden, saying) });
    },

    show(at: number) {
      const { _slides: slides, card } = this.data;
      if (slides.length === 0) return;
      this.setData({ ...placeAt(slides, at, card, reportWords(language())), showsHow: false });
      scrollToTop();
    },

    onNext() {
      this.show(this.data.at + 1);
    },

    onPrevious() {
      this.show(this.data.at - 1);
    },

    onSkip() {
      this.show(this.data._slides.length);
    },

    onReplay() {
      this.show(0);
    },

    onHow() {
      const { _report: report, card: shown } = this.data;
      const card = report?.cards.find(({ kind }) => kind === shown.kind);
      if (report === null || card === undefined) return;
      this.setData({ how: howWords(card, report, this.saying(report)), showsHow: true });
    },

    onCloseHow() {
      this.setData({ showsHow: false });
    },

    async onHide() {
      const { kind } = this.data.card;
      if (kind === 'cover' || kind === 'end') return;
      const { story: t } = reportWords(language());
      if (!(await confirm({ text: t.hideAsk, yes: t.hideYes, no: texts().common.cancel }))) return;
      await this.change(kind, true);
    },

    async onUnhide(event: WechatMiniprogram.BaseEvent<object, { kind: CardKind }>) {
      await this.change(event.currentTarget.dataset.kind, false);
    },

    async change(card: CardKind, hidden: boolean) {
      if (this.data.working) return;
      this.setData({ working: true });
      const { _season: season, at, atEnd } = this.data;
      const { story: t } = reportWords(language());
      try {
        const answer = await call('report.hide', { season, card, hidden });
        hideInKept(season, answer);
        this.data._hidden = answer.hidden;
        this.tell();
        this.show(atEnd ? this.data._slides.length : at);
        toast(hidden ? t.hidden : t.shown);
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ working: false });
      }
    },

    onBooks() {
      openReport('books', { season: this.data._season });
    },

    onShare() {
      openReport('share', { season: this.data._season });
    },

    onPoster() {
      openReport('poster', { season: this.data._season });
    },

    onSearch() {
      openSearch();
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
