import type { SearchField, SearchOutput, SearchSort } from '../../../contracts/catalog';
import { bibRow, type BibRow } from '../../components/book-row/bib-row';
import { fill } from '../../i18n/index';
import { call } from '../../services/api';
import { faultNotice, type FaultNotice } from '../../services/fault-notice';
import { lastKnownLibrary, readLibrary } from '../../services/library';
import { queryText } from '../../services/navigate';
import { endPullDown, toast } from '../../services/phone';
import { clearSearchHistory, rememberSearch, searchHistory } from '../../services/search-history';
import { language } from '../../services/settings';
import { startScan } from '../../services/start-scan';
import { refreshUi, texts, ui } from '../../services/ui';
import { offers, uncountedOptions } from './abilities';
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
type More = 'idle' | 'loading' | 'error' | 'end';

const PAGE_SIZE = 20;
const SUGGEST_AFTER_MS = 250;
const MAX_TEXT = 200;
const NO_FAULT: FaultNotice = { title: '', hint: '', action: '', note: '' };

const offered = () => offers(lastKnownLibrary()?.search, texts());

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
      void this.search(this.data._text);
    },

    onRetryMore() {
      void this.readOn();
    },

    async onScan() {
      await startScan();
    },

    /**
     * Reads the first page of a search and shows it instead of whatever was there.
     * @param again the same search once more: what is shown stays until, and unless, the answer comes
     */
    async search(text: string, again = false) {
      this.dropSuggestions();
      const turn = (this.data._turn += 1);
      const { search: t } = texts();
      this.data._text = text;
      const on = countFilters(this.data.filters);
      const filterWords = on === 0 ? t.filters : fill(t.filtersOn, { n: on });
      if (!again)
        this.setData({ phase: 'results', state: 'loading', suggestions: [], filterWords, more: 'idle' });
      try {
        const { items, total, facets } = await this.readPage(1);
        if (turn !== this.data._turn) return;
        this.setData({
          state: 'ready',
          pages: [items],
          total,
          totalWords: fill(t.total, { n: total }),
          empty: emptyNotice(text, on > 0, this.data.field !== 'any'),
          options: this.optionsOf(facets),
          more: items.length < total ? 'idle' : 'end',
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
      const next = this.data.pages.length + 1;
      this.setData({ more: 'loading' });
      try {
        const { items, total } = await this.readPage(next);
        if (turn !== this.data._turn) return;
        const more: More = items.length === 0 || next * PAGE_SIZE >= total ? 'end' : 'idle';
        this.setData({ [`pages[${next - 1}]`]: items, more });
      } catch (error) {
        if (turn === this.data._turn) this.setData({ more: 'error', fault: faultNotice(error) });
      }
    },

    async readPage(page: number) {
      const { field, sort, filters, _text: text } = this.data;
      const input = { field, text, sort, page, pageSize: PAGE_SIZE, filters: filtersInput(filters) };
      const { items, total, facets } = await call('catalog.search', input);
      return { items: items.map((bib) => bibRow(bib, texts(), language())), total, facets };
    },
  },
});

/** What to say, and to offer, when nothing was found. */
function emptyNotice(text: string, filtered: boolean, oneField: boolean) {
  const { search: t } = texts();
  if (filtered) return { heading: t.noMatchFiltered, hint: '', action: t.clearFilters };
  const heading = fill(t.noMatch, { text });
  return oneField
    ? { heading, hint: t.noMatchHintField, action: t.anyField }
    : { heading, hint: t.noMatchHint, action: '' };
}
