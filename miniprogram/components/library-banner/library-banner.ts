import {
  askAgainIn,
  askLibraryStatus,
  libraryStatus,
  watchLibraryStatus,
} from '../../services/library-status';
import { bannerWords } from './banner-words';

/**
 * Says on every page, in one place, that the library's system is away, and until when. Asks nobody while nothing has
 * failed; while it is shown, asks again from time to time whether it may go.
 */
Component({
  options: { pureDataPattern: /^_/ },
  data: {
    words: '',
    detail: '',
    _shown: true,
    _timer: 0,
    _unwatch: null as (() => void) | null,
  },
  lifetimes: {
    attached() {
      this.data._unwatch = watchLibraryStatus(() => this.draw());
      this.draw();
    },
    detached() {
      this.data._unwatch?.();
      clearTimeout(this.data._timer);
    },
  },
  pageLifetimes: {
    show() {
      this.data._shown = true;
      this.draw();
    },
    hide() {
      this.data._shown = false;
      clearTimeout(this.data._timer);
    },
  },
  methods: {
    draw() {
      this.setData(bannerWords(libraryStatus()));
      clearTimeout(this.data._timer);
      const wait = askAgainIn();
      if (wait === undefined || !this.data._shown) return;
      this.data._timer = setTimeout(() => void askLibraryStatus(), wait) as unknown as number;
    },
  },
});
