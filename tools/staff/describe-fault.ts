import type { StaffAction, StaffFault } from './call-staff';
import type { Says } from './says';

const BANK: Says = { en: 'there is no bank yet', zh: '还没有题库' };
const READER: Says = { en: 'there is no such reader', zh: '没有这位读者' };
const SEASON: Says = {
  en: 'this year has not been opened: report:season opens it',
  zh: '这一年度尚未开启：请先用 report:season 开启',
};
const TICKET: Says = {
  en: 'there is no such ticket, its reader has removed it, or nothing of it has passed the content check',
  zh: '没有这个工单，读者已将其删除，或其内容尚未通过内容安全检查',
};
const ENTRY: Says = {
  en: `${TICKET.en}, or it has no entry with this number`,
  zh: `${TICKET.zh}；也可能没有这个序号的一条`,
};
const MESSAGES: Says = { en: 'this cloud knows nothing of messages', zh: '这个云环境还没有消息功能' };
/** What it is that was not found. */
const NOT_FOUND: Record<StaffAction, Says> = {
  'onboarding.putSlice': BANK,
  'onboarding.publish': BANK,
  'onboarding.bank': BANK,
  'onboarding.settings': BANK,
  'onboarding.preview': BANK,
  'onboarding.statistics': BANK,
  'onboarding.export': BANK,
  'onboarding.waive': READER,
  'onboarding.extraTime': READER,
  'report.season': SEASON,
  'report.status': SEASON,
  'report.putLoans': SEASON,
  'report.importParts': SEASON,
  'report.imported': SEASON,
  'report.start': SEASON,
  'report.preview': SEASON,
  'report.publish': SEASON,
  'report.withdraw': SEASON,
  'report.close': SEASON,
  'feedback.list': TICKET,
  'feedback.show': TICKET,
  'feedback.reply': TICKET,
  'feedback.close': TICKET,
  'feedback.reopen': TICKET,
  'feedback.judge': ENTRY,
  'messages.templates': MESSAGES,
  'messages.status': MESSAGES,
};

/** What mostly is the matter, where the order itself was in form. */
const BAD_REQUEST: Partial<Record<StaffAction, Says>> = {
  'report.season': {
    en: 'a year that begins in more than 370 days or ended more than five years ago is not opened, a published year cannot be given another time, and how its imports are read cannot change once loans were counted',
    zh: '370 天以后才开始或五年多以前就结束的年度不能开启；已发布的年度不能再改发布时间；借阅统计之后，不能再改导入的读法',
  },
  'report.start': {
    en: 'the year has been started already or has not begun, or its import is older than eight weeks and has to be given again',
    zh: '这一年度已经开始制作或尚未到来，或导入已超过八周、需要重新导入',
  },
  'feedback.reply': {
    en: 'the ticket has as many entries as may be: close it, and the reader can write another',
    zh: '这个工单的条数已满：可将其关闭，读者可以另写一个',
  },
  'report.publish': { en: 'the year is not ready', zh: '这一年度尚未备好' },
  'report.withdraw': { en: 'the year is not published', zh: '这一年度尚未发布' },
  'report.close': {
    en: 'the year has been started, somebody has opted in, or it has an import',
    zh: '这一年度已开始制作、已有读者参加，或已有导入',
  },
};

export function describeFault(fault: StaffFault): Says {
  switch (fault.code) {
    case 'UNREACHABLE':
      return { en: `the cloud cannot be reached (${fault.detail})`, zh: `无法连接云端（${fault.detail}）` };
    case 'NOT_FOUND':
      return fault.order.action === undefined
        ? { en: 'what was named does not exist', zh: '没有找到所指的内容' }
        : NOT_FOUND[fault.order.action];
    case 'BAD_REQUEST': {
      const why = fault.order.action && BAD_REQUEST[fault.order.action];
      return {
        en: `the function refused the input${why ? `: ${why.en}` : ''} (request ${fault.detail})`,
        zh: `云函数拒绝了输入内容${why ? `：${why.zh}` : ''}（请求号 ${fault.detail}）`,
      };
    }
    case 'BUSY':
      return {
        en: `something else is at work there; give the order again in some minutes (request ${fault.detail})`,
        zh: `云端正忙，请几分钟后再试（请求号 ${fault.detail}）`,
      };
    case 'LOST':
    case 'GARBLED':
    case 'INTERNAL':
      if (fault.order.isRead) {
        return {
          en: `no clear answer (${fault.code} ${fault.detail}): nothing was changed; try again`,
          zh: `没有得到明确回答（${fault.code} ${fault.detail}）：没有改动任何内容，请再试一次`,
        };
      }
      return {
        en: `no clear answer: it is not known whether it was done (${fault.code} ${fault.detail})`,
        zh: `没有得到明确回答，不知道是否已执行（${fault.code} ${fault.detail}）`,
      };
    default:
      return {
        en: `the function refused: ${fault.code} ${fault.detail}`,
        zh: `云函数拒绝：${fault.code} ${fault.detail}`,
      };
  }
}
