import type { Says } from '../staff/says';

/** What to do about a refusal of WeChat's, by its number; source: the documentation of subscribeMessage.send. */
const WHAT_TO_DO: Readonly<Record<number, Says>> = {
  40003: {
    en: 'the reader is none of this mini program: is the environment bound to the right mini program?',
    zh: '读者不属于这个小程序：请检查云环境关联的小程序是否正确',
  },
  40037: {
    en: 'there is no such template: copy its id from the console once more (messages:templates)',
    zh: '没有这个模板：请在后台重新复制模板 ID（messages:templates）',
  },
  41030: {
    en: 'the page does not exist in the version that is opened: publish this version, or put in another "opens"',
    zh: '打开的版本里没有这个页面：请发布新版本，或修改设置中的 opens',
  },
  43107: {
    en: 'WeChat has banned the mini program or the template: look for a notice in the console',
    zh: '小程序或模板被微信封禁：请查看后台通知',
  },
  ...Object.fromEntries(
    [45009, 45011, 43108].map((code) => [
      code,
      {
        en: 'WeChat took no more for two days: the mini program has reached what it may send; ask for a larger quota in the console',
        zh: '连续两天超出微信的发送限额：请在后台查看并申请提高额度',
      },
    ]),
  ),
  45168: {
    en: 'WeChat does not let the words pass: mostly a single title; nothing can be done about it here',
    zh: '内容未通过微信检查，多半是个别题名；无需处理',
  },
  47003: {
    en: 'a field is not as the template has it: compare the fields in the console with messages:templates',
    zh: '字段与模板不符：请把后台的模板字段与 messages:templates 逐一核对',
  },
};
const OTHERS: Says = {
  en: 'look this number up in WeChat’s documentation of subscribeMessage.send',
  zh: '请在微信文档 subscribeMessage.send 中查找这个错误码',
};
/** Of the platform, before WeChat is asked. */
const NOT_HERE: Says = {
  en: 'the function jobs may not send: its config.json must name subscribeMessage.send; upload it anew',
  zh: '云函数 jobs 没有发送权限：config.json 须写明 subscribeMessage.send，请重新上传',
};

export const explainErrcode = (errcode: number): Says =>
  WHAT_TO_DO[errcode] ?? (errcode < 0 ? NOT_HERE : OTHERS);
