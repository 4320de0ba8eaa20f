import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SearchAbilities, SearchInput, SearchOutput } from '../../contracts/catalog';
import type { Result } from '../../contracts/result';
import { summary } from './support/books';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, turn, until, type Opened } from './support/open-page';

const SEARCH = 'pages/search/search';
const facets = {
  availableNow: 3,
  branches: [{ code: 'main', name: '主馆', count: 5 }],
  languages: [{ code: 'zh', name: '中文', count: 5 }],
  years: [{ code: '2010', name: '2010', count: 4 }],
};
const found = (titles: string[], total = titles.length): Result<SearchOutput> =>
  ok({
    items: titles.map((title, i) => summary({ bibId: `${title}-${i}`, title })),
    total,
    page: 1,
    facets,
  });
const searches = (): SearchInput[] =>
  phone.calls.filter(({ action }) => action === 'catalog.search').map(({ input }) => input as SearchInput);
const twenty = (name: string) => Array.from({ length: 20 }, (_, i) => `${name}${i}`);
const type = (page: Opened, value: string) => page.instance['onInput']?.({ detail: { value } });

let phone: Phone;
beforeEach(() => {
  phone = fakePhone();
});

describe('search', () => {
  it('asks what to look for, and offers what was looked for before', () => {
    expect(openPage(SEARCH).text()).toContain(zh.search.intro);
    phone.storage.set('searches', ['围城']);
    const page = openPage(SEARCH);
    expect(page.text()).toContain('围城');
    expect(page.text()).not.toContain(zh.search.intro);
    page.instance['onClearHistory']?.();
    expect(page.text()).not.toContain('围城');
    expect(phone.storage.get('searches')).toEqual([]);
  });

  it('shows a skeleton, then titles with where they are', async () => {
    phone.answers['catalog.search'] = ok({
      items: [
        summary(),
        summary({
          bibId: 'b2',
          title: '史记',
          availableCopies: 0,
          availableAt: [],
          earliestDueAt: '2999-11-28',
        }),
        summary({
          bibId: 'b3',
          title: '旧书',
          availableCopies: 0,
          availableAt: [],
          earliestDueAt: '2001-01-01',
        }),
      ],
      total: 3,
      page: 1,
      facets,
    });
    const page = openPage(SEARCH, { q: encodeURIComponent('红楼梦') });
    expect(page.data['state']).toBe('loading');
    await until(() => page.data['state'] === 'ready');
    expect(page.text()).toContain('3 种');
    expect(page.text()).toContain('主馆可借');
    expect(page.text()).toContain('都借出了，最早 2999 年 11 月 28 日还回');
    expect(page.text()).toContain(zh.availability.outOverdue);
    expect(page.text()).toContain(zh.search.end);
  });

  it('finds nothing: says so, and offers all fields when one was chosen', async () => {
    phone.answers['catalog.search'] = found([]);
    const page = openPage(SEARCH, { q: 'zzz', field: 'author' });
    await until(() => page.text().includes('没有找到“zzz”'));
    expect(page.text()).toContain(zh.search.anyField);
    page.instance['onWiden']?.();
    await until(() => searches().length === 2);
    expect(searches().map(({ field }) => field)).toEqual(['author', 'any']);
  });

  it('says what failed and tries again', async () => {
    phone.answers['catalog.search'] = fault('LIBRARY_UNREACHABLE');
    const page = openPage(SEARCH, { q: 'a' });
    await until(() => page.text().includes(zh.faults.LIBRARY_UNREACHABLE.title));
    expect(page.text()).toContain('编号 r-42');
    expect(page.text()).not.toContain('没有找到');
    phone.answers['catalog.search'] = found(['红楼梦']);
    page.instance['onRetry']?.();
    await until(() => page.text().includes('红楼梦'));
  });

  it('keeps what it shows when pulling to refresh fails', async () => {
    phone.answers['catalog.search'] = found(['红楼梦']);
    const page = openPage(SEARCH, { q: 'a' });
    await until(() => page.data['state'] === 'ready');
    phone.answers['catalog.search'] = fault('LIBRARY_UNREACHABLE');
    page.instance['onPullDownRefresh']?.();
    await until(() => phone.toasts.length === 1);
    expect(phone.toasts).toEqual([zh.faults.LIBRARY_UNREACHABLE.title]);
    expect(page.text()).toContain('红楼梦');
  });

  it('reads on at the end and keeps what it has when that fails', async () => {
    phone.answers['catalog.search'] = (input: SearchInput) =>
      input.page === 1 ? found(twenty('甲'), 25) : fault('LIBRARY_UNREACHABLE');
    const page = openPage(SEARCH, { q: 'a' });
    await until(() => page.data['more'] === 'idle' && page.data['state'] === 'ready');
    page.instance['onReachBottom']?.();
    await until(() => page.data['more'] === 'error');
    expect(page.text()).toContain('甲19');
    phone.answers['catalog.search'] = found(['乙'], 25);
    page.instance['onRetryMore']?.();
    await until(() => page.data['more'] === 'end');
    expect(page.text()).toContain('甲19');
    expect(page.text()).toContain('乙');
  });

  it('stops after eighty titles, and goes on and back from there instead of growing without end', async () => {
    phone.answers['catalog.search'] = ({ page }: SearchInput) => found(twenty(`第${page}页`), 130);
    const page = openPage(SEARCH, { q: '书' });
    await until(() => page.text().includes('第1页0'));
    for (const next of [2, 3, 4]) {
      page.instance['onReachBottom']?.();
      await until(() => page.text().includes(`第${next}页0`));
    }
    page.instance['onReachBottom']?.();
    await turn();
    expect(searches()).toHaveLength(4);
    expect(page.text()).toContain(zh.search.fullHint);
    page.instance['onTurn']?.({ currentTarget: { dataset: { by: 1 } } });
    await until(() => page.text().includes('第5页0'));
    expect(page.text()).not.toContain('第4页0');
    expect(page.text()).toContain('回到前 80 种');
    page.instance['onReachBottom']?.();
    await until(() => page.text().includes('第6页0'));
    page.instance['onReachBottom']?.();
    await until(() => page.text().includes(zh.search.end));
    page.instance['onTurn']?.({ currentTarget: { dataset: { by: -1 } } });
    await until(() => page.text().includes('第1页0'));
    expect(page.text()).not.toContain('第5页0');
    expect(page.text()).not.toContain('回到前');
  });

  it('says that the filters are off for new words', async () => {
    phone.answers['catalog.search'] = found(['红楼梦']);
    const page = openPage(SEARCH, { q: '红楼' });
    await until(() => page.text().includes('红楼梦'));
    page.instance['onAvailableNow']?.();
    await until(() => searches().length === 2);
    expect(phone.toasts).toEqual([]);
    type(page, '围城');
    page.instance['onSubmit']?.();
    await until(() => searches().length === 3);
    expect(searches()[2]?.filters).toEqual({});
    expect(phone.toasts).toEqual([zh.search.filtersDropped]);
  });

  it('ignores the answer to an earlier search that comes late', async () => {
    let answerFirst: (result: Result<SearchOutput>) => void = () => undefined;
    phone.answers['catalog.search'] = (input: SearchInput) =>
      input.text === '慢' ? new Promise((resolve) => (answerFirst = resolve)) : found(['快书']);
    const page = openPage(SEARCH, { q: encodeURIComponent('慢') });
    await until(() => searches().length === 1);
    page.instance['startSearch']?.('快');
    await until(() => page.text().includes('快书'));
    answerFirst(found(['慢书']));
    await turn();
    expect(page.text()).toContain('快书');
    expect(page.text()).not.toContain('慢书');
  });

  it('shows the answer to a search although the reader types on meanwhile', async () => {
    let answerNow: (result: Result<SearchOutput>) => void = () => undefined;
    phone.answers['catalog.search'] = () => new Promise((resolve) => (answerNow = resolve));
    const page = openPage(SEARCH, { q: 'a' });
    await until(() => searches().length === 1);
    type(page, 'ab');
    answerNow(found(['红楼梦']));
    await until(() => page.text().includes('红楼梦'));
    page.instance['onUnload']?.();
  });

  it('suggests while typing and searches for what is picked', async () => {
    phone.answers['catalog.suggest'] = ok({ suggestions: ['百年孤独'] });
    phone.answers['catalog.search'] = found(['百年孤独']);
    const page = openPage(SEARCH);
    type(page, '百');
    type(page, '百年');
    await until(() => page.text().includes('百年孤独'));
    const asked = phone.calls.filter(({ action }) => action === 'catalog.suggest');
    expect(asked.map(({ input }) => input['text'])).toEqual(['百年']);
    page.tap('.line');
    await until(() => page.data['state'] === 'ready');
    expect(searches()[0]?.text).toBe('百年孤独');
    expect(phone.storage.get('searches')).toEqual(['百年孤独']);
  });

  it('sends sort and filters as the contract has them', async () => {
    phone.answers['catalog.search'] = found(['红楼梦']);
    const page = openPage(SEARCH, { q: 'a' });
    await until(() => page.data['state'] === 'ready');
    page.instance['onSort']?.({ currentTarget: { dataset: { key: 'newest' } } });
    page.instance['onApplyFilters']?.({
      detail: { availableNow: true, branches: ['main'], languages: [], decade: 2010 },
    });
    await until(() => searches().length === 3);
    expect(searches()[2]).toEqual({
      field: 'any',
      text: 'a',
      sort: 'newest',
      page: 1,
      pageSize: 20,
      filters: { availableNow: true, branches: ['main'], years: { from: 2010, to: 2019 } },
    });
    await until(() => page.text().includes('筛选 · 3'));
  });
});

describe('search in a catalogue that understands less', () => {
  const understands = (search: SearchAbilities) =>
    ok({ library: { name: 'x', branches: [{ code: 'M', name: '总馆' }] }, capabilities: [], search });
  const open = async (query?: Record<string, string>) => {
    const page = openPage(SEARCH, query);
    await until(() => phone.storage.has('library'));
    await turn();
    return page;
  };

  it('offers no field, order or filter that it does not understand', async () => {
    phone.answers['system.capabilities'] = understands({
      fields: ['any', 'title'],
      sorts: ['relevance'],
      filters: [],
    });
    phone.answers['catalog.search'] = found(['史记']);
    const page = await open({ q: '史记', field: 'author' });
    await until(() => page.data['state'] === 'ready');
    expect(page.text()).toContain(zh.fields.title);
    expect(page.text()).not.toContain(zh.fields.callNumber);
    expect(page.data['field']).toBe('any');
    expect(page.text()).not.toContain(zh.sorts.mostBorrowed);
    expect(page.text()).not.toContain(zh.search.filters);
    expect(page.text()).not.toContain(zh.search.availableNow);
  });

  it('promises neither pinyin nor fields that it lacks, and asks for no suggestions', async () => {
    phone.answers['system.capabilities'] = understands({
      fields: ['any', 'title', 'isbn'],
      sorts: ['relevance'],
      filters: [],
    });
    const page = await open();
    await until(() => page.text().includes(zh.search.introHintPlain), page.text);
    expect(page.text()).not.toContain('拼音');
    expect(page.data['placeholder']).toBe('书名、ISBN');
    type(page, '史');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(phone.calls.map(({ action }) => action)).not.toContain('catalog.suggest');
  });

  it('offers filters without numbers where nothing is counted', async () => {
    phone.answers['system.capabilities'] = understands({
      fields: ['any'],
      sorts: ['relevance', 'newest'],
      filters: ['branches', 'years'],
    });
    const { facets: _, ...uncounted } = { ...(found(['史记']) as { data: SearchOutput }).data };
    phone.answers['catalog.search'] = ok(uncounted);
    const page = await open({ q: '史记' });
    await until(() => page.data['state'] === 'ready');
    expect(page.data['options']).toMatchObject({ branches: [{ code: 'M', name: '总馆' }], languages: [] });
    page.instance['onFilters']?.();
    await until(() => page.text().includes('总馆'));
    expect(page.text()).not.toContain('undefined');
  });

  it('says of a title in the list that its page tells more', async () => {
    const { availableCopies: _a, totalCopies: _t, availableAt: _at, ...bib } = summary();
    phone.answers['catalog.search'] = ok({ items: [bib], total: 1, page: 1 });
    const page = openPage(SEARCH, { q: '红楼梦' });
    await until(() => page.data['state'] === 'ready');
    expect(page.text()).toContain(zh.availability.unknown);
  });
});
