import type { Bib, Holdings, RelatedBibs } from '../../../contracts/catalog';
import { shelfBook, type ShelfBook } from '../../components/book-shelf/shelf-book';
import { fill } from '../../i18n/index';
import { momentText } from '../../lib/dates';
import { asFault, call } from '../../services/api';
import { faultNotice, type FaultNotice } from '../../services/fault-notice';
import { lacks, readLibrary } from '../../services/library';
import { bookUrl, queryText, replaceWithScan } from '../../services/navigate';
import { copy, endPullDown, toast } from '../../services/phone';
import { addToReadingList, isWanted, removeFromReadingList } from '../../services/reading-list';
import { language } from '../../services/settings';
import { refreshUi, texts, ui } from '../../services/ui';
import { bookView, NO_BOOK } from './book-view';
import { copyGroups, type BranchCopies } from './copy-groups';
import { guidePlaces, guideSteps, type GuidePlace, type GuideStep } from './guide-steps';

type State = 'loading' | 'ready' | 'error' | 'absent';

const NO_FAULT: FaultNotice = { title: '', hint: '', action: '', note: '' };
const guideTexts = () => ({ guideTexts: texts().guide, holdTexts: texts().hold });

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('book'),
    ...guideTexts(),
    bibId: '',
    barcode: '',
    bookState: 'loading' as State,
    bookFault: NO_FAULT,
    book: NO_BOOK,
    copiesState: 'loading' as State,
    copiesFault: NO_FAULT,
    branches: [] as BranchCopies[],
    asOf: '',
    relatedState: 'loading' as State,
    editions: [] as ShelfBook[],
    sameAuthor: [] as ShelfBook[],
    nearby: [] as ShelfBook[],
    wanted: false,
    /** Holds can be placed here, for the title or for a copy that is out */
    holdsOffered: false,
    holding: false,
    /** The copy to be held; empty for any */
    holdItem: '',
    guide: false,
    steps: [] as GuideStep[],
    places: [] as GuidePlace[],
    nowhere: false,
    _bib: null as Bib | null,
    _holdings: null as Holdings | null,
    _open: [] as string[],
    _stale: false,
  },

  methods: {
    onLoad(query: { bibId?: string; barcode?: string }) {
      const bibId = queryText(query.bibId);
      this.setData({ bibId, barcode: queryText(query.barcode), wanted: isWanted(bibId) });
      void this.load();
    },

    onShow() {
      if (!refreshUi(this, 'book', 'book')) return;
      this.setData(guideTexts());
      this.showBook();
      this.showCopies();
    },

    async onPullDownRefresh() {
      await this.load();
      endPullDown();
    },

    async load() {
      await Promise.all([this.loadBook(), this.loadCopies(), this.loadRelated(), this.loadOffers()]);
    },

    async loadBook() {
      try {
        this.data._bib = await call('catalog.bib', { bibId: this.data.bibId });
        this.showBook();
      } catch (error) {
        if (this.data._bib === null) this.setData({ bookState: 'error', bookFault: faultNotice(error) });
      }
    },

    showBook() {
      const bib = this.data._bib;
      if (bib === null) return;
      this.setData({ book: bookView(bib, this.data._holdings, texts(), language()), bookState: 'ready' });
    },

    async loadCopies() {
      try {
        this.data._holdings = await call('catalog.holdings', { bibId: this.data.bibId });
        this.data._stale = false;
        this.showCopies();
        if (this.data._bib?.availableCopies === undefined) this.showBook();
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.setData({ copiesState: 'absent' });
        else if (this.data._holdings === null)
          this.setData({ copiesState: 'error', copiesFault: faultNotice(error) });
        else {
          this.data._stale = true;
          this.showCopies();
        }
      }
    },

    showCopies() {
      const holdings = this.data._holdings;
      if (holdings === null) return;
      const { common } = texts();
      const time = momentText(holdings.asOf, language());
      this.setData({
        branches: copyGroups(holdings, this.data.barcode, this.data._open, texts(), language()),
        asOf: fill(this.data._stale ? common.staleAsOf : common.asOf, { time }),
        copiesState: 'ready',
      });
    },

    async loadRelated() {
      // Shelves that will not come are not drawn first.
      if (lacks('catalog.related')) {
        this.setData({ relatedState: 'absent' });
        return;
      }
      try {
        this.showRelated(await call('catalog.related', { bibId: this.data.bibId }));
      } catch (error) {
        if (asFault(error).code === 'UNSUPPORTED') this.setData({ relatedState: 'absent' });
        else if (this.data.relatedState !== 'ready') this.setData({ relatedState: 'error' });
      }
    },

    showRelated({ editions, sameAuthor, nearby }: RelatedBibs) {
      this.setData({
        editions: editions.map(shelfBook),
        sameAuthor: sameAuthor.map(shelfBook),
        nearby: nearby.map(shelfBook),
        relatedState: 'ready',
      });
    },

    async loadOffers() {
      try {
        const { capabilities } = await readLibrary();
        this.setData({ holdsOffered: capabilities.includes('holds') });
      } catch {
        // Without an answer nothing is offered that the library may not have.
        return;
      }
    },

    onHold(event: WechatMiniprogram.BaseEvent<object, { itemId?: string }>) {
      this.setData({ holding: true, holdItem: event.currentTarget.dataset.itemId ?? '' });
    },

    onCloseHold() {
      this.setData({ holding: false });
    },

    /** Where nothing could be read, one retry stands for all. */
    onRetryBook() {
      if (this.data.copiesState === 'error') this.onRetryCopies();
      this.setData({ bookState: 'loading', relatedState: 'loading' });
      void this.loadBook();
      void this.loadRelated();
    },

    onRetryCopies() {
      this.setData({ copiesState: 'loading' });
      void this.loadCopies();
    },

    onRetryRelated() {
      this.setData({ relatedState: 'loading' });
      void this.loadRelated();
    },

    onUnfold(event: WechatMiniprogram.BaseEvent<object, { code: string }>) {
      this.data._open.push(event.currentTarget.dataset.code);
      this.showCopies();
    },

    async onCopyCallNumber() {
      await copy(this.data.book.callNumber);
    },

    onGuide() {
      const holdings = this.data._holdings;
      const places = guidePlaces(holdings?.items ?? []);
      this.setData({
        guide: true,
        steps: guideSteps(this.data.book.callNumber, texts().guide, language()),
        places,
        nowhere: holdings !== null && places.length === 0,
      });
    },

    onCloseGuide() {
      this.setData({ guide: false });
    },

    onWant() {
      const { bibId, book, wanted, t, common } = this.data;
      const { title, author, callNumber, clc } = book;
      const kept = wanted
        ? removeFromReadingList(bibId)
        : addToReadingList({ bibId, title, author, callNumber, clc, addedAt: Date.now() });
      if (kept) this.setData({ wanted: !wanted });
      const words = wanted ? t.wantUndone : t.wantDone;
      toast(kept ? words : common.storageFull);
    },

    onScanNext() {
      replaceWithScan({ mode: 'next' });
    },

    onShareAppMessage() {
      const { bibId, book, bookState, t } = this.data;
      const { title: name, availability } = book;
      const words = availability === '' ? t.shareTitlePlain : t.shareTitle;
      const title = bookState === 'ready' ? fill(words, { title: name, availability }) : t.holdings;
      return { title, path: bookUrl(bibId) };
    },
  },
});
