import { randomFrom } from '../random';
import type { Random } from '../random';
import type { ReaderTypeCode } from './policy';
import type { Reader } from './rows';

const COUNT = 600;
/** References and numbers below this belong to the named readers. */
const FIRST = 101;
const KINDS: readonly { type: ReaderTypeCode; share: number }[] = [
  { type: 'UG', share: 0.62 },
  { type: 'PG', share: 0.22 },
  { type: 'STAFF', share: 0.1 },
  { type: 'RETIRED', share: 0.03 },
  { type: 'VISITOR', share: 0.03 },
];
export const DEPARTMENTS = [
  '文学院',
  '历史学院',
  '哲学学院',
  '外国语学院',
  '法学院',
  '经济管理学院',
  '数学学院',
  '物理学院',
  '化学学院',
  '计算机学院',
  '机械工程学院',
  '医学院',
] as const;
const STEMS = [...'甲乙丙丁戊己庚辛壬癸'];
const BRANCHES = [...'子丑寅卯辰巳午未申酉戌亥'];

/** "读者甲子3": a place in the cycle of sixty and a round, so that nobody can be meant. */
const inventName = (n: number): string =>
  `读者${STEMS[n % 10]!}${BRANCHES[n % 12]!}${Math.floor(n / 60) + 1}`;

/** The year in which the academic year of a date began. */
export const academicYear = (date: string): number =>
  Number(date.slice(0, 4)) - (date.slice(5) < '09-01' ? 1 : 0);

/**
 * The readers whom nobody plays: invented, the same for the same academic year.
 * About one in ten of them never borrows.
 * @param today the library's date of the first day
 */
export function seedReaders(today: string): Reader[] {
  return Array.from({ length: COUNT }, (_, i) => {
    const number = FIRST + i;
    const random = randomFrom(`reader ${number}`);
    const type = pickKind(random.next());
    return {
      id: `p${number}`,
      name: inventName(i),
      type,
      formerNumbers: [],
      cardState: 'ok',
      borrowing: 'open',
      wrongPins: 0,
      ...enrol(type, number, academicYear(today), random),
    };
  });
}

export const neverBorrows = (reader: Reader): boolean =>
  reader.type !== 'DEPT' && randomFrom(`never borrows ${reader.id}`).next() < 0.1;

function pickKind(share: number): ReaderTypeCode {
  let sum = 0;
  return KINDS.find((kind) => share < (sum += kind.share))?.type ?? 'UG';
}

function enrol(
  type: ReaderTypeCode,
  number: number,
  year: number,
  random: Random,
): Pick<Reader, 'cardNumber'> & Partial<Pick<Reader, 'department' | 'grade' | 'expiresAt'>> {
  const serial = String(number).padStart(5, '0');
  const department = random.pick(DEPARTMENTS);
  const entry = year - random.int(0, type === 'UG' ? 3 : 2);
  switch (type) {
    case 'UG':
      return {
        cardNumber: `${entry}1${serial}`,
        department,
        grade: `${entry}级`,
        expiresAt: `${entry + 4}-07-10`,
      };
    case 'PG':
      return {
        cardNumber: `${entry}2${serial}`,
        department,
        grade: `${entry}级`,
        expiresAt: `${entry + 3}-07-10`,
      };
    case 'STAFF':
      return { cardNumber: `T1${serial}`, department };
    case 'RETIRED':
      return { cardNumber: `R0${serial}`, department };
    case 'VISITOR':
      return { cardNumber: `V0${serial}`, expiresAt: `${year + 1}-08-31` };
    case 'DEPT':
      return { cardNumber: `D${serial}`, department };
  }
}
