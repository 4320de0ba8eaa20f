import type { Card } from '../../../contracts/cards';
import type { Hold } from '../../../contracts/holds';
import type { Loan } from '../../../contracts/loans';
import { today } from '../../../miniprogram/lib/dates';

/** A day from today on, as the library writes it. */
export const dayFromNow = (days: number): string => today(new Date(Date.now() + days * 86_400_000));

export function loan(change: Partial<Loan> = {}): Loan {
  return {
    loanId: 'l1',
    bibId: 'b1',
    itemBarcode: '100000001',
    title: '红楼梦',
    author: '曹雪芹',
    callNumber: 'I242.4/C807',
    dueAt: dayFromNow(3),
    overdue: false,
    renewal: { allowed: true, left: 1, lastDay: dayFromNow(2) },
    ...change,
  };
}

export function card(change: Partial<Card> = {}): Card {
  return {
    maskedNumber: '******0020',
    maskedName: '读＊',
    readerType: { code: 'UG', name: '本科生' },
    blocks: [],
    boundAt: '2026-11-01T08:00:00Z',
    ...change,
  };
}

export function hold(change: Partial<Hold> = {}): Hold {
  return {
    holdId: 'h1',
    bibId: 'b1',
    title: '围城',
    status: 'waiting',
    position: 2,
    pickup: { code: 'main', name: '主馆' },
    ...change,
  };
}
