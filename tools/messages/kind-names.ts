import type { Delivery, MessageKind } from '../../contracts/messages/kinds';
import type { Says } from '../staff/says';

/** What the staff call the kinds of messages. */
export const KIND_NAMES: Readonly<Record<MessageKind, Says>> = {
  recalled: { en: 'recalled', zh: '图书召回' },
  holdExpiring: { en: 'hold expiring', zh: '预约保留将到期' },
  holdReady: { en: 'hold ready', zh: '预约到书' },
  dueSoon: { en: 'due soon', zh: '即将到期' },
  overdue: { en: 'overdue', zh: '超期' },
  cannotRenew: { en: 'cannot be renewed', zh: '不能续借' },
  backOnShelf: { en: 'back on the shelf', zh: '重新在架' },
  feedbackAnswered: { en: 'feedback answered', zh: '反馈有回复' },
  onboardingResult: { en: 'onboarding result', zh: '入馆教育成绩' },
  reportReady: { en: 'report ready', zh: '年度报告' },
};

export const DELIVERY_NAMES: Readonly<Record<Delivery, Says>> = {
  sent: { en: 'sent', zh: '已发送' },
  unknown: { en: 'perhaps sent', zh: '可能已发送' },
  waiting: { en: 'waiting', zh: '等待发送' },
  noCredit: { en: 'inbox only, not allowed by the reader', zh: '仅收件箱，读者未允许' },
  switchedOff: { en: 'inbox only, switched off by the reader', zh: '仅收件箱，读者已关闭' },
  failed: { en: 'refused by WeChat', zh: '被微信拒绝' },
  outdated: { en: 'inbox only, no longer true when WeChat took more', zh: '仅收件箱，轮到发送时情况已变' },
  inboxOnly: { en: 'inbox only, no template', zh: '仅收件箱，没有模板' },
};
