import type { SharedReport } from '../../../../contracts/report/shared';
import { asFault } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openHome, reportUrl } from '../../../services/navigate';
import { isSinglePage, scrollToTop } from '../../../services/phone';
import { callPublic } from '../../../services/public-api';
import { language } from '../../../services/settings';
import { NO_CARD, view, type CardView, type Saying } from '../cards/card-view';
import { placeAt, slidesOf } from '../cards/slides';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords, say } from '../words/index';
import { yearDay, yearName } from '../year-words';
import { tokenOf } from './token';

type State = 'loading' | 'ready' | 'gone' | 'empty' | 'error';

const frameWords = () => {
  const { next, previous, skip } = reportWords(language()).story;
  return { next, previous, skip };
};

/** What a friend opens: the cards that their owner chose. It asks for no card and knows nobody. */
Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('shared'),
    frame: frameWords(),
    replayWords: reportWords(language()).story.replay,
    state: 'loading' as State,
    fault: NO_FAULT,
    card: NO_CARD,
    at: 0,
    of: 1,
    place: '',
    atEnd: false,
    /** The timeline's view of this page, from which no other can be opened */
    single: false,
    /** Some of the cards are newer than this app */
    newer: false,
    _token: '',
    _shared: null as SharedReport | null,
    _slides: [] as CardView[],
  },

  methods: {
    onLoad(query: { t?: string; scene?: string }) {
      this.data._token = tokenOf(query);
      this.setData({ single: isSinglePage() });
      void this.load();
    },

    onShow() {
      if (!refreshReportUi(this, 'shared')) return;
      this.setData({ frame: frameWords(), replayWords: reportWords(language()).story.replay });
      this.tell();
      this.show(this.data.at);
    },

    async load() {
      const token = this.data._token;
      if (token === '') {
        this.setData({ state: 'gone' });
        return;
      }
      try {
        this.data._shared = await callPublic('report.shared', { token });
      } catch (error) {
        if (asFault(error).code === 'NOT_FOUND') this.setData({ state: 'gone' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
        return;
      }
      this.tell();
      this.setData({ state: this.data._slides.length > 1 ? 'ready' : 'empty' });
      this.show(0);
    },

    tell() {
      const shared = this.data._shared;
      if (shared === null) return;
      const { window, since, cards } = shared;
      const words = reportWords(language());
      const saying: Saying = { words, language: language(), window, cards };
      const slides = slidesOf(cards, [], saying);
      const incomplete = since !== undefined && since > window.from;
      const cover = view('cover', {
        layout: 'emblem',
        colour: 'a',
        label: words.shared.cover,
        figure: say(words.shared.coverText, { year: yearName(window, words) }),
        figureIsWords: true,
        lines: [
          words.shared.you,
          ...(incomplete ? [say(words.story.since, { day: yearDay(since, window, language()) })] : []),
        ],
        chart: { kind: 'year' },
      });
      this.data._slides = [cover, ...slides];
      this.setData({ newer: slides.length < cards.length });
    },

    show(at: number) {
      const { _slides: slides, card } = this.data;
      if (slides.length === 0) return;
      this.setData(placeAt(slides, at, card, reportWords(language())));
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

    onOpen() {
      openHome();
    },

    onNotice() {
      if (this.data.state === 'error') {
        this.setData({ state: 'loading' });
        void this.load();
      } else openHome();
    },

    title() {
      const shared = this.data._shared;
      const words = reportWords(language());
      return shared === null
        ? words.share.overviewTitle
        : say(words.shared.shareTitle, { year: yearName(shared.window, words) });
    },

    onShareAppMessage() {
      const { _token: token, state } = this.data;
      if (state !== 'ready') return { title: this.title(), path: reportUrl('overview') };
      return { title: this.title(), path: reportUrl('shared', { t: token }) };
    },

    /** The timeline opens this very page, with this query. */
    onShareTimeline() {
      return { title: this.title(), query: `t=${this.data._token}` };
    },
  },
});
