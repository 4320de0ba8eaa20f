import { version } from '../../config';
import { fill } from '../../i18n/index';
import { openPrivacy, openReadingList, openScan } from '../../services/navigate';
import { readingList } from '../../services/reading-list';
import { changeSettings, settings, type Settings } from '../../services/settings';
import { refreshTabBar, refreshUi, texts, ui } from '../../services/ui';

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

const words = () => ({ languages: languageChoices(), versionWords: fill(texts().me.version, { version }) });

Component({
  data: {
    ...ui('me'),
    ...words(),
    chosen: settings().language,
    largeText: settings().largeText,
    wantedWords: '',
  },

  methods: {
    onShow() {
      this.refresh();
    },

    refresh() {
      const changed = refreshUi(this, 'me', 'me');
      refreshTabBar();
      const { language: chosen, largeText } = settings();
      const n = readingList().length;
      const wantedWords = n === 0 ? '' : fill(texts().me.readingListCount, { n });
      this.setData({ chosen, largeText, wantedWords, ...(changed ? words() : {}) });
    },

    onLanguage(event: WechatMiniprogram.BaseEvent<object, { key: Settings['language'] }>) {
      changeSettings({ language: event.currentTarget.dataset.key });
      this.refresh();
    },

    onLargeText() {
      changeSettings({ largeText: !this.data.largeText });
      this.refresh();
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
