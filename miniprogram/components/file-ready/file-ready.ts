import { fill } from '../../i18n/index';
import { copy } from '../../services/phone';
import { ui } from '../../services/ui';
import { shareUserFile, type UserFile } from '../../services/user-file';

const NO_FILE: UserFile = { name: '', path: '', text: '' };

/** A file that was made for the reader: to be sent to a chat, or its content copied. */
Component({
  properties: {
    file: {
      type: Object,
      value: NO_FILE,
      observer() {
        this.refresh();
      },
    },
  },
  data: { ...ui('file'), words: '' },
  lifetimes: {
    attached() {
      this.refresh();
    },
  },
  methods: {
    refresh() {
      const words = ui('file');
      this.setData({ ...words, words: fill(words.t.ready, { name: this.data.file.name }) });
    },
    async onShare() {
      await shareUserFile(this.data.file);
    },
    async onCopy() {
      await copy(this.data.file.text);
    },
  },
});
