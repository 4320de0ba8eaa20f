import type { LearningModule } from './module';

export const borrowing: LearningModule = {
  id: 'borrowing',
  title: { zh: '借书与还书', en: 'Borrowing and returning' },
  summary: {
    zh: '自己的证、应还日期、续借、预约，和书丢了怎么办',
    en: 'Your card, due dates, renewals, holds, and what to do about a lost book',
  },
  minutes: 4,
  cards: [
    {
      id: 'borrowing-card',
      title: { zh: '证，只给自己用', en: 'Your card is yours alone' },
      paragraphs: [
        {
          zh: '借阅证（或校园卡）只供本人使用：不借给别人，也不用别人的。室友、老乡、学长学姐，都一样。',
          en: 'A library card (or campus card) serves its owner only. You do not lend it, and you do not use another’s: not a roommate’s, not a friend’s.',
        },
        {
          zh: '用你的证借出的书，丢了、过期了，都记在你名下。密码也别告诉人；公用电脑用完就退出。',
          en: 'Whatever is borrowed on your card, lost or overdue, is yours to answer for. Keep the PIN to yourself, and sign out of shared computers.',
        },
      ],
      points: [
        {
          zh: '同学忘带证：陪他去借还台问，别刷你的',
          en: 'A friend forgot the card: go to the desk together, don’t use yours',
        },
        { zh: '捡到别人的证：交到借还台', en: 'Found a card: hand it in at the desk' },
        { zh: '自己的证丢了：马上挂失，再补办', en: 'Lost yours: report it at once, then get a new one' },
      ],
      remember: {
        zh: '证不外借，也不借别人的；丢了马上挂失。',
        en: 'Never lend your card or use another’s; lost, report it at once.',
      },
      picture: 'borrowing-1.svg',
      alt: {
        zh: '书童把借阅证贴在胸前，一只手伸过来要借，他笑着摇手',
        en: 'The book-boy keeps a library card at his chest; a hand reaches for it, and he declines with a smile',
      },
    },
    {
      id: 'borrowing-checkout',
      title: { zh: '借走以前看一看', en: 'Look before you borrow' },
      paragraphs: [
        {
          zh: '到自助机或借还台，用自己的证办借书。你一次最多借 {maxLoans} 本。',
          en: 'Borrow at a self-service machine or the desk, with your own card. You may have up to {maxLoans} books at a time.',
          needs: ['maxLoans'],
          otherwise: {
            zh: '到自助机或借还台，用自己的证办借书。一次能借几本，要看读者类型。',
            en: 'Borrow at a self-service machine or the desk, with your own card. How many you may have depends on your kind of reader.',
          },
        },
        {
          zh: '先翻一翻：有没有缺页、划线、水渍，光盘在不在。有问题当场告诉馆员，免得以后说不清。',
          en: 'Leaf through it first: missing pages, markings, stains, a missing disc? Tell a librarian there and then, so that it is not put down to you.',
        },
      ],
      points: [
        {
          zh: '一本一本办，看清屏幕上说“成功”',
          en: 'One book after another; see that the screen says “done”',
        },
        { zh: '办完看一眼“书架”，书和日期都在', en: 'Afterwards see book and due date under “Shelf”' },
        { zh: '没办借的书，不带出门', en: 'What is not checked out does not leave the building' },
        { zh: '只供阅览的书，在馆里看', en: 'Reading-room copies are read in the library' },
      ],
      picture: 'borrowing-2.svg',
      alt: {
        zh: '书童在自助借书机前，把书放在台面上，屏幕上亮着一个对勾',
        en: 'The book-boy at a self-service machine; his book lies on it and the screen shows a tick',
      },
    },
    {
      id: 'borrowing-due',
      title: { zh: '应还日期与续借', en: 'Due dates and renewals' },
      paragraphs: [
        {
          zh: '普通图书一般借 {loanDays} 天。每本书以“书架”上的应还日期为准。',
          en: 'Most books are lent for {loanDays} days. What counts is the due date of each under “Shelf”.',
          needs: ['loanDays'],
          otherwise: {
            zh: '能借多久，看书的种类和你的读者类型。每本书以“书架”上的应还日期为准。',
            en: 'How long you may keep a book depends on it and on you. What counts is the due date of each under “Shelf”.',
          },
        },
        {
          zh: '没看完，到期前续借：可续 {renewals} 次，每次 {renewalDays} 天。',
          en: 'Not finished? Renew before it is due. Renewals: {renewals}, of {renewalDays} days each.',
          needs: ['renewals', 'renewalDays'],
          otherwise: {
            zh: '没看完，到期前到“书架”看看能不能续，能续就点一下。',
            en: 'Not finished? Before it is due, see under “Shelf” whether it can be renewed.',
          },
        },
        {
          zh: '只在最后 {renewalWindowDays} 天能续，到期那天也算。',
          en: 'It works on the last {renewalWindowDays} days only, the due date included.',
          needs: ['renewalWindowDays'],
          otherwise: {
            zh: '有的馆太早不给续，过了期也续不了。',
            en: 'Some libraries refuse if it is too early; overdue is too late.',
          },
        },
      ],
      points: [
        {
          zh: '有人预约了、书过期了、有欠款，多半续不了',
          en: 'Held by others, overdue, or a fine unpaid: mostly refused',
        },
        {
          zh: '续完看新的应还日期；没有回音，别当作成了',
          en: 'Check the new due date; no answer does not mean it worked',
        },
        { zh: '没收到提醒，书也照样会到期', en: 'A book falls due whether or not a reminder came' },
      ],
      picture: 'borrowing-3.svg',
      alt: {
        zh: '一摞书上立着两张日历，弯箭头从前一张圈着的日子指向后一张；书童捧着沙漏',
        en: 'On a pile of books a curved arrow leads from a day circled on one calendar leaf to a later one; the book-boy holds an hourglass',
      },
    },
    {
      id: 'borrowing-holds',
      title: { zh: '想看的书借出去了', en: 'When the book is out' },
      paragraphs: [
        {
          zh: '全借出去了，就预约，按先后排队。你最多同时预约 {maxHolds} 本。',
          en: 'All copies out? Place a hold and join the queue. You may have up to {maxHolds} holds.',
          needs: ['maxHolds'],
          otherwise: {
            zh: '全借出去了，就预约，按先后排队。能预约几本，看本馆的规定。',
            en: 'All copies out? Place a hold and join the queue. How many you may have, the library’s rules say.',
          },
        },
        {
          zh: '书到了，为你留 {pickupDays} 个开馆日；不来取，就轮到下一位。',
          en: 'When it comes it is kept for {pickupDays} open days; after that the next in line gets it.',
          needs: ['pickupDays'],
          otherwise: {
            zh: '书到了会为你留一阵；不来取，就轮到下一位。取书的期限在“预约”里看。',
            en: 'When it comes it is kept for a while; after that the next in line gets it. “Holds” says until when.',
          },
        },
      ],
      points: [
        { zh: '架上还有一本，直接去拿', en: 'If one is still on the shelf, just go and take it' },
        {
          zh: '不想要了，早点取消，后面的人就早点看到',
          en: 'Changed your mind? Cancel, and the next need not wait',
        },
        {
          zh: '有人在等你手上的书：看完就还，多半不能再续',
          en: 'Someone waits for yours: bring it back; mostly it can’t be renewed',
        },
        { zh: '收到召回通知，按新的日期还', en: 'If a book is recalled, return it by the new date' },
      ],
      picture: 'borrowing-4.svg',
      alt: {
        zh: '书童和两位同学排着队，前面的预约架上留着一本系了红签的书',
        en: 'The book-boy and two others stand in line; on the hold shelf before them a book waits with a red slip',
      },
    },
    {
      id: 'borrowing-overdue',
      title: { zh: '过期了，先还书', en: 'Overdue? Return it first' },
      paragraphs: [
        {
          zh: '书过期一天，等它的人就多等一天。忘了不要紧，先还；越怕越拖，事情越大。',
          en: 'Every day a book is late, someone else waits. It happens: return it first. Putting it off only makes it worse.',
        },
        {
          zh: '过期费每本每个开馆日 {finePerDay}，一本最多 {maxFine}。',
          en: 'A late book costs {finePerDay} per open day, at most {maxFine} per book.',
          needs: ['finePerDay', 'maxFine'],
          otherwise: {
            zh: '过期可能要付费，也可能停借几天，按本馆的规定。',
            en: 'There may be a fine, or no loans for some days, by the library’s rules.',
          },
        },
        {
          zh: '欠款满 {blockAt} 就停借，付清以后恢复。',
          en: 'Once you owe {blockAt}, nothing more is lent until you have paid.',
          needs: ['blockAt'],
          otherwise: {
            zh: '有过期的书、没付的款，借书、续借、预约都可能停下。',
            en: 'Overdue books and unpaid fines may stop loans, renewals and holds.',
          },
        },
      ],
      points: [
        {
          zh: '过期的书一般续不了，还了才能再借',
          en: 'As a rule an overdue book can’t be renewed: return it, then borrow again',
        },
        {
          zh: '觉得记错了，带上书和记录去借还台核对',
          en: 'Think it is a mistake? Take the book to the desk and have it checked',
        },
      ],
      picture: 'borrowing-5.svg',
      alt: {
        zh: '书童抱着一摞书跑向借还台，身后的日历一页页飞起来',
        en: 'The book-boy runs to the desk with a pile of books while calendar leaves fly up behind him',
      },
    },
    {
      id: 'borrowing-lost',
      title: { zh: '书丢了、弄坏了', en: 'Lost or damaged' },
      paragraphs: [
        {
          zh: '丢了、湿了、缺页、撕破，都早点告诉借还台。别悄悄放回架上，也别自己用胶带补。',
          en: 'Lost, wet, torn, pages missing: tell the desk soon. Don’t slip it back on the shelf, and don’t mend it with tape.',
        },
        {
          zh: '一般是赔一本同样的书，或者照规定付款。先问馆员要哪个版本，再去买。',
          en: 'As a rule you replace it with the same book or pay what the rules say. Ask which edition before you buy.',
        },
      ],
      points: [
        { zh: '到期以前报失，免得又算过期', en: 'Report it before it is due, or it becomes overdue as well' },
        { zh: '报失以后又找到了，也马上告诉馆员', en: 'Found again after all? Tell a librarian at once' },
        {
          zh: '是别人弄坏的？书在你名下，还是你来报',
          en: 'Someone else spoilt it? On your card, it is yours to report',
        },
        {
          zh: '证丢了，马上挂失：晚一步，可能有人拿它借书',
          en: 'Lost your card? Report it at once, before someone borrows with it',
        },
      ],
      remember: {
        zh: '书丢了、坏了：早说，照规定赔。',
        en: 'Lost or damaged: say so early, and make it good.',
      },
      picture: 'borrowing-6.svg',
      alt: {
        zh: '书童双手递上一本淋湿的书，馆员在借还台后面和气地接过来',
        en: 'The book-boy holds out a dripping book, and a librarian behind the desk kindly takes it',
      },
    },
  ],
};
