import { describe, expect, it } from '@jest/globals';
import { en } from '../../miniprogram/i18n/en/index';
import { filterOptions } from '../../miniprogram/pages/search/filters';
import { fakePhone, zh } from './support/fake-wx';
import { open } from './support/open-page';

const options = {
  branches: [{ code: 'main', name: '主馆', count: 5 }],
  languages: [{ code: 'zh', name: '中文', count: 5 }],
  years: [{ code: '2010', name: '2010 年代', count: 4 }],
};

describe('the sheet of filters', () => {
  it('collects a draft and hands it over only when asked', () => {
    fakePhone();
    const sheet = open('pages/search/filter-sheet/filter-sheet', {
      visible: true,
      options,
      t: zh.search,
      filters: { availableNow: false, branches: [], languages: [], decade: null },
    });
    const chip = (kind: string, code: string) => ({ currentTarget: { dataset: { kind, code } } });
    sheet.instance['show']?.({ availableNow: false, branches: [], languages: [], decade: null });
    sheet.instance['onChip']?.(chip('branches', 'main'));
    sheet.instance['onChip']?.(chip('years', '2010'));
    sheet.instance['onAvailable']?.();
    expect(sheet.data['draft']).toEqual({
      availableNow: true,
      branches: ['main'],
      languages: [],
      decade: 2010,
    });
    sheet.instance['onChip']?.(chip('branches', 'main'));
    expect(sheet.data['draft']).toMatchObject({ branches: [] });
    sheet.instance['onReset']?.();
    expect(sheet.data['draft']).toMatchObject({ availableNow: false, decade: null });
  });

  it('names languages in the language of the page, and keeps the name of one that it does not know', () => {
    const languages = [
      { code: 'en', name: '英语', count: 2 },
      { code: 'bo', name: '藏语', count: 1 },
    ];
    const shown = filterOptions({ availableNow: 0, branches: [], languages, years: [] }, en.search);
    expect(shown.languages.map(({ name }) => name)).toEqual(['English', '藏语']);
  });
});
