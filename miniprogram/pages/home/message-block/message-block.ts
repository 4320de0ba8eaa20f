import { fill } from '../../../i18n/index';
import { openMessages } from '../../../services/navigate';
import { texts } from '../../../services/ui';
import { knownUnread, readUnread, showUnreadOnTab } from '../../../services/unread-messages';

/** Tells of unread messages, here and on the tab of who reads; asks at most once a minute. */
Component({
  data: { title: '', text: '' },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  pageLifetimes: {
    show() {
      void this.load();
    },
  },
  methods: {
    async load() {
      this.showKnown();
      await readUnread();
      this.showKnown();
    },
    showKnown() {
      const n = knownUnread();
      const { messages: t } = texts();
      const title = n === 0 ? '' : n === 1 ? t.homeOne : fill(t.homeMany, { n });
      this.setData({ title, text: t.homeText });
      showUnreadOnTab();
    },
    onTap() {
      openMessages('inbox');
    },
  },
});
