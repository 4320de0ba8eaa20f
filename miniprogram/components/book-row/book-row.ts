import { openBook } from '../../services/navigate';
import type { BibRow } from './bib-row';

/** A title in a list; a tap opens its page. */
Component({
  properties: {
    row: { type: Object, value: {} as BibRow },
  },
  methods: {
    onTap() {
      openBook(this.data.row.bibId);
    },
  },
});
