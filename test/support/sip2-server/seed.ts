import { endOfDay, Library } from './library';
import type { Item, Reader } from './library';

/** In GBK the second byte of 東, 質 and 觸 is that of `|`. */
const TITLES = ['三体', '红楼梦', '東周列國志', '質量管理', '觸摸屏设计', '算法导论', '高等数学', '史記'];

/** Barcodes with a meaning for tests. */
export const BARCODES = {
  renewable: ['10000001', '10000002', '10000003'],
  /** Lent to the same reader, with somebody waiting for it. */
  wanted: '10000004',
  /** Lent to the same reader, renewed as often as allowed. */
  exhausted: '10000005',
  /** Lent to another reader, and nobody waits for it. */
  holdable: '20000001',
  onShelf: '30000001',
} as const;
export const BIBS = { holdable: 'b20000001', onShelf: 'b30000001' } as const;

export const CARDS = {
  borrower: { cardNumber: '20230001', pin: '1234' },
  other: { cardNumber: '20230002', pin: '2234' },
  expired: { cardNumber: '20230003', pin: '3234' },
  debtor: { cardNumber: '20230004', pin: '4234' },
  lost: { cardNumber: '20230005', pin: '5234' },
  barred: { cardNumber: '20230006', pin: '6234' },
  department: { cardNumber: 'D00120', pin: '7234' },
} as const;

/**
 * @param crowd so many more readers, `C00001` and on with PIN 0000, with two loans each
 */
export function seedLibrary(now: () => number, crowd = 0): Library {
  const library = new Library(now);
  const reader = (
    card: { cardNumber: string; pin: string },
    name: string,
    more: Partial<Reader> = {},
  ): void =>
    void library.readers.set(card.cardNumber, {
      card: card.cardNumber,
      pin: card.pin,
      name,
      type: 'UG',
      expires: '20991231',
      wrongPins: 0,
      fines: [],
      ...more,
    });
  const item = (barcode: string, more: Partial<Item> = {}): void =>
    void library.items.set(barcode, {
      barcode,
      title: TITLES[library.items.size % TITLES.length]!,
      bibId: `b${barcode}`,
      callNumber: `I247.5/${barcode.slice(-3)}`,
      holds: [],
      ...more,
    });
  const lend = (barcode: string, card: string, days: number, more: Partial<Item> = {}, renewals = 0): void =>
    item(barcode, { loan: { card, dueAt: endOfDay(now(), days), renewals }, ...more });

  reader(CARDS.borrower, '借阅者');
  reader(CARDS.other, '另一读者');
  reader(CARDS.expired, '过期读者', { expires: '20200101' });
  reader(CARDS.debtor, '欠款读者', {
    fines: [
      { text: '逾期 10000009 三体 12.50', cents: 1_250 },
      { text: '污损 10000010 红楼梦 3.00', cents: 300 },
    ],
  });
  reader(CARDS.lost, '挂失读者', { lost: true });
  reader(CARDS.barred, '停借读者', { barred: '借阅权限已暂停，请到总服务台处理' });
  reader(CARDS.department, '系资料室', { type: 'DEPT' });

  BARCODES.renewable.forEach((barcode, i) => lend(barcode, CARDS.borrower.cardNumber, 3 + i));
  lend(BARCODES.wanted, CARDS.borrower.cardNumber, -2, { holds: [CARDS.other.cardNumber] });
  lend(BARCODES.exhausted, CARDS.borrower.cardNumber, 9, {}, 2);
  lend(BARCODES.holdable, CARDS.other.cardNumber, 5);
  lend('20000002', CARDS.other.cardNumber, 6);
  item(BARCODES.onShelf);
  item('30000002', { onHoldShelf: true, holds: [CARDS.other.cardNumber] });
  for (let i = 1; i <= 120; i++) lend(`D${String(i).padStart(6, '0')}`, CARDS.department.cardNumber, 10);
  for (let i = 1; i <= crowd; i++) {
    const card = `C${String(i).padStart(5, '0')}`;
    reader({ cardNumber: card, pin: '0000' }, '读者');
    for (const copy of ['a', 'b']) lend(`${card}${copy}`, card, 7);
  }
  return library;
}
