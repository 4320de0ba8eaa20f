import { beforeAll, describe, expect, it } from '@jest/globals';
import { Collection } from '../../../library-systems/demo/collection';
import { PastLoans } from '../../../library-systems/demo/circulation/past-loans';
import { loanRule, READER_TYPES } from '../../../library-systems/demo/circulation/policy';
import type { EndedLoan } from '../../../library-systems/demo/circulation/rows';
import { seedLedger } from '../../../library-systems/demo/circulation/seed-ledger';
import { weekday } from '../../../library-systems/demo/local-date';
import { isOpenOn } from '../../../library-systems/demo/opening-hours';
import { readCatalog } from '../../../library-systems/demo/read-catalog';
import type { SeedBib } from '../../../library-systems/demo/read-catalog';
import { CATALOG_FILE, NOW } from '../support/demo';

const TODAY = '2026-11-21';
const DAY_MS = 86_400_000;
const dateOf = (time: string): string =>
  new Date(Date.parse(time) + 8 * 3_600_000).toISOString().slice(0, 10);
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * sorted.length)]!;

describe('the demo’s first day', () => {
  let bibs: SeedBib[];
  let collection: Collection;
  let first: ReturnType<typeof seedLedger>;
  let past: EndedLoan[][];
  beforeAll(async () => {
    bibs = await readCatalog(CATALOG_FILE);
    collection = new Collection(bibs, NOW);
    first = seedLedger(collection, TODAY);
    const loans = new PastLoans(collection, TODAY);
    past = first.readers.map((reader) => [...loans.of(reader)]);
  });

  it('is the same each time', () => {
    expect(seedLedger(new Collection(bibs, NOW), TODAY)).toEqual(first);
    const again = new PastLoans(collection, TODAY);
    // In another order: what one reader borrowed does not depend on who was asked first.
    const reversed = [...first.readers].reverse().map((reader) => [...again.of(reader)]);
    expect(reversed.reverse()).toEqual(past);
  });

  it('has readers of every kind, each number and name once', () => {
    const { readers } = first;
    expect(readers.length).toBeGreaterThanOrEqual(300);
    for (const key of ['id', 'cardNumber', 'name'] as const) {
      expect(new Set(readers.map((reader) => reader[key])).size).toBe(readers.length);
    }
    expect(new Set(readers.map(({ type }) => type))).toEqual(new Set(Object.keys(READER_TYPES)));
    expect(new Set(readers.map(({ department }) => department)).size).toBeGreaterThan(10);
    expect(new Set(readers.map(({ grade }) => grade)).size).toBeGreaterThanOrEqual(5);
    for (const { name } of readers) expect(name).toMatch(/^读者|资料室$/);
  });

  it('gives every copy that is out, set aside or on its way to one reader, within the rules', () => {
    const { loans, holds, readers } = first;
    expect(new Set(loans.map(({ barcode }) => barcode)).size).toBe(loans.length);
    const onLoan = new Set(loans.map(({ barcode }) => barcode));
    const aside = new Map(holds.map((hold) => [hold.barcode, hold.status]));
    for (const { item } of collection.copies()) {
      if (item.status === 'onLoan') expect(onLoan).toContain(item.barcode);
      if (item.status === 'onHoldShelf') expect(aside.get(item.barcode)).toBe('ready');
      if (item.status === 'inTransit') expect(aside.get(item.barcode)).toBe('inTransit');
    }
    const types = new Map(readers.map(({ id, type }) => [id, type]));
    const counts = new Map<string, number>();
    for (const loan of loans) {
      const copy = collection.copy(loan.barcode)!;
      const rule = loanRule(types.get(loan.reader)!, copy.itemType!, copy.item.branch.code);
      expect(loan.renewals).toBeLessThanOrEqual(rule.renewals);
      expect(dateOf(loan.loanedAt) < TODAY).toBe(true);
      expect(loan.dueAt > loan.loanedAt).toBe(true);
      counts.set(loan.reader, (counts.get(loan.reader) ?? 0) + 1);
    }
    for (const [reader, count] of counts) {
      expect(count).toBeLessThanOrEqual(READER_TYPES[types.get(reader)!].maxLoans);
    }
    const without = readers.filter(({ id }) => !counts.has(id)).length;
    expect(without / readers.length).toBeGreaterThan(0.05);
  });

  it('lets nobody wait in front of somebody who came on an earlier day', () => {
    const last = new Map<string, string>();
    for (const { bibId, placedAt } of [...first.holds].sort((a, b) => a.turn - b.turn)) {
      expect(dateOf(placedAt) >= (last.get(bibId) ?? '')).toBe(true);
      last.set(bibId, dateOf(placedAt));
    }
    expect(first.holds.filter(({ status }) => status === 'waiting').length).toBeGreaterThan(100);
  });

  it('looks back on three years in the shape of real loans', () => {
    const all = past.flat();
    expect(all.length).toBeGreaterThan(3_000);
    const perYear: number[] = [];
    for (const loans of past) {
      const years = [0, 0, 0];
      for (const { loanedAt } of loans) years[Math.floor((NOW - Date.parse(loanedAt)) / DAY_MS / 365)]!++;
      perYear.push(...years.filter((count) => count > 0));
    }
    perYear.sort((a, b) => a - b);
    expect(quantile(perYear, 0.25)).toBe(1);
    expect(quantile(perYear, 0.5)).toBe(2);
    expect(Math.abs(quantile(perYear, 0.75) - 5)).toBeLessThanOrEqual(1);
    expect(Math.abs(quantile(perYear, 0.9) - 10)).toBeLessThanOrEqual(2);
    expect(Math.abs(quantile(perYear, 0.99) - 35)).toBeLessThanOrEqual(10);

    const weekdays = all.filter(({ loanedAt }) => weekday(dateOf(loanedAt)) <= 5).length / all.length;
    expect(Math.abs(weekdays - 0.986)).toBeLessThan(0.008);
    const inMonths = (...months: string[]): number =>
      all.filter(({ loanedAt }) => months.includes(dateOf(loanedAt).slice(5, 7))).length / months.length;
    expect(inMonths('09', '03')).toBeGreaterThan(1.3 * inMonths('04', '05', '10', '11'));
    expect(inMonths('12', '06')).toBeGreaterThan(1.1 * inMonths('04', '05', '10', '11'));
    expect(inMonths('02', '08')).toBeLessThan(0.5 * inMonths('04', '05', '10', '11'));

    const days = all.map(
      ({ loanedAt, returnedAt }) => (Date.parse(returnedAt) - Date.parse(loanedAt)) / DAY_MS,
    );
    const share = (from: number, to: number): number =>
      days.filter((length) => length >= from && length < to).length / days.length;
    for (const length of [7, 14, 30]) expect(share(length - 4, length + 4)).toBeGreaterThan(0.15);
    expect(share(130, 170)).toBeGreaterThan(0.02);

    const byTitle = new Map<string, number>();
    for (const { bibId } of all) byTitle.set(bibId, (byTitle.get(bibId) ?? 0) + 1);
    const popular = bibs.filter(({ loans }) => loans > 40);
    const rare = bibs.filter(({ loans }) => loans <= 10);
    const mean = (list: readonly SeedBib[]): number =>
      list.reduce((sum, { bibId }) => sum + (byTitle.get(bibId) ?? 0), 0) / list.length;
    expect(mean(popular)).toBeGreaterThan(3 * mean(rare));
  });

  it('ends every past loan before the first day, on open days, after it began', () => {
    for (const loan of past.flat()) {
      const { item } = collection.copy(loan.barcode)!;
      expect(isOpenOn(item.branch.code, dateOf(loan.returnedAt))).toBe(true);
      expect(loan.returnedAt > loan.loanedAt).toBe(true);
      expect(dateOf(loan.returnedAt) < TODAY).toBe(true);
    }
    const ids = past.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const without = past.filter((loans) => loans.length === 0).length / past.length;
    expect(without).toBeGreaterThan(0.08);
    expect(without).toBeLessThan(0.13);
  });
});
