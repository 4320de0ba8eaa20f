import { version } from '../../config';
import { fill } from '../../i18n/index';
import { call } from '../../services/api';
import { deskState } from '../../services/desk-changes';
import {
  openCardPage,
  openMessages,
  openOnboarding,
  openPrivacy,
  openReadingList,
  openReport,
  openScan,
} from '../../services/navigate';
import { knownStanding } from '../../services/onboarding-standing';
import { readingList } from '../../services/reading-list';
import { knownReport, newsOf } from '../../services/report-standing';
import { changeSettings, settings, type Settings } from '../../services/settings';
import { refreshTabBar, refreshUi, texts, ui } from '../../services/ui';
import { knownUnread, readUnread, showUnreadOnTab } from '../../services/unread-messages';

interface LanguageChoice {
  key: Settings['language'];
  name: string;
}

/** Every language is named in itself. */
const languageChoices = (): LanguageChoice[] => [
  { key: 'follow', name: texts().me.languageFollow },
  { key: 'zh-CN', name: '中文' },
  { key: 'en', name: 'English' },
];

const words = () => ({
  languages: languageChoices(),
  versionWords: fill(texts().me.version, { version }),
  onboarding: texts().onboarding,
  report: texts().report,
  messages: texts().messages,
});

/** Nothing is asked for one word: it is said once another page knows it. */
function standingWords(): string {
  const { onboarding: t } = texts();
  const standing = knownStanding()?.standing;
  return standing === 'required' ? t.rowRequired : standing === 'passed' ? t.rowPassed : '';
}

/** Asked as little as the other. */
function reportWords(): string {
  const known = knownReport();
  return known !== undefined && newsOf(known) === 'ready' ? texts().report.rowNew : '';
}

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('me'),
    ...words(),
    chosen: settings().language,
    largeText: settings().largeText,
    wantedWords: '',
    /** Number and kind of the bound card; empty without one */
    cardWords: '',
    cardKnown: false,
    /** How it stands with the onboarding, where it is known */
    standingWords: '',
    /** That the report is ready and unread, where it is known */
    reportWords: '',
    /** How many messages are unread; empty where none is */
    unreadWords: '',
    _seen: -1,
  },

  methods: {
    onShow() {
      this.refresh();
      if (this.data._seen !== deskState()) void this.loadCard();
      void this.loadUnread();
    },

    async loadUnread() {
      await readUnread();
      this.showUnread();
    },

    showUnread() {
      const n = knownUnread();
      this.setData({ unreadWords: n === 0 ? '' : fill(texts().messages.unread, { n }) });
      showUnreadOnTab();
    },

    async loadCard() {
      this.data._seen = deskState();
      try {
        const { card } = await call('cards.mine', {});
        const cardWords = card === undefined ? '' : `${card.maskedNumber} · ${card.readerType.name}`;
        this.setData({ cardWords, cardKnown: true });
      } catch {
        // The page of the card says what does not work; here the line just stays without a number.
        this.data._seen = -1;
      }
    },

    onCard() {
      openCardPage(this.data.cardKnown && this.data.cardWords === '' ? 'bind' : 'card');
    },

    refresh() {
      const changed = refreshUi(this, 'me', 'me');
      refreshTabBar();
      const { language: chosen, largeText } = settings();
      const n = readingList().length;
      const wantedWords = n === 0 ? '' : fill(texts().me.readingListCount, { n });
      this.setData({
        chosen,
        largeText,
        wantedWords,
        standingWords: standingWords(),
        reportWords: reportWords(),
        ...(changed ? words() : {}),
      });
      this.showUnread();
    },

    onLanguage(event: WechatMiniprogram.BaseEvent<object, { key: Settings['language'] }>) {
      changeSettings({ language: event.currentTarget.dataset.key });
      this.refresh();
    },

    onLargeText() {
      changeSettings({ largeText: !this.data.largeText });
      this.refresh();
    },

    onOnboarding() {
      openOnboarding('overview');
    },

    onReport() {
      openReport('overview');
    },

    onMessages() {
      openMessages('inbox');
    },

    onAsk() {
      openMessages('ask');
    },

    onReadingList() {
      openReadingList();
    },

    onScans() {
      openScan({ mode: 'history' });
    },

    onPrivacy() {
      openPrivacy();
    },
  },
});
