import { addDays } from '../local-date';
import type { ItemTypeCode } from './policy';
import type { FineRow, HoldRow, Reader } from './rows';

/** Loans that a named reader has on the first day; days count from it. */
export interface PlannedLoans {
  count: number;
  itemType?: ItemTypeCode;
  /** Due dates are dealt out over these days, both included. */
  dueIn: [from: number, to: number];
  renewals?: number;
  recalled?: boolean;
  /** Another reader waits for it. */
  wanted?: boolean;
}

/** A hold that a named reader has on the first day. */
export interface PlannedHold {
  status: Extract<HoldRow['status'], 'waiting' | 'inTransit' | 'ready' | 'expired'>;
  /** How many wait for the same title before. */
  before?: number;
}

export type PlannedFine = Pick<FineRow, 'amountCents' | 'reason' | 'libraryText'> & { daysAgo: number };

/** A reader made to be played: see local/seed/README.md. */
export interface NamedReader {
  reader: Reader;
  loans?: readonly PlannedLoans[];
  holds?: readonly PlannedHold[];
  fines?: readonly PlannedFine[];
}

type Sketch = Omit<NamedReader, 'reader'> & {
  card: string;
  name: string;
  type: Reader['type'];
  department?: string;
  grade?: string;
  formerNumbers?: string[];
  cardState?: Reader['cardState'];
  borrowing?: Reader['borrowing'];
  /** Days from the first day on; a card without it is valid for two years. */
  expiresIn?: number;
};

const RENEWABLE = { dueIn: [1, 9] as [number, number] };

/** In this order: the first is p1. */
const SKETCHES: readonly Sketch[] = [
  {
    card: '2024110020',
    name: '读者二十册',
    type: 'UG',
    department: '文学院',
    grade: '2024级',
    loans: [
      { count: 1, dueIn: [-3, -3] },
      { count: 1, dueIn: [5, 5], wanted: true },
      { count: 18, ...RENEWABLE },
    ],
  },
  {
    card: 'D00012',
    name: '历史学院资料室',
    type: 'DEPT',
    department: '历史学院',
    loans: [{ count: 120, dueIn: [0, 9] }],
  },
  { card: '2026110003', name: '读者未借', type: 'UG', department: '数学学院', grade: '2026级' },
  {
    card: '2025210007',
    formerNumbers: ['2021110007'],
    name: '读者升学',
    type: 'PG',
    department: '计算机学院',
    grade: '2025级',
    loans: [{ count: 3, ...RENEWABLE }],
  },
  {
    card: '2023110005',
    name: '读者欠款',
    type: 'UG',
    department: '法学院',
    grade: '2023级',
    loans: [{ count: 2, ...RENEWABLE }],
    fines: [
      { amountCents: 3_800, reason: 'lost', libraryText: '图书遗失赔偿', daysAgo: 50 },
      { amountCents: 700, reason: 'overdue', libraryText: '超期归还', daysAgo: 120 },
    ],
  },
  {
    card: 'T100006',
    name: '读者难续',
    type: 'STAFF',
    department: '外国语学院',
    loans: [
      { count: 1, dueIn: [4, 4], renewals: 1 },
      { count: 1, dueIn: [40, 40] },
      { count: 1, dueIn: [1, 1], itemType: 'SHORT' },
      { count: 1, dueIn: [3, 3], itemType: 'HOT' },
      { count: 1, dueIn: [6, 6], itemType: 'AUTO' },
      { count: 1, dueIn: [5, 5], recalled: true },
      { count: 1, dueIn: [-2, -2] },
      { count: 1, dueIn: [7, 7], wanted: true },
      { count: 2, ...RENEWABLE },
    ],
  },
  {
    card: '2022110007',
    name: '读者过期',
    type: 'UG',
    department: '化学学院',
    grade: '2022级',
    expiresIn: -40,
  },
  {
    card: '2023110008',
    name: '读者挂失',
    type: 'UG',
    department: '物理学院',
    grade: '2023级',
    cardState: 'lost',
  },
  {
    card: '2023110009',
    name: '读者停借',
    type: 'UG',
    department: '物理学院',
    grade: '2023级',
    cardState: 'blocked',
    loans: [{ count: 1, ...RENEWABLE }],
  },
  {
    card: '2023110010',
    name: '读者冻结',
    type: 'UG',
    department: '机械工程学院',
    grade: '2023级',
    cardState: 'frozen',
  },
  {
    card: '2024110011',
    name: '读者满约',
    type: 'UG',
    department: '经济管理学院',
    grade: '2024级',
    holds: [{ status: 'waiting' }, { status: 'waiting' }, { status: 'waiting', before: 2 }],
  },
  {
    card: '2024210012',
    name: '读者待取',
    type: 'PG',
    department: '历史学院',
    grade: '2024级',
    holds: [
      { status: 'ready' },
      { status: 'inTransit' },
      { status: 'waiting', before: 1 },
      { status: 'expired' },
    ],
  },
  {
    card: '2024110013',
    name: '读者试密',
    type: 'UG',
    department: '医学院',
    grade: '2024级',
    loans: [{ count: 1, ...RENEWABLE }],
  },
  {
    card: '2023110014',
    name: '读者将届',
    type: 'UG',
    department: '哲学学院',
    grade: '2023级',
    expiresIn: 6,
    loans: [{ count: 1, dueIn: [6, 6] }],
  },
  {
    card: 'V000015',
    name: '读者校外',
    type: 'VISITOR',
    loans: [{ count: 2, ...RENEWABLE }],
  },
  {
    card: 'R000016',
    name: '读者荣休',
    type: 'RETIRED',
    department: '文学院',
    loans: [{ count: 2, dueIn: [20, 45] }],
  },
  {
    card: 'T100017',
    name: '读者教工',
    type: 'STAFF',
    department: '数学学院',
    loans: [{ count: 4, ...RENEWABLE }],
  },
  {
    card: '2025110018',
    name: '读者小额',
    type: 'UG',
    department: '医学院',
    grade: '2025级',
    loans: [
      { count: 1, dueIn: [-6, -6] },
      { count: 2, ...RENEWABLE },
    ],
    fines: [{ amountCents: 200, reason: 'other', libraryText: '跨馆调拨费', daysAgo: 9 }],
  },
  { card: '2025110019', name: '读者候补', type: 'UG', department: '法学院', grade: '2025级' },
  {
    card: '2026110021',
    name: '读者新生甲',
    type: 'UG',
    department: '历史学院',
    grade: '2026级',
    borrowing: 'awaits-onboarding',
  },
  {
    card: '2026110022',
    name: '读者新生乙',
    type: 'UG',
    department: '医学院',
    grade: '2026级',
    borrowing: 'awaits-onboarding',
  },
  {
    card: '2026210023',
    name: '读者新生硕',
    type: 'PG',
    department: '计算机学院',
    grade: '2026级',
    borrowing: 'awaits-onboarding',
  },
];

/** The named readers, their days counted from `today`, the library's date of the first day. */
export function namedReaders(today: string): NamedReader[] {
  return SKETCHES.map(
    (
      { card, name, type, department, grade, formerNumbers, cardState, borrowing, expiresIn, ...plans },
      i,
    ) => ({
      reader: {
        id: `p${i + 1}`,
        cardNumber: card,
        formerNumbers: formerNumbers ?? [],
        name,
        type,
        ...(department !== undefined && { department }),
        ...(grade !== undefined && { grade }),
        ...((type !== 'DEPT' || expiresIn !== undefined) && { expiresAt: addDays(today, expiresIn ?? 730) }),
        cardState: cardState ?? 'ok',
        borrowing: borrowing ?? 'open',
        wrongPins: 0,
      },
      ...plans,
    }),
  );
}
