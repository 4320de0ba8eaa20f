import type { BibPage } from '../../../contracts/catalog';
import type { HoursOutput } from '../../../contracts/library';
import { shelfBook, type ShelfBook } from '../../components/book-shelf/shelf-book';
import { fill } from '../../i18n/index';
import { momentText } from '../../lib/dates';
import { asFault, call } from '../../services/api';
import { forgetPass } from '../../services/card-pass';
import { denialWords, NO_DENIAL } from '../../services/denial-words';
import { deskState } from '../../services/desk-changes';
import { faultNotice, NO_FAULT } from '../../services/fault-notice';
import { lacks, lastKnownLibrary, readLibrary } from '../../services/library';
import { openCardPage, openReadingList, openScan, openSearch, openShelf } from '../../services/navigate';
import { endPullDown, tell, toast } from '../../services/phone';
import { readingList } from '../../services/reading-list';
import { language } from '../../services/settings';
import { searchPlaceholder } from '../../services/search-placeholder';
import { startScan } from '../../services/start-scan';
import { refreshTabBar, refreshUi, texts, ui } from '../../services/ui';
import { deskBlock, readDesk, type DeskBlock, type DeskReading } from './desk-block';
import { hoursLines, type HoursLine } from './hours-lines';

type SectionState = 'loading' | 'ready' | 'error' | 'absent';
type SectionName = 'hours' | 'newBooks' | 'mostBorrowed';
type DeskState = SectionState | 'unbound' | 'denied';

const SHELF_LENGTH = 14;
const CAPABILITY = {
  hours: 'policy.openingHours',
  newBooks: 'catalog.newBooks',
  mostBorrowed: 'catalog.mostBorrowed',
} as const;

const placeholder = () => searchPlaceholder(lastKnownLibrary(), texts());

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('home'),
    libraryName: '',
    placeholder: placeholder(),
    desk: null as DeskBlock | null,
    deskTexts: texts().desk,
    deskState: 'loading' as DeskState,
    /** Of a list that could not be read anew: how old it is */
    deskAsOf: '',
    /** Why the library does not serve the card */
    deskDenial: NO_DENIAL,
    deskFault: NO_FAULT,
    hoursState: 'loading' as SectionState,
    hours: [] as HoursLine[],
    hoursAsOf: '',
    hoursFault: NO_FAULT,
    newBooksState: 'loading' as SectionState,
    newBooks: [] as ShelfBook[],
    newBooksFault: NO_FAULT,
    mostBorrowedState: 'loading' as SectionState,
    mostBorrowed: [] as ShelfBook[],
    mostBorrowedFault: NO_FAULT,
    /** Nothing at all could be read: said once */
    down: false,
    wanted: 0,
    _hours: null as HoursOutput | null,
    _desk: null as DeskReading | null,
    _deskSeen: -1,
  },

  methods: {
    onLoad() {
      this.setData({ placeholder: placeholder() });
      this.data._deskSeen = deskState();
      void this.load();
    },

    onShow() {
      const changed = refreshUi(this, 'home', 'home');
      refreshTabBar();
      if (changed) {
        this.setData({ deskTexts: texts().desk, placeholder: placeholder() });
        this.showHours();
        this.showDesk();
      }
      if (this.data._deskSeen !== deskState()) void this.loadDesk();
      const wanted = readingList().length;
      if (wanted !== this.data.wanted) this.setData({ wanted });
    },

    async onPullDownRefresh() {
      await (this.data.down ? this.onRetryAll() : this.load());
      endPullDown();
    },

    async load() {
      await Promise.all([
        this.loadName(),
        this.loadDesk(),
        this.loadHours(),
        this.loadNewBooks(),
        this.loadMostBorrowed(),
      ]);
    },

    async loadName() {
      try {
        const { library } = await readLibrary();
        this.setData({ libraryName: library.name, placeholder: placeholder() });
      } catch {
        // The name is an ornament: the sections below tell what does not work.
        return;
      }
    },

    async loadDesk() {
      this.data._deskSeen = deskState();
      try {
        this.data._desk = await readDesk((at) => this.tellEnded(at));
        this.showDesk();
      } catch (error) {
        this.showDeskFailure(error);
      }
    },

    /** Once, and not again after the reader has read it. */
    async tellEnded(at: string) {
      forgetPass();
      const { desk: t, common } = texts();
      await tell(fill(t.endedElsewhere, { time: momentText(at, language()) }), common.ok);
      await call('cards.mine', { acknowledge: at });
    },

    showDesk() {
      const desk = this.data._desk;
      if (desk === null) return;
      if (desk.kind === 'denied')
        this.setData({ deskState: 'denied', deskDenial: denialWords(desk.denied), deskAsOf: '' });
      else if (desk.kind === 'unbound') this.setData({ deskState: 'unbound', deskAsOf: '' });
      else {
        const time = momentText(desk.asOf, language());
        this.setData({
          desk: deskBlock(desk.loans, texts(), language()),
          deskState: 'ready',
          deskAsOf: desk.isStale ? fill(texts().common.staleAsOf, { time }) : '',
        });
      }
    },

    showDeskFailure(error: unknown) {
      if (asFault(error).code === 'UNSUPPORTED') this.setData({ deskState: 'absent' });
      // a card may have been bound since the page found none
      else if (this.data._desk === null || this.data._desk.kind === 'unbound')
        this.setData({
          deskState: 'error',
          deskFault: { ...faultNotice(error), title: texts().shelf.failed },
        });
      else if (this.data._desk.kind === 'loans') {
        this.data._desk.isStale = true;
        this.showDesk();
      } else this.showDesk();
    },

    onDesk() {
      if (this.data.deskState === 'unbound') openCardPage('bind');
      else openShelf();
    },

    onRetryDesk() {
      this.setData({ deskState: 'loading' });
      void this.loadDesk();
    },

    /** A section that this library cannot fill is not drawn first and taken away then. */
    isAbsent(name: SectionName): boolean {
      const absent = lacks(CAPABILITY[name]);
      if (absent) this.setData({ [`${name}State`]: 'absent' });
      return absent;
    },

    async loadHours() {
      if (this.isAbsent('hours')) return;
      try {
        this.data._hours = await call('library.hours', {});
        this.showHours();
      } catch (error) {
        this.showFailure('hours', error, this.data.hours.length > 0);
      }
    },

    showHours() {
      const hours = this.data._hours;
      if (hours === null) return;
      this.setData({
        hours: hoursLines(hours, texts().home, language()),
        hoursAsOf: '',
        hoursState: 'ready',
      });
    },

    async loadNewBooks() {
      await this.loadShelf('newBooks', () => call('catalog.newBooks', { pageSize: SHELF_LENGTH }));
    },

    async loadMostBorrowed() {
      await this.loadShelf('mostBorrowed', () => call('catalog.mostBorrowed', { pageSize: SHELF_LENGTH }));
    },

    async loadShelf(name: 'newBooks' | 'mostBorrowed', read: () => Promise<BibPage>) {
      if (this.isAbsent(name)) return;
      try {
        const { items } = await read();
        this.setData({ [name]: items.map(shelfBook), [`${name}State`]: 'ready' });
      } catch (error) {
        this.showFailure(name, error, this.data[name].length > 0);
      }
    },

    /** What is shown already stays; the opening hours then say how old they are. */
    showFailure(name: SectionName, error: unknown, shown: boolean) {
      if (asFault(error).code === 'UNSUPPORTED') this.setData({ [`${name}State`]: 'absent' });
      else if (shown) this.showStale(name, error);
      else {
        this.setData({ [`${name}State`]: 'error', [`${name}Fault`]: faultNotice(error) });
        const { hoursState, newBooksState, mostBorrowedState } = this.data;
        const asked = [hoursState, newBooksState, mostBorrowedState].filter((state) => state !== 'absent');
        const down = asked.every((state) => state === 'error');
        if (down) this.setData({ down });
      }
    },

    showStale(name: SectionName, error: unknown) {
      toast(faultNotice(error).title);
      const hours = this.data._hours;
      if (name !== 'hours' || hours === null) return;
      const time = momentText(hours.asOf, language());
      this.setData({ hoursAsOf: fill(texts().common.staleAsOf, { time }) });
    },

    onRetry(event: WechatMiniprogram.BaseEvent<object, { section: SectionName }>) {
      const { section } = event.currentTarget.dataset;
      this.setData({ [`${section}State`]: 'loading' });
      if (section === 'hours') void this.loadHours();
      else if (section === 'newBooks') void this.loadNewBooks();
      else void this.loadMostBorrowed();
    },

    async onRetryAll() {
      this.setData({
        down: false,
        ...(this.data._desk === null ? { deskState: 'loading' } : {}),
        hoursState: 'loading',
        newBooksState: 'loading',
        mostBorrowedState: 'loading',
      });
      void this.load();
    },

    onSearch() {
      openSearch();
    },

    async onScan() {
      await startScan();
    },

    onScanMany() {
      openScan({ mode: 'many' });
    },

    onReadingList() {
      openReadingList();
    },

    onScans() {
      openScan({ mode: 'history' });
    },
  },
});
