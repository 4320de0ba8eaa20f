import { openBook } from '../../services/navigate';
import { NO_ROW } from './bib-row';

/** A title in a list; a tap opens its page. */
Component({
  properties: {
    row: { type: Object, value: NO_ROW },
  },
  methods: {
    onTap() {
      openBook(this.data.row.bibId);
    },
  },
});
