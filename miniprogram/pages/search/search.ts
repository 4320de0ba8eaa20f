import type { SearchField, SearchOutput, SearchSort } from '../../../contracts/catalog';
import { bibRow, type BibRow } from '../../components/book-row/bib-row';
import { fill } from '../../i18n/index';
import { call } from '../../services/api';
import { faultNotice, type FaultNotice } from '../../services/fault-notice';
import { lacks, lastKnownLibrary, readLibrary } from '../../services/library';
import { queryText } from '../../services/navigate';
import { endPullDown, scrollToTop, toast } from '../../services/phone';
import { clearSearchHistory, rememberSearch, searchHistory } from '../../services/search-history';
import { language } from '../../services/settings';
import { startScan } from '../../services/start-scan';
import { refreshUi, texts, ui } from '../../services/ui';
import { offers, uncountedOptions } from './abilities';
import { emptyNotice } from './empty-notice';
import {
  countFilters,
  filterOptions,
  filtersInput,
  NO_FILTERS,
  type FilterOptions,
  type Filters,
} from './filters';

type Phase = 'start' | 'suggest' | 'results';
type State = 'loading' | 'ready' | 'error';
/** `full`: there is more, but the list is as long as a phone shows well */
type More = 'idle' | 'loading' | 'error' | 'end' | 'full';

const PAGE_SIZE = 20;
/** WeChat grows slow beyond a thousand nodes; a row has about twelve. */
const MAX_PAGES = 4;
const SUGGEST_AFTER_MS = 250;
const MAX_TEXT = 200;
const NO_FAULT: FaultNotice = { title: '', hint: '', action: '', note: '' };

const offered = () => offers(lastKnownLibrary(), texts());

Component({
  options: { pureDataPattern: /^_/ },

  data: {
    ...ui('search'),
    ...offered(),
    maxText: MAX_TEXT,
    phase: 'start' as Phase,
    text: '',
    typing: false,
    field: 'any' as SearchField,
    sort: 'relevance' as SearchSort,
    filters: NO_FILTERS,
    filterWords: '',
    history: [] as string[],
    suggestions: [] as string[],
    state: 'loading' as State,
    fault: NO_FAULT,
    /** One list for each page that was read, so that reading on sends only the new one. */
    pages: [] as BibRow[][],
    /** Which page of the result the list begins with, from 1 */
    first: 1,
    nextWords: '',
    previousWords: '',
    total: 0,
    totalWords: '',
    empty: { heading: '', hint: '', action: '' },
    more: 'idle' as More,
    options: { branches: [], languages: [], years: [] } as FilterOptions,
    sheet: false,
    /** What the list shows */
    _text: '',
    /** Number of the latest search; answers to earlier ones come too late */
    _turn: 0,
    /** The same for suggestions: typing must not make an answer to the search too late */
    _typed: 0,
    _timer: 0,
  },

  methods: {
    onLoad(query: { q?: string; field?: SearchField }) {
      this.setData(offered());
      void this.learnOffers();
      const text = queryText(query.q).slice(0, MAX_TEXT);
      const known = this.data.fields.some(({ key }) => key === query.field);
      this.setData({
        history: searchHistory(),
        text,
        ...(known && query.field ? { field: query.field } : {}),
      });
      if (text === '') this.setData({ typing: true });
      else void this.search(text);
    },

    onShow() {
      if (refreshUi(this, 'search', 'search')) this.setData(offered());
    },

    /** Takes away what this library's search does not understand. */
    async learnOffers() {
      try {
        await readLibrary();
      } catch {
        // What is offered too much the search itself will refuse.
        return;
      }
      const now = offered();
      const { fields, sorts } = now;
      const { field, sort } = this.data;
      this.setData({
        ...now,
        ...(fields.some(({ key }) => key === field) ? {} : { field: 'any' as const }),
        ...(sorts.some(({ key }) => key === sort) ? {} : { sort: 'relevance' as const }),
      });
    },

    onUnload() {
      this.dropSuggestions();
      this.data._turn += 1;
    },

    async onPullDownRefresh() {
      if (this.data.phase === 'results') await this.search(this.data._text, this.data.state === 'ready');
      endPullDown();
    },

    onReachBottom() {
      if (this.data.phase === 'results' && this.data.more === 'idle') void this.readOn();
    },

    onInput(event: WechatMiniprogram.Input) {
      const text = event.detail.value;
      if (text.trim() === '') {
        this.onClear();
        return;
      }
      this.dropSuggestions();
      const typed = this.data._typed;
      this.setData({ text });
      if (lacks('catalog.suggest')) return;
      this.data._timer = setTimeout(() => void this.suggest(text, typed), SUGGEST_AFTER_MS);
    },

    async suggest(text: string, typed: number) {
      try {
        const { suggestions } = await call('catalog.suggest', { text });
        if (typed === this.data._typed && suggestions.length > 0)
          this.setData({ suggestions, phase: 'suggest' });
      } catch {
        // Suggestions are a courtesy; the search itself tells what does not work.
        return;
      }
    },

    /** Whatever was typed before is no longer asked about. */
    dropSuggestions() {
      clearTimeout(this.data._timer);
      this.data._typed += 1;
    },

    onSubmit() {
      this.startSearch(this.data.text);
    },

    onPick(event: WechatMiniprogram.BaseEvent<object, { text: string }>) {
      this.startSearch(event.currentTarget.dataset.text);
    },

    startSearch(text: string) {
      const trimmed = text.trim();
      if (trimmed === '') return;
      rememberSearch(trimmed);
      if (countFilters(this.data.filters) > 0) toast(texts().search.filtersDropped);
      this.setData({ text: trimmed, filters: NO_FILTERS });
      void this.search(trimmed);
    },

    onClear() {
      this.dropSuggestions();
      this.data._turn += 1;
      this.setData({ text: '', phase: 'start', history: searchHistory(), suggestions: [] });
    },

    onClearHistory() {
      clearSearchHistory();
      this.setData({ history: [] });
    },

    onField(event: WechatMiniprogram.BaseEvent<object, { key: SearchField }>) {
      this.setData({ field: event.currentTarget.dataset.key });
      if (this.data.phase === 'results') void this.search(this.data._text);
    },

    onSort(event: WechatMiniprogram.BaseEvent<object, { key: SearchSort }>) {
      this.setData({ sort: event.currentTarget.dataset.key });
      void this.search(this.data._text);
    },

    onFilters() {
      this.setData({ sheet: true });
    },

    onCloseSheet() {
      this.setData({ sheet: false });
    },

    onApplyFilters(event: WechatMiniprogram.CustomEvent<Filters>) {
      this.applyFilters(event.detail);
    },

    onAvailableNow() {
      this.applyFilters({ ...this.data.filters, availableNow: !this.data.filters.availableNow });
    },

    /** Of an empty result: takes the filters off, or asks in all fields. */
    onWiden() {
      if (countFilters(this.data.filters) > 0) this.applyFilters(NO_FILTERS);
      else {
        this.setData({ field: 'any' });
        void this.search(this.data._text);
      }
    },

    applyFilters(filters: Filters) {
      this.setData({ filters, sheet: false });
      void this.search(this.data._text);
    },

    onRetry() {
      void this.search(this.data._text, false, this.data.first);
    },

    onRetryMore() {
      void this.readOn();
    },

    async onScan() {
      await startScan();
    },

    /** Goes on, or back, by as much as the list shows. */
    onTurn(event: WechatMiniprogram.BaseEvent<object, { by: number }>) {
      const first = this.data.first + event.currentTarget.dataset.by * MAX_PAGES;
      scrollToTop();
      void this.search(this.data._text, false, Math.max(1, first));
    },

    /**
     * Reads a page of a search and shows it instead of whatever was there.
     * @param again the same search once more: what is shown stays until, and unless, the answer comes
     * @param first the page with which the list begins
     */
    async search(text: string, again = false, first = 1) {
      this.dropSuggestions();
      const turn = (this.data._turn += 1);
      const { search: t } = texts();
      this.data._text = text;
      const on = countFilters(this.data.filters);
      const filterWords = on === 0 ? t.filters : fill(t.filtersOn, { n: on });
      if (!again)
        this.setData({
          phase: 'results',
          state: 'loading',
          suggestions: [],
          filterWords,
          more: 'idle',
          first,
        });
      try {
        const { items, total, facets } = await this.readPage(first);
        if (turn !== this.data._turn) return;
        this.setData({
          state: 'ready',
          pages: [items],
          first,
          nextWords: fill(t.nextPages, { n: first * PAGE_SIZE - PAGE_SIZE + MAX_PAGES * PAGE_SIZE }),
          previousWords: first === 1 ? '' : fill(t.previousPages, { n: (first - 1) * PAGE_SIZE }),
          total,
          totalWords: fill(t.total, { n: total }),
          empty: emptyNotice(text, on > 0, this.data.field !== 'any'),
          options: this.optionsOf(facets),
          more: this.moreAfter(first, items.length, total),
        });
      } catch (error) {
        if (turn !== this.data._turn) return;
        if (again) {
          toast(faultNotice(error).title);
          // Reading on, if it was under way, gave way to this search.
          if (this.data.more === 'loading') this.setData({ more: 'idle' });
        } else this.setData({ state: 'error', fault: faultNotice(error) });
      }
    },

    optionsOf(facets: SearchOutput['facets']): FilterOptions {
      const { search: t } = texts();
      return facets ? filterOptions(facets, t) : uncountedOptions(lastKnownLibrary(), t, new Date());
    },

    async readOn() {
      const turn = this.data._turn;
      const at = this.data.pages.length;
      const next = this.data.first + at;
      this.setData({ more: 'loading' });
      try {
        const { items, total } = await this.readPage(next);
        if (turn !== this.data._turn) return;
        this.setData({ [`pages[${at}]`]: items, more: this.moreAfter(next, items.length, total) });
      } catch (error) {
        if (turn === this.data._turn) this.setData({ more: 'error', fault: faultNotice(error) });
      }
    },

    /** Whether there is more after a page, and whether the list has room for it. */
    moreAfter(page: number, found: number, total: number): More {
      if (found === 0 || page * PAGE_SIZE >= total) return 'end';
      return page - this.data.first + 1 < MAX_PAGES ? 'idle' : 'full';
    },

    async readPage(page: number) {
      const { field, sort, filters, _text: text } = this.data;
      const input = { field, text, sort, page, pageSize: PAGE_SIZE, filters: filtersInput(filters) };
      const { items, total, facets } = await call('catalog.search', input);
      return { items: items.map((bib) => bibRow(bib, texts(), language())), total, facets };
    },
  },
});
