import type { TICKET_KINDS, TICKET_STATES } from '../../../contracts/feedback';
import type { Says } from '../../staff/says';

export const KINDS: Record<(typeof TICKET_KINDS)[number], Says> = {
  question: { en: 'question', zh: '提问' },
  problem: { en: 'problem', zh: '问题反馈' },
  suggestion: { en: 'suggestion', zh: '建议' },
};
export const STATES: Record<(typeof TICKET_STATES)[number], Says> = {
  open: { en: 'open', zh: '待回复' },
  answered: { en: 'answered', zh: '已回复' },
  closed: { en: 'closed', zh: '已关闭' },
};
export const CHAT: Says = { en: 'by customer service', zh: '来自客服会话' };
