import { texts } from '../../services/ui';

/** From when on a wait is worth a word, ms. */
const PATIENCE_MS = 3_000;
const timers = new WeakMap<object, number>();

/** Stands where something is being read from the library: says so when that takes long. */
Component({
  data: { words: '' },
  lifetimes: {
    attached() {
      const say = (): void => this.setData({ words: texts().common.stillWaiting });
      timers.set(this, setTimeout(say, PATIENCE_MS));
    },
    detached() {
      const timer = timers.get(this);
      if (timer !== undefined) clearTimeout(timer);
    },
  },
});
