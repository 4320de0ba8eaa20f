import type { MessageBody } from '../../../../contracts/messages/body';
import type { DenialCode } from '../../../../contracts/denials';
import type { MessageKind } from '../../../../contracts/messages/kinds';

export type Language = 'zh-CN' | 'en';

/** Words of a notice; each fits into 20 characters. */
interface Words {
  /** What stands in the place of a title that is not known. */
  noTitle: string;
  /** A place or day that the library does not tell. */
  notTold: string;
  library: string;
  places: string;
  onboarding: string;
  report: (season: string) => string;
  /** `title` is short enough to have this around it. */
  one: (title: string) => string;
  more: (title: string, total: number, kind: MessageKind) => string;
  state: Record<MessageKind, string>;
  passed: string;
  failed: string;
  advice: Record<MessageKind, string>;
  /** Where none of them can be renewed. */
  noRenewal: string;
  /** Where some may not be. */
  returnInTime: string;
  mayBorrow: string;
}

/** Also for readers of English where WeChat takes nothing but Chinese characters: at most five. */
const STATE: Record<MessageKind, string> = {
  recalled: '提前召回',
  holdExpiring: '保留将到期',
  holdReady: '可以取书',
  dueSoon: '即将到期',
  overdue: '已经超期',
  cannotRenew: '不能续借',
  backOnShelf: '已经在架',
  feedbackAnswered: '已有回复',
  onboardingResult: '成绩已出',
  reportReady: '已经生成',
};
const PASSED = '已经通过';
const FAILED = '未能通过';

export const WORDS: Record<Language, Words> = {
  'zh-CN': {
    noTitle: '（题名未知）',
    notTold: '请看小程序',
    library: '图书馆',
    places: '多个取书点',
    onboarding: '新生入馆教育',
    report: (season) => `${yearsOf(season, '年度', '学年')}阅读报告`,
    one: (title) => `《${title}》`,
    more: (title, total, kind) => `《${title}》等${total}${kind === 'backOnShelf' ? '种' : '本'}`,
    state: STATE,
    passed: PASSED,
    failed: FAILED,
    advice: {
      recalled: '请尽快归还',
      holdExpiring: '请在最后取书日当天或之前来取',
      holdReady: '请在保留期内来取',
      dueSoon: '请按时归还或续借',
      overdue: '请尽快归还',
      cannotRenew: '已有人预约，请按时归还',
      backOnShelf: '想借请早来，也可能被借走',
      feedbackAnswered: '点开查看回复',
      onboardingResult: '点开查看成绩',
      reportReady: '点开查看这一年的阅读',
    },
    noRenewal: '不能续借，请按时归还',
    returnInTime: '请按时归还',
    mayBorrow: '借阅权限已经开通',
  },
  en: {
    noTitle: '(title not known)',
    notTold: 'See the mini program',
    library: 'Library',
    places: 'Several places',
    onboarding: 'Library onboarding',
    report: (season) => `Reading in ${yearsOf(season)}`,
    one: (title) => title,
    more: (title, total) => `${title} +${total - 1} more`,
    state: {
      recalled: 'Recalled',
      holdExpiring: 'Pickup ends soon',
      holdReady: 'Ready for pickup',
      dueSoon: 'Due soon',
      overdue: 'Overdue',
      cannotRenew: 'Cannot be renewed',
      backOnShelf: 'On the shelf now',
      feedbackAnswered: 'Answered',
      onboardingResult: 'Result is there',
      reportReady: 'Report is ready',
    },
    passed: 'Passed',
    failed: 'Not passed',
    advice: {
      recalled: 'Return it soon',
      holdExpiring: 'Fetch it by the date',
      holdReady: 'Please come for it',
      dueSoon: 'Return or renew it',
      overdue: 'Please return it',
      cannotRenew: 'Return it in time',
      backOnShelf: 'Others may take it',
      feedbackAnswered: 'Open for the answer',
      onboardingResult: 'Open for your result',
      reportReady: 'Open your report',
    },
    noRenewal: 'Return it in time',
    returnInTime: 'Return in time',
    mayBorrow: 'You may borrow now',
  },
};

/** `calendar-2026` → 2026; `academic-2026` → 2026–2027. */
function yearsOf(season: string, calendar = '', academic = ''): string {
  const [, kind, year = ''] = /^(calendar|academic)-(\d{4})$/.exec(season) ?? [];
  if (kind === undefined) return '';
  return kind === 'academic' ? `${year}–${Number(year) + 1}${academic}` : `${year}${calendar}`;
}

export function stateOf(body: MessageBody, language: Language): string {
  const { state, passed, failed } = WORDS[language];
  if (body.kind === 'onboardingResult') return body.passed ? passed : failed;
  return state[body.kind];
}

export function adviceOf(body: MessageBody, language: Language): string {
  const { advice, noRenewal, returnInTime, mayBorrow } = WORDS[language];
  if (body.kind === 'onboardingResult' && body.passed && body.opened) return mayBorrow;
  // only what holds for all of them may be said of several
  if (body.kind === 'dueSoon') {
    if (body.books.length === body.total && body.books.every(({ code }) => isForGood(code))) return noRenewal;
    if (body.books.some(({ code }) => code !== undefined)) return returnInTime;
  }
  return advice[body.kind];
}

/** Refusals that stand until the loan is due. Of the others a renewal may come later, or of itself, or elsewhere. */
const FOR_GOOD: readonly DenialCode[] = ['ON_HOLD', 'TOO_MANY_RENEWALS', 'RECALLED', 'ITEM_TYPE'];
const isForGood = (code: DenialCode | undefined): boolean => code !== undefined && FOR_GOOD.includes(code);
