import { openBook } from '../../services/navigate';
import type { ShelfBook } from './shelf-book';

/** Spines side by side on a board; a tap takes one out. */
Component({
  properties: {
    heading: String,
    books: { type: Array, value: [] as ShelfBook[] },
    loading: Boolean,
    loadingLabel: String,
  },
  data: { ghosts: [2, 0, 3, 1, 4, 2, 0].map((height, key) => ({ key, height })) },
  methods: {
    onTap(event: WechatMiniprogram.TouchEvent<object, object, { bibId: string }>) {
      openBook(event.currentTarget.dataset.bibId);
    },
  },
});
