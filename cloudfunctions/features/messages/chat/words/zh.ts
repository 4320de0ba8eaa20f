/** What is said to whoever writes to customer service or to the official account. */
export const zh = {
  greeting: '你好，我是书童。想问什么直接打字就行，例如“几点关门”“怎么预约”。',
  canDo:
    '还可以发：\n· 书名或 ISBN，看馆里有没有\n· “我的借阅”，看借了什么、几号还\n· “续借”，能续的都续上\n· “转人工”加上你的问题，交给图书馆员',
  otherLanguage: 'You can write in English, too.',
  onlyText: '我只看得懂文字。把想问的打出来就好。',
  welcome: '谢谢关注。我是书童，图书馆的事可以直接问我。',
  tooLong: (most: number) =>
    `这段话超过 ${most} 个字了，我怕读错，就没有读。请挑最要紧的一句发来；要把整段交给图书馆员，请在小程序的“写给图书馆”里写。`,
  rejected: '这句话没有通过微信的内容检查，我不能处理。换一种说法再试。',
  tooMany: '你发得太快了，我跟不上。过几分钟再来。',
  defect: '书童这边出了点问题，这句没有办成。过一会儿再发一次；还不行，请在小程序的“写给图书馆”里告诉我们。',

  nearest: '你想问的是不是：',
  pick: '回复数字看答案；都不是，就回复“转人工”。',
  others: '相关的问题，回复数字就能看：',
  none: '这个我答不上来。回复“转人工”，我把它交给图书馆员。',
  noneOfficial: '这个我答不上来。可以换个说法，或者在小程序的“写给图书馆”里问图书馆员。',
  gone: '刚才的问题过去太久，我记不得了，请再问一次。',

  handedOn: '已经交给图书馆员。有了回复，会出现在小程序的“我写过的”里。',
  handedOnUnchecked:
    '已经收下。微信的内容检查还没有结果，通过以后图书馆员就能看到；回复会出现在小程序的“我写过的”里。',
  handWhat: '要交给图书馆员的话，请连问题一起发，例如：转人工 校园卡消不了磁怎么办',
  handTooMany: '你已经有好几个问题在等图书馆员回复，先等一等。它们都在小程序的“我写过的”里。',
  handNotHere: '公众号里不能转给图书馆员。请在小程序的“写给图书馆”里写，图书馆员会在那里回复。',
  handDesk: '我请客服同事来。',

  bind: '要先绑定借阅证，我才看得到你借的书。在小程序里绑定一次就好。',
  signIn: '图书馆要你再登录一次，我才能替你查。在小程序里验证以后再发。',
  notLinked: '公众号里认不出你是哪位读者，所以借阅的事只能在小程序里办。',
  away: '图书馆的系统这会儿没有应答，所以说不准。过一会儿再发一次。',
  awayNothingDone: '图书馆的系统这会儿没有应答，什么也没有续。过一会儿再发一次。',
  busy: '你的上一件事还没有办完。过一会儿再发一次。',
  unsupported: '这家图书馆的系统不提供这个，请到借还台问。',
  denied: '图书馆没有答应：',

  loansCount: (n: number) => `在借 ${n} 本：`,
  noLoans: '你手上没有借着的书。',
  stale: (at: string) => `图书馆的系统这会儿没有应答，下面是 ${at} 的记录，之后的变化看不到。`,
  due: (day: string) => `${day}到期`,
  overdue: (day: string) => `${day}到期，已经过期`,
  more: (n: number) => `还有 ${n} 本没有列出来。`,
  renewHint: '回复“续借”，能续的都续上。',

  renewed: (n: number) => `续上了 ${n} 本：`,
  refused: (n: number) => `没有续上 ${n} 本：`,
  unknown: (n: number) => `${n} 本说不准：图书馆没有回话，可能续上了，也可能没有。请在“书架”里看应还日期。`,
  untitled: '一本书',
  nothingToRenew: '你手上没有借着的书，没有可续的。',
  newDue: (day: string) => `应还 ${day}`,
  quote: (text: string) => `（图书馆说：“${text}”）`,

  noHolds: '你没有预约。',
  holdsCount: (n: number) => `预约 ${n} 本：`,
  holdReady: (place: string, until: string) =>
    `可以取了${place === '' ? '' : `，在${place}`}${until === '' ? '' : `，留到${until}`}`,
  holdWaiting: (position: string) => (position === '' ? '在排队' : `在排队，第 ${position} 位`),
  holdInTransit: '在送来的路上',
  holdExpired: '没有来取，已经过期',
  holdUnknown: '状态不明，到借还台问',

  found: (n: number) => (n > 1 ? `找到 ${n} 种，先看这几种：` : '馆里有：'),
  notFound: '馆里没有找到这本书。换几个字再试，或者问图书馆员。',
  notFoundIsbn: (isbn: string) => `馆里没有 ISBN ${isbn} 的书。`,
  onShelf: (n: number, total: number) => `在架 ${n} 册（共 ${total} 册）`,
  allOut: (total: number, back: string) => `共 ${total} 册，都借出去了${back === '' ? '' : `，${back}`}`,
  firstDue: (day: string) => `最早 ${day}到期`,
  returnOverdue: '已过应还日期',
  noCopies: '没有能外借的册',
  shelved: (place: string, callNumber: string) => [place, callNumber].filter((part) => part !== '').join(' '),
  copiesUnknown: '在不在架没有查到',

  cut: '……后面的请在小程序里看。',
  pages: {
    bind: '去绑定借阅证',
    signIn: '去验证',
    shelf: '打开书架',
    holds: '看预约',
    book: '看这本书',
    search: '去找书',
    tickets: '打开“我写过的”',
    write: '写给图书馆',
    there: '去办',
  },
  page: (label: string) => `（小程序：${label}）`,
  list: '、',
};

type Texts<T> = {
  [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...args: infer A) => string
      ? (...args: A) => string
      : Texts<T[K]>;
};
export type ChatWords = Texts<typeof zh>;
