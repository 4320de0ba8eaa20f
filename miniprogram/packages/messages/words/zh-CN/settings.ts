import type { MessageKind } from '../../../../../contracts/messages/kinds';

/** What is told, and when it comes. */
interface KindWords {
  name: string;
  when: string;
}

export const settings = {
  title: '消息设置',
  ruleTitle: '点一次，发一条',
  rule: '这是微信的规定：你每点一次“允许”，图书馆才能给你发一条微信。可以多点几次攒着，不会过期；发完了，再点。',
  ruleInbox: '发不发微信，消息都会留在“消息”里。',
  askingTitle: '图书馆那边',
  asking: {
    always: '每天夜里替你看一遍借阅和预约，白天发之前再看一次：书还了，就不会再提醒。',
    session:
      '夜里替你看一遍借阅和预约，发之前再看一次。这家图书馆隔一阵要你重新登录；登录到期以后看不到，就不会提醒，等你再登录一次。',
    never:
      '这家图书馆每次都要你的密码，书童不存密码，所以你不在的时候问不到：借阅和预约没法提醒。其他消息照常。',
    away: '图书馆的系统现在没有回应，所以不知道它让不让替你看。过一会儿再来。',
    noCard: '还没有绑定借阅证，所以不知道你借了什么、在等什么。',
  },
  bind: '绑定借阅证',
  lookedAt: '上次看：{time}',
  notLooked: '还没有看过；绑定以后的第一个夜里会看。',
  quiet: '{from} 到 {until} 不打扰。',
  groups: { loans: '借着的书', holds: '等着的书', answers: '给你的答复' },
  kinds: {
    recalled: { name: '图书馆要召回', when: '图书馆要你提早还的时候' },
    holdExpiring: { name: '预约快不留了', when: '留书的最后一天和前一天' },
    holdReady: { name: '预约到了', when: '书到了取书的地方' },
    dueSoon: { name: '快到期', when: '到期前三天，一天最多一条，几本合在一起' },
    overdue: { name: '过期了', when: '过期第 1、3、7、14、30 天' },
    cannotRenew: { name: '不能再续了', when: '一周内到期的书，因为有人在等而不能再续' },
    backOnShelf: { name: '等的书回来了', when: '你点过“到馆提醒”的书有了在架的一本' },
    feedbackAnswered: { name: '有答复', when: '馆员答复了你写的' },
    onboardingResult: { name: '入馆教育的结果', when: '卷子批好了，或者借阅开通了' },
    reportReady: { name: '阅读报告好了', when: '图书馆发布，而你的那一份写好了' },
  } satisfies Record<MessageKind, KindWords>,
  off: '关着，只留在“消息”里',
  inboxOnly: '图书馆没有开通微信发送，只留在“消息”里',
  credits: '还可发 {n} 次',
  noCredits: '还没有允许，只留在“消息”里',
  shared: '“{kinds}”合用',
  between: '”“',
  refused: '你在微信里拒绝了这一种',
  allow: '允许一次',
  allowMore: '再允许一次',
  declined: '好，不发。',
  openSettings: '去微信设置里打开',
  openSettingsHint: '在打开的页面里点“通知管理”，允许这一种，再回来点一次“允许”。',
  stale: '没能更新，这里是刚才的情况',
};
