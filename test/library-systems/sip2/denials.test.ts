import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import { Sip2Config } from '../../../library-systems/sip2';
import { readWords } from '../../../library-systems/sip2/denials';
import type { Answer } from '../../../library-systems/sip2/wire/parse-answer';
import { configFor } from './support';

const words = readWords(v.parse(Sip2Config, configFor(1)), {
  secret: () => '',
  clock: Date,
});
const saying = (...texts: string[]): Answer =>
  ({ code: '64', fixed: {}, fields: new Map([['AF', texts]]) }) as unknown as Answer;

describe('the words of a SIP2 server', () => {
  it.each([
    ['该书已被其他读者预约，不能续借', 'ON_HOLD'],
    ['该书已预约，不能续借', 'ON_HOLD'],
    ['Item unavailable due to outstanding holds', 'ON_HOLD'],
    ['超过最大续借次数，不得续借！', 'TOO_MANY_RENEWALS'],
    ['已达到续借次数上限', 'TOO_MANY_RENEWALS'],
    ['续借次数已满', 'TOO_MANY_RENEWALS'],
    ['不到续借时间，不得续借！', 'TOO_SOON'],
    ['借阅证已挂失', 'CARD_LOST'],
    ['Card reported lost', 'CARD_LOST'],
    ['密码错误，剩余尝试次数：2', 'BAD_PIN'],
    ['账号已锁定', 'LOCKED'],
    ['Account locked', 'LOCKED'],
    ['超过最大尝试次数', 'LOCKED'],
    ['Your card is blocked', 'BLOCKED'],
    ['没有借阅权限', 'BLOCKED'],
    ['借阅证已到期，请办理延期', 'EXPIRED'],
    ['已过有效期', 'EXPIRED'],
    ['Your card has expired', 'EXPIRED'],
    ['欠款 15.50 元', 'DEBT'],
    ['欠费0.50元', 'DEBT'],
    ['Patron owes 10.00', 'DEBT'],
    ['有超期图书未还', 'OVERDUE'],
    ['馆内尚有在架复本，请直接到馆借阅', 'ON_SHELF'],
    ['您已预约此书', 'DUPLICATE'],
  ])('mean what they say: %s', (text, code) => {
    expect(words.codeOf(text)).toBe(code);
  });

  it.each([
    '您的读者证有效期至2030-06-30',
    '有效期：2030-06-30',
    '读者证即将到期',
    '读者证未过期',
    '您没有欠款',
    '无欠费',
    '欠款：0.00元',
    'Fines: 0.00',
    'You have no fines',
    '无超期图书',
    '没有逾期图书',
    '超期 0 册',
    'No overdue items',
    '没有其他读者预约',
    '该书不在架',
    'Not on shelf',
    'Item is not available for checkout',
    '剩余续借次数：2',
    '剩余尝试次数：2',
    '证件挂失请拨打服务台电话',
    '读者证未挂失',
    '已解除挂失',
    'Lost your card? Ask at the desk',
    'If your card is lost, call us',
    '1 item reported lost',
  ])('are not taken for a refusal of another kind: %s', (text) => {
    expect(words.codeOf(text)).toBeUndefined();
  });

  it('keep what follows a greeting', () => {
    expect(words.partsOf(saying('欢迎使用自助服务。您的证已挂失'))).toEqual(['您的证已挂失']);
    expect(words.partsOf(saying('欢迎使用自助服务，您的证已挂失'))).toEqual([
      '欢迎使用自助服务，您的证已挂失',
    ]);
    expect(words.partsOf(saying('Thank you. Item cannot be renewed'))).toEqual(['Item cannot be renewed']);
    expect(words.partsOf(saying('Welcome to the library! Your card has expired.'))).toEqual([
      'Your card has expired.',
    ]);
    expect(words.partsOf(saying('欢迎使用自助服务', 'Greetings from Koha. ', 'Welcome, reader!'))).toEqual(
      [],
    );
  });
});
