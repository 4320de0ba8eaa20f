import type { Bib, BibSummary, Holdings, Item } from '../../../contracts/catalog';

export function summary(change: Partial<BibSummary> = {}): BibSummary {
  return {
    bibId: 'b1',
    title: '红楼梦',
    author: '曹雪芹',
    publisher: '人民文学出版社',
    year: 2018,
    isbn13: '9787020125562',
    callNumber: 'I242.4/C807',
    clc: 'I',
    availableCopies: 1,
    totalCopies: 2,
    availableAt: ['主馆'],
    ...change,
  };
}

export function bib(change: Partial<Bib> = {}): Bib {
  return { ...summary(), subjects: ['章回小说'], language: 'zh', ...change };
}

export function item(change: Partial<Item> = {}): Item {
  return {
    itemId: 'i1',
    barcode: '100000001',
    branch: { code: 'main', name: '主馆' },
    location: { code: 'lit', name: '文学书库' },
    shelf: '3 架 B 面 4 层',
    status: 'available',
    ...change,
  };
}

export function holdings(items: Item[] = [item()]): Holdings {
  return { bibId: 'b1', asOf: '2026-11-21T14:32:00+08:00', items };
}
