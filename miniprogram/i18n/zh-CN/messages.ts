import type { MessageKind, Moment } from '../../../contracts/messages/kinds';

/** What pages outside the messages say of them; their own texts lie in their package. */
export const messages = {
  messages: {
    name: '消息',
    rowHint: '快到期、预约到了、有人答复，都留在这里',
    unread: '{n} 条未读',
    homeOne: '有一条新消息',
    homeMany: '有 {n} 条新消息',
    homeText: '到“消息”里看看',
    ask: '提问与反馈',
    askHint: '先查常见问题，查不到就问馆员',
  },
  remind: {
    /** What is offered at each moment; one tap is one message of each kind. */
    moments: {
      loans: '到期前，用微信提醒我一次',
      renewed: '下次到期前，用微信提醒我一次',
      holdPlaced: '书到了，用微信告诉我一次',
      watched: '书回来了，用微信告诉我一次',
      feedbackSent: '有答复，用微信告诉我一次',
      paperHandedIn: '有了结果，用微信告诉我一次',
      reportOptedIn: '报告好了，用微信告诉我一次',
      settings: '再允许一次',
    } satisfies Record<Moment, string>,
    hint: '微信会问一次；点一次，只发一条。',
    yes: '提醒我',
    no: '不用',
    noLabel: '不用提醒，收起',
    asking: '微信在问你',
    allowed: '记下了：{kinds}，各发一条。',
    allowedOne: '记下了：{kinds}，发一条。',
    between: '、',
    none: '好，不发。想要了，在“消息 → 设置”里再允许。',
    switchedOff: '你在微信里关掉了这个小程序的消息，所以没有问成。',
    banned: '微信暂时不让这一种消息发送，所以没有问成。消息仍会留在“消息”里。',
    failed: '微信没有问成，什么也没有记下。过一会儿再点一次。',
    unreported: '微信已经答应，只是没能告诉图书馆。下次打开会再说一遍。',
    toSettings: '去微信设置里打开',
    /** Names of what is told, within a sentence */
    kinds: {
      recalled: '召回',
      holdExpiring: '预约快到期限',
      holdReady: '预约到了',
      dueSoon: '快到期',
      overdue: '过期',
      cannotRenew: '不能再续',
      backOnShelf: '等的书回来了',
      feedbackAnswered: '有答复',
      onboardingResult: '入馆教育的结果',
      reportReady: '阅读报告好了',
    } satisfies Record<MessageKind, string>,
  },
};
