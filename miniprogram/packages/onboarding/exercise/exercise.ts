import type { ExerciseOutput } from '../../../../contracts/onboarding/index';
import { fill } from '../../../i18n/index';
import { clcColour } from '../../../lib/clc';
import { asFault, call } from '../../../services/api';
import { faultNotice, NO_FAULT } from '../../../services/fault-notice';
import { texts, ui } from '../../../services/ui';
import { checkOrder, checkShelf, type Book, type Verdict } from './check-exercise';

type State = 'loading' | 'order' | 'shelf' | 'none' | 'error';

/** A book as it is tapped: its label shows the call number in two lines, as on a spine. */
interface Tile extends Book {
  clc: string;
  top: string;
  bottom: string;
  mixedUp: boolean;
}

const NO_VERDICT: Verdict = { right: false, words: '', mixedUp: [] };

const tileOf = ({ title, callNumber }: Book): Tile => {
  const [top = '', ...rest] = callNumber.split('/');
  return { title, callNumber, clc: clcColour(callNumber), top, bottom: rest.join('/'), mixedUp: false };
};

/** Books of this library to be put in shelf order and one to be found: answers are explained, nothing is counted. */
Component({
  options: { pureDataPattern: /^_/ },
  data: {
    ...ui('exercise'),
    state: 'loading' as State,
    fault: NO_FAULT,
    row: [] as Tile[],
    pool: [] as Tile[],
    book: null as Tile | null,
    shelves: [] as { from: string; to: string; label: string }[],
    /** Of the shelves, the one that was tapped; -1 for none */
    tapped: -1,
    verdict: NO_VERDICT,
    _shelves: null as NonNullable<ExerciseOutput['shelves']> | null,
  },
  lifetimes: {
    attached() {
      void this.load();
    },
  },
  methods: {
    async load() {
      this.setData({ ...ui('exercise'), state: 'loading', verdict: NO_VERDICT });
      try {
        this.begin(await call('onboarding.exercise', {}));
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.setData({ state: 'none' });
        else this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    begin({ books, shelves }: ExerciseOutput) {
      this.data._shelves = shelves ?? null;
      this.setData({ row: [], pool: books.map(tileOf), verdict: NO_VERDICT, tapped: -1 });
      if (books.length > 1) this.setData({ state: 'order' });
      else if (shelves !== undefined) this.beginShelf();
      else this.setData({ state: 'none' });
    },

    beginShelf() {
      const shelves = this.data._shelves;
      if (shelves === null) return;
      const { exercise: t } = texts();
      this.setData({
        state: 'shelf',
        book: tileOf(shelves.book),
        shelves: shelves.ranges.map((range) => ({ ...range, label: fill(t.shelf, range) })),
        tapped: -1,
        verdict: NO_VERDICT,
      });
    },

    onTake(event: WechatMiniprogram.BaseEvent<object, { at: number }>) {
      const book = this.data.pool[event.currentTarget.dataset.at];
      if (book === undefined) return;
      const row = [...this.data.row, book];
      const pool = this.data.pool.filter((other) => other !== book);
      const verdict = pool.length === 0 ? checkOrder(row, texts()) : NO_VERDICT;
      this.showRow(row, pool, verdict);
    },

    onPutBack(event: WechatMiniprogram.BaseEvent<object, { at: number }>) {
      const book = this.data.row[event.currentTarget.dataset.at];
      if (book === undefined || this.data.verdict.right) return;
      const row = this.data.row.filter((other) => other !== book);
      this.showRow(row, [...this.data.pool, book], NO_VERDICT);
    },

    showRow(row: Tile[], pool: Tile[], verdict: Verdict) {
      const marked = (tile: Tile): Tile => ({
        ...tile,
        mixedUp: verdict.mixedUp.includes(tile.callNumber),
      });
      this.setData({ row: row.map(marked), pool: pool.map(marked), verdict });
    },

    onStartOver() {
      this.showRow([], [...this.data.pool, ...this.data.row], NO_VERDICT);
    },

    onShelf(event: WechatMiniprogram.BaseEvent<object, { at: number }>) {
      const { at } = event.currentTarget.dataset;
      const range = this.data.shelves[at];
      if (range === undefined || this.data.book === null) return;
      this.setData({ tapped: at, verdict: checkShelf(range, this.data.book, texts()) });
    },

    onGoOn() {
      if (this.data.state === 'order' && this.data._shelves !== null) this.beginShelf();
      else this.onDone();
    },

    onAnother() {
      void this.load();
    },

    onDone() {
      this.triggerEvent('done');
    },
  },
});
