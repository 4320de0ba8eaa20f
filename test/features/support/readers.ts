import type { BindOutput, Card } from '../../../contracts/cards';
import { pinOf } from '../../../library-systems/demo/circulation/sign-in/pins';
import { dataOf, type LocalCloud } from '../../support/local-cloud';

/** Seeded readers of the demo library, as local/seed/README.md lists them. */
export const READERS = {
  twenty: { ref: 'p1', cardNumber: '2024110020', name: '读者二十册' },
  department: { ref: 'p2', cardNumber: 'D00012', name: '历史学院资料室' },
  none: { ref: 'p3', cardNumber: '2026110003', name: '读者未借' },
  promoted: { ref: 'p4', cardNumber: '2025210007', name: '读者升学' },
  debtor: { ref: 'p5', cardNumber: '2023110005', name: '读者欠款' },
  hard: { ref: 'p6', cardNumber: 'T100006', name: '读者难续' },
  expired: { ref: 'p7', cardNumber: '2022110007', name: '读者过期' },
  lost: { ref: 'p8', cardNumber: '2023110008', name: '读者挂失' },
  blocked: { ref: 'p9', cardNumber: '2023110009', name: '读者停借' },
  waiting: { ref: 'p12', cardNumber: '2024210012', name: '读者待取' },
  guesser: { ref: 'p13', cardNumber: '2024110013', name: '读者试密' },
  expiring: { ref: 'p14', cardNumber: '2023110014', name: '读者将届' },
  staff: { ref: 'p17', cardNumber: 'T100017', name: '读者教工' },
  substitute: { ref: 'p19', cardNumber: '2025110019', name: '读者候补' },
  freshman: { ref: 'p20', cardNumber: '2026110021', name: '读者新生甲' },
  secondFreshman: { ref: 'p21', cardNumber: '2026110022', name: '读者新生乙' },
  postgraduate: { ref: 'p22', cardNumber: '2026210023', name: '读者新生硕' },
} as const;
export type ReaderName = keyof typeof READERS;

export const pinFor = (who: ReaderName): string => pinOf(READERS[who].ref);

/** A PIN that is not the reader's. */
export const wrongPin = (who: ReaderName): string => (pinFor(who) === '135790' ? '135791' : '135790');

/** What a client sends to bind a card. */
export const proofOf = (who: ReaderName, answers: { cardNumber?: string; pin?: string } = {}) => ({
  method: 'pin' as const,
  answers: { cardNumber: READERS[who].cardNumber, pin: pinFor(who), ...answers },
  consentVersion: 1,
});

/** Binds a reader's card and gives it. */
export async function bind(cloud: LocalCloud, who: ReaderName, openid: string): Promise<Card> {
  const answer: BindOutput = dataOf(await cloud.call('cards.bind', proofOf(who), openid));
  if (!('card' in answer)) throw new Error(`not bound: ${JSON.stringify(answer)}`);
  return answer.card;
}

let taps = 0;
/** A request id as a client makes one for each tap. */
export const tap = (): string => `tap-${String(++taps).padStart(8, '0')}`;

export const fault = (code: string, retryable = false) => ({
  ok: false,
  error: { code, retryable, requestId: expect.any(String) as string },
});
