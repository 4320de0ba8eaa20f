import type { Denied, DenialCode } from '../../../contracts/denials';

/** The library's own words; `{}` is where a detail goes. */
const TEXTS = {
  ON_HOLD: '该书已被其他读者预约，不能续借',
  TOO_MANY_RENEWALS: '超过最大续借次数，不得续借',
  TOO_SOON: '不到续借时间，{}起可以续借',
  OVERDUE: '图书已超期，请先归还',
  DEBT: '欠款 {} 元，已达停借限额，请先缴清',
  RECALLED: '该书已被催还，请于应还日期前归还',
  ITEM_TYPE: '{}不办理续借',
  AUTO_RENEW: '该书到期自动续借，无需办理',
  NOT_YOURS: '未找到您的这条借阅记录',
  NEED_CAPTCHA: '验证码错误或已失效，请重新输入',
  BAD_PIN: '证号或密码错误',
  LOCKED: '账户已锁定，{}',
  EXPIRED: '借阅证已于 {} 到期，请到总服务台办理延期',
  BLOCKED: '借阅权限已暂停，请到总服务台处理',
  CARD_LOST: '借阅证已挂失',
  TOO_MANY_HOLDS: '预约数已达上限（{} 册）',
  DUPLICATE: '您已预约此书，请勿重复预约',
  ON_SHELF: '馆内尚有在架复本，请直接到馆借阅',
  NOT_HOLDABLE: '此书不外借，不能预约',
  BAD_PICKUP: '该取书点不可用，请另选',
  ALREADY_ON_LOAN: '您已借有此书',
  ONBOARDING_REQUIRED: '请先完成入馆教育，借阅权限将自动开通',
  OTHER: '{}',
} as const satisfies Partial<Record<DenialCode, string>>;
export type DemoDenial = keyof typeof TEXTS;

/** A refusal in the library's words. @param retryAt when it is worth trying again, ms since the epoch */
export function refuse(code: DemoDenial, detail = '', retryAt?: number): Denied {
  return {
    code,
    libraryText: TEXTS[code].replace('{}', detail),
    ...(retryAt !== undefined && { retryAt: new Date(retryAt).toISOString() }),
  };
}

/** `2026-11-28` as `11 月 28 日`. */
export const chineseDay = (date: string): string =>
  `${Number(date.slice(5, 7))} 月 ${Number(date.slice(8, 10))} 日`;

/** Fen as yuan: `12.30`. */
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
