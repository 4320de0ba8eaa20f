import type { ReportOpenOutput } from '../../../../contracts/report/actions';
import type { CardKind } from '../../../../contracts/report/cards';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openReport, queryText, replaceWithReport, reportUrl } from '../../../services/navigate';
import { confirm, toast } from '../../../services/phone';
import { language } from '../../../services/settings';
import { texts } from '../../../services/ui';
import { momentText } from '../../../lib/dates';
import type { Saying } from '../cards/card-view';
import { changeReport, dropLink, readReport } from '../kept-report';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords, say } from '../words/index';
import { yearName } from '../year-words';
import { chosenOf, choicesOf, type Choice } from './choices';

type State = 'loading' | 'ready' | 'none' | 'error';

const noneWords = () => {
  const { notYet, notYetHint, toOverview } = reportWords(language()).story;
  return { notYet, notYetHint, toOverview };
};

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('share'),
    noneWords: noneWords(),
    state: 'loading' as State,
    fault: NO_FAULT,
    choices: [] as Choice[],
    /** Of the open link; empty without one */
    token: '',
    linkWords: '',
    /** What is chosen is what the link shows */
    same: false,
    working: false,
    _season: '',
    _opened: null as ReportOpenOutput | null,
  },

  methods: {
    onLoad(query: { season?: string }) {
      this.data._season = queryText(query.season);
      void this.load();
    },

    onShow() {
      if (!refreshReportUi(this, 'share')) return;
      this.setData({ noneWords: noneWords() });
      this.show(chosenOf(this.data.choices));
    },

    async load() {
      try {
        this.data._opened = await readReport(this.data._season);
        this.data._season = this.data._opened.season;
        this.setData({ state: 'ready' });
        this.show();
      } catch (error) {
        if (asFault(error).code === 'NOT_FOUND') this.setData({ state: 'none' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    /** @param chosen what the reader has chosen meanwhile */
    show(chosen?: CardKind[]) {
      const opened = this.data._opened;
      if (opened === null) return;
      const { report, link } = opened;
      const words = reportWords(language());
      const saying: Saying = { words, language: language(), window: report.window, cards: report.cards };
      const choices = choicesOf(opened, saying);
      if (chosen !== undefined) for (const choice of choices) choice.chosen = chosen.includes(choice.kind);
      this.setData({
        choices,
        token: link?.token ?? '',
        linkWords:
          link === undefined
            ? ''
            : say(words.share.since, {
                time: momentText(link.since, language()),
                n: link.cards.length,
              }),
      });
      this.compare();
    },

    compare() {
      const { _opened: opened, choices } = this.data;
      const shown = [...(opened?.link?.cards ?? [])].sort().join();
      this.setData({ same: chosenOf(choices).sort().join() === shown });
    },

    onChoose(event: WechatMiniprogram.BaseEvent<object, { at: number }>) {
      const { at } = event.currentTarget.dataset;
      const choice = this.data.choices[at];
      if (choice === undefined) return;
      this.setData({ [`choices[${at}].chosen`]: !choice.chosen });
      this.compare();
    },

    async onMake() {
      const cards = chosenOf(this.data.choices);
      const { share: t } = reportWords(language());
      if (cards.length === 0) {
        toast(t.none);
        return;
      }
      const { _season: season, _opened: opened } = this.data;
      await this.work(async () => {
        const link = await call('report.share', { season, cards });
        const since = opened?.link?.since ?? new Date().toISOString();
        changeReport(season, { link: { ...link, since } });
        this.data._opened = await readReport(season);
        this.show();
        toast(opened?.link === undefined ? t.made : t.updated);
      });
    },

    async onRevoke() {
      const { share: t } = reportWords(language());
      if (!(await confirm({ text: t.revokeAsk, yes: t.revokeYes, no: texts().common.cancel }))) return;
      const { _season: season, choices } = this.data;
      await this.work(async () => {
        await call('report.revoke', { season });
        dropLink(season);
        this.data._opened = await readReport(season);
        this.show(chosenOf(choices));
        toast(t.revoked);
      });
    },

    async work(task: () => Promise<void>) {
      if (this.data.working) return;
      this.setData({ working: true });
      try {
        await task();
      } catch (error) {
        toast(faultNotice(error).title);
      } finally {
        this.setData({ working: false });
      }
    },

    onLook() {
      openReport('shared', { t: this.data.token });
    },

    onPoster() {
      openReport('poster', { season: this.data._season });
    },

    onNotice() {
      if (this.data.state === 'none') replaceWithReport('overview');
      else {
        this.setData({ state: 'loading' });
        void this.load();
      }
    },

    /** The cards that were chosen; without a link nothing of the report goes out. */
    onShareAppMessage() {
      const { _opened: opened, token } = this.data;
      const words = reportWords(language());
      if (opened === null || token === '')
        return { title: words.share.overviewTitle, path: reportUrl('overview') };
      return {
        title: say(words.share.shareTitle, { year: yearName(opened.report.window, words) }),
        path: reportUrl('shared', { t: token }),
      };
    },
  },
});
