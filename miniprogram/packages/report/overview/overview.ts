import type { ReportOverviewOutput } from '../../../../contracts/report/actions';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { openCardPage, openReport } from '../../../services/navigate';
import { confirm, currentTheme, endPullDown, tell, toast } from '../../../services/phone';
import { noteSeen, rememberReport } from '../../../services/report-standing';
import { changeSettings, language, settings } from '../../../services/settings';
import { texts } from '../../../services/ui';
import type { Chart } from '../charts/chart';
import { forgetReports, readReport, readReportAnew } from '../kept-report';
import { coloursOf } from '../palette';
import { refreshReportUi, reportUi } from '../report-ui';
import { reportWords, say } from '../words/index';
import { NO_OVERVIEW, overviewView, versionLines, type MadeFrom, type VersionLine } from './overview-view';

type State = 'loading' | 'ready' | 'unbound' | 'error';

const SHELF: Chart = { kind: 'year' };

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...reportUi('overview'),
    state: 'loading' as State,
    fault: NO_FAULT,
    view: NO_OVERVIEW,
    shelf: SHELF,
    ink: '',
    calm: settings().lessMotion,
    versions: [] as VersionLine[],
    /** A recomputation is under way */
    disputed: false,
    /** How often one can be asked for; at least once, where the report does not open */
    disputes: 0,
    disputeWords: '',
    working: false,
    _overview: null as ReportOverviewOutput | null,
    _made: null as MadeFrom | null,
  },

  methods: {
    onShow() {
      this.setData({ ink: coloursOf('paper', currentTheme()).ink, calm: settings().lessMotion });
      if (refreshReportUi(this, 'overview')) this.show();
      void this.load();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      try {
        this.begin(await call('report.overview', {}));
      } catch (error) {
        if (asFault(error).code === 'CARD_NOT_BOUND') this.setData({ state: 'unbound' });
        else if (this.data._overview === null) this.setData({ state: 'error', fault: faultNotice(error) });
        else toast(reportWords(language()).overview.stale);
      }
    },

    begin(overview: ReportOverviewOutput) {
      this.data._overview = overview;
      rememberReport(overview);
      if (overview.season?.stage === 'published') noteSeen(overview.season.id, 'invitation');
      this.show();
      if (this.data.view.canOpen) void this.readVersions(false);
      else this.setData({ versions: [], disputed: false });
    },

    show() {
      const overview = this.data._overview;
      if (overview === null) return;
      this.setData({
        state: 'ready',
        view: overviewView(overview, reportWords(language()), texts(), language(), this.data._made),
      });
    },

    /** Reads the report already, so that the story opens at once, and what else there is of it. */
    async readVersions(anew: boolean) {
      const season = this.data._overview?.season?.id ?? '';
      try {
        // one that is being computed anew may be done by now
        const opened = await (anew || this.data.disputed ? readReportAnew(season) : readReport(season));
        const { source, sourceCount } = opened.report;
        this.data._made = { season, source, sourceCount };
        this.show();
        const words = reportWords(language());
        const { canAsk, noMore } = words.overview.dispute;
        this.setData({
          versions: versionLines(opened, words, language()),
          disputeWords: opened.disputesLeft > 0 ? say(canAsk, { n: opened.disputesLeft }) : noMore,
          disputed: opened.disputed,
          disputes: opened.disputesLeft,
        });
      } catch (error) {
        // The story says what does not work. One that does not open any more can still be computed anew.
        if (asFault(error).code !== 'NOT_FOUND') return;
        const failed = this.data._overview?.own?.failed !== undefined;
        this.setData({ disputes: 1, disputeWords: '', disputed: this.data.disputed && !failed });
      }
    },

    async onOptIn() {
      await this.optInto(this.data._overview?.season?.id);
    },

    async onOptInNext() {
      await this.optInto(this.data._overview?.next?.id);
    },

    /** Names the year that the page showed: the library may be at another by now. */
    async optInto(season: string | undefined) {
      if (season === undefined) return;
      await this.work(async () => {
        this.begin(await call('report.optIn', { season, sensitive: this.data.view.sensitive }));
        toast(reportWords(language()).overview.optedIn);
      });
    },

    async onAskAgain() {
      const season = this.data._overview?.season?.id;
      if (season === undefined) return;
      await this.work(async () => {
        await call('report.dispute', { season });
        this.begin(await call('report.overview', {}));
        toast(reportWords(language()).overview.askedAgain);
      });
    },

    /** Before opting in it is a choice to be sent with it. */
    async onSensitive() {
      const sensitive = !this.data.view.sensitive;
      const { season, own, next } = this.data._overview ?? {};
      if (season === undefined || own === undefined) {
        this.setData({ 'view.sensitive': sensitive });
        return;
      }
      await this.work(async () => {
        if (next?.own !== undefined) await call('report.optIn', { season: next.id, sensitive });
        this.begin(await call('report.optIn', { season: season.id, sensitive }));
        toast(reportWords(language()).overview.sensitiveChanged);
      });
    },

    onCalm() {
      changeSettings({ lessMotion: !this.data.calm });
      this.setData({ calm: settings().lessMotion });
    },

    async onOptOut() {
      const { overview: t } = reportWords(language());
      if (!(await confirm({ text: t.optOutAsk, yes: t.optOutYes, no: texts().common.cancel }))) return;
      await this.work(async () => {
        const overview = await call('report.optOut', { confirm: true });
        forgetReports();
        this.begin(overview);
        toast(t.optedOut);
      });
    },

    async onDispute() {
      const season = this.data._overview?.season?.id;
      const { dispute: t } = reportWords(language()).overview;
      const { common } = texts();
      if (season === undefined) return;
      if (!(await confirm({ text: t.ask, yes: t.yes, no: common.cancel }))) return;
      await this.work(async () => {
        const { left, refused } = await call('report.dispute', { season });
        const words = left > 0 ? say(t.left, { n: left }) : t.leftNone;
        await tell(refused === undefined ? words : t.noMore, common.ok);
        this.setData({ disputed: refused === undefined });
        // that the last one failed is no longer said
        this.data._overview = await call('report.overview', {});
        rememberReport(this.data._overview);
        this.show();
        await this.readVersions(true);
      });
    },

    /** One thing at a time; what fails says so and leaves the page as it is. */
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

    seasonId(): Record<string, string> {
      return { season: this.data._overview?.season?.id ?? '' };
    },

    onOpen() {
      openReport('story', this.seasonId());
    },

    onPast(event: WechatMiniprogram.BaseEvent<object, { season: string }>) {
      openReport('story', { season: event.currentTarget.dataset.season });
    },

    onVersion(event: WechatMiniprogram.BaseEvent<object, { version: number }>) {
      openReport('story', { ...this.seasonId(), version: String(event.currentTarget.dataset.version) });
    },

    onBooks() {
      openReport('books', this.seasonId());
    },

    onShare() {
      openReport('share', this.seasonId());
    },

    onPoster() {
      openReport('poster', this.seasonId());
    },

    onSignIn() {
      openCardPage('bind');
    },

    onHistory() {
      openCardPage('history');
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
