import { fill } from '../../i18n/index';
import { dayText, today } from '../../lib/dates';
import { openBook, openSearch } from '../../services/navigate';
import { toast } from '../../services/phone';
import { readingList, removeFromReadingList, type WantedBook } from '../../services/reading-list';
import { language } from '../../services/settings';
import { refreshUi, texts, ui } from '../../services/ui';

interface WantedLine extends WantedBook {
  added: string;
}

Component({
  data: { ...ui('readingList'), books: [] as WantedLine[] },

  methods: {
    onShow() {
      refreshUi(this, 'readingList', 'readingList');
      this.setData({ books: wantedLines() });
    },

    onOpen(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      openBook(event.currentTarget.dataset.bibId);
    },

    onRemove(event: WechatMiniprogram.BaseEvent<object, { bibId: string }>) {
      const done = removeFromReadingList(event.currentTarget.dataset.bibId);
      this.setData({ books: wantedLines() });
      toast(done ? this.data.t.removed : this.data.common.storageFull);
    },

    onSearch() {
      openSearch();
    },
  },
});

function wantedLines(): WantedLine[] {
  const { addedOn } = texts().readingList;
  return readingList().map((book) => ({
    ...book,
    added: fill(addedOn, { day: dayText(today(new Date(book.addedAt)), language()) }),
  }));
}
