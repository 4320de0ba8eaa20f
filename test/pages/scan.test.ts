import { beforeEach, describe, expect, it } from '@jest/globals';
import { UNKNOWN_SCAN_REASONS, type ScanOutput } from '../../contracts/catalog';
import { bib, item } from './support/books';
import { fakePhone, fault, ok, zh, type Phone } from './support/fake-wx';
import { openPage, turn, until } from './support/open-page';

const SCAN = 'pages/scan/scan';
const answer = (output: ScanOutput) => {
  phone.answers['catalog.scan'] = ok(output);
};
let phone: Phone;
beforeEach(() => {
  phone = fakePhone();
});

describe('a scan', () => {
  it('of an ISBN leads to its book', async () => {
    answer({ kind: 'bib', bib: bib() });
    const page = openPage(SCAN, { text: encodeURIComponent('978-7-02-012556-2') });
    expect(page.text()).toContain(zh.scan.working);
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /pages/book/book?bibId=b1']);
    expect(phone.calls[0]?.input).toEqual({ text: '978-7-02-012556-2' });
    expect(phone.storage.get('scans')).toMatchObject([{ bibId: 'b1', title: '红楼梦' }]);
  });

  it('of a copy leads to the book with that copy', async () => {
    answer({ kind: 'item', item: item(), bib: bib() });
    openPage(SCAN, { text: 'A100000001B' });
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['redirectTo /pages/book/book?bibId=b1&barcode=100000001']);
  });

  it('of an ISBN that the library lacks says what the number means and offers the title', async () => {
    answer({
      kind: 'unknown-isbn',
      isbn13: '9780131103627',
      formatted: '978-0-13-110362-7',
      area: 'English language',
      publisher: 'Prentice Hall',
    });
    const page = openPage(SCAN, { text: '9780131103627' });
    await until(() => page.text().includes(zh.scan.unknownIsbn));
    expect(page.text()).toContain('978-0-13-110362-7');
    expect(page.text()).toContain('英语');
    expect(page.text()).toContain('Prentice Hall');
    page.instance['onSearchTitle']?.();
    expect(phone.visits).toEqual(['navigateTo /pages/search/search?field=title']);
  });

  it.each(UNKNOWN_SCAN_REASONS)('that is unknown (%s) gets its own answer', async (reason) => {
    answer({ kind: 'unknown', text: '6901028075763', reason });
    const page = openPage(SCAN, { text: '6901028075763' });
    await until(() => page.text().includes(zh.unknownScan[reason].title));
    expect(page.text()).toContain(zh.unknownScan[reason].hint);
    expect(page.text()).toContain(zh.scan.again);
  });

  it('can be made again', async () => {
    answer({ kind: 'unknown', text: 'x', reason: 'not-a-barcode' });
    const page = openPage(SCAN, { text: 'x' });
    await until(() => page.data['state'] === 'unknown');
    answer({ kind: 'bib', bib: bib() });
    phone.scans = ['9787020125562'];
    page.instance['onAgain']?.();
    await until(() => phone.visits.length === 1);
    expect(phone.visits[0]).toContain('bibId=b1');
  });

  it('that the library does not answer can be retried, and is not called unknown', async () => {
    phone.answers['catalog.scan'] = fault('LIBRARY_UNREACHABLE');
    const page = openPage(SCAN, { text: '9787020125562' });
    await until(() => page.text().includes(zh.faults.LIBRARY_UNREACHABLE.title));
    expect(page.text()).not.toContain(zh.scan.unknownIsbn);
    answer({ kind: 'bib', bib: bib() });
    page.instance['onRetry']?.();
    await until(() => phone.visits.length === 1);
  });

  it('without a camera says how to allow it', () => {
    expect(openPage(SCAN, { trouble: 'denied' }).text()).toContain(zh.scan.cameraDenied);
    expect(openPage(SCAN, { trouble: 'failed' }).text()).toContain(zh.scan.scannerFailed);
  });

  it('from an empty history: cancelling stays there, a missing camera is said', async () => {
    const page = openPage(SCAN, { mode: 'history' });
    expect(page.text()).toContain(zh.scan.historyEmpty);
    phone.scans = [{ errMsg: 'scanCode:fail cancel' }];
    page.instance['onAgain']?.();
    await until(() => phone.scans.length === 0);
    await turn();
    expect(phone.visits).toEqual([]);
    phone.scans = [{ errMsg: 'scanCode:fail auth deny' }];
    page.instance['onAgain']?.();
    await until(() => page.text().includes(zh.scan.cameraDenied));
  });

  it('that is cancelled goes back', async () => {
    openPage(SCAN, { mode: 'next' });
    await until(() => phone.visits.length === 1);
    expect(phone.visits).toEqual(['navigateBack']);
  });
});

describe('scans in a row', () => {
  it('gather in a list: held, not held, failed and tried again', async () => {
    const page = openPage(SCAN, { mode: 'many' });
    expect(page.text()).toContain(zh.scan.manyIntro);
    const scan = async (text: string, lines: number) => {
      phone.scans = [text];
      page.instance['onNext']?.();
      await until(() => {
        const all = page.data['lines'] as { state: string }[];
        return all.length === lines && all.every(({ state }) => state !== 'working');
      });
    };
    answer({ kind: 'item', item: item(), bib: bib() });
    await scan('100000001', 1);
    answer({ kind: 'unknown-isbn', isbn13: '9780131103627', formatted: '978-0-13-110362-7' });
    await scan('9780131103627', 2);
    phone.answers['catalog.scan'] = fault('TIMEOUT');
    await scan('100000002', 3);
    expect(page.text()).toContain('3 次');
    expect(page.text()).toContain('红楼梦');
    expect(page.text()).toContain(zh.scan.notHeld);
    expect(page.text()).toContain(zh.faults.TIMEOUT.title);
    answer({ kind: 'bib', bib: bib({ bibId: 'b9', title: '围城' }) });
    page.instance['onLine']?.({ currentTarget: { dataset: { key: 2 } } });
    await until(() => page.text().includes('围城'));
    page.instance['onLine']?.({ currentTarget: { dataset: { key: 0 } } });
    expect(phone.visits).toEqual(['navigateTo /pages/book/book?bibId=b1&barcode=100000001']);
  });

  it('are remembered: a book that the library lacks was recognised all the same', () => {
    const past = { at: Date.now(), bibId: '', barcode: '', title: '', clc: 'none' };
    phone.storage.set('scans', [
      { ...past, text: '978-0-13-110362-7' },
      { ...past, text: '6901028075763' },
    ]);
    expect(openPage(SCAN, { mode: 'history' }).data['past']).toMatchObject([
      { words: expect.stringContaining(zh.scan.notHeld) },
      { words: expect.stringContaining(zh.scan.notRead) },
    ]);
  });

  it('are remembered, and can be cleared', async () => {
    phone.storage.set('scans', [
      { text: '9787020125562', at: Date.now(), bibId: 'b1', barcode: '', title: '红楼梦', clc: 'i' },
      { broken: true },
    ]);
    const page = openPage(SCAN, { mode: 'history' });
    expect(page.data['past']).toHaveLength(1);
    phone.confirm = false;
    page.instance['onClearHistory']?.();
    await turn();
    expect(phone.storage.get('scans')).toHaveLength(2);
    phone.confirm = true;
    page.instance['onClearHistory']?.();
    await until(() => (page.data['past'] as unknown[]).length === 0);
    expect(phone.storage.get('scans')).toEqual([]);
  });
});
