import type { LearningModule } from './module';

export const hours: LearningModule = {
  id: 'hours',
  title: { zh: '开放时间与分馆', en: 'Opening hours and branches' },
  summary: {
    zh: '什么时候来、去哪个馆、关门了怎么还书',
    en: 'When to come, where to go, and what to do after closing',
  },
  minutes: 3,
  cards: [
    {
      id: 'hours-today',
      title: { zh: '今天开到几点', en: 'How late is it open today?' },
      paragraphs: [
        {
          zh: '今天的开放时间是 {openToday}，别的馆可能不同。打开首页看“开放时间”：每个馆现在开没开、开到几点，都写着。',
          en: 'Today’s hours are {openToday}; other branches may differ. “Opening hours” on the home page says of every branch whether it is open now, and until when.',
          needs: ['openToday'],
          otherwise: {
            zh: '打开首页看“开放时间”：每个馆现在开没开、开到几点，都写着。这里没有写，就看图书馆网站和门口的牌子。',
            en: '“Opening hours” on the home page says of every branch whether it is open now, and until when. If nothing is shown there, look at the library’s website or the board at the door.',
          },
        },
        {
          zh: '时间会变。去年拍的照片、群里转的截图都不作数，看当天的。',
          en: 'Hours change. Last year’s photo or a screenshot from a group chat counts for nothing: go by today’s.',
        },
      ],
      picture: 'hours-1.svg',
      alt: {
        zh: '书童站在图书馆门前，抬头看门楣上的大钟，太阳正亮',
        en: 'The book-boy stands before the library and looks up at the big clock over its door; the sun is shining',
      },
    },
    {
      id: 'hours-holidays',
      title: { zh: '假期和考试周', en: 'Holidays and exam weeks' },
      paragraphs: [
        {
          zh: '寒暑假和法定节假日，图书馆常常缩短时间或闭馆；考试周，有的馆会开得更晚。变动会提前发通知。',
          en: 'In vacations and on public holidays libraries often open for shorter hours or not at all; in exam weeks some stay open later. Changes are announced beforehand.',
        },
        {
          zh: '假期回校、周末去别的校区，出门前先看一眼那几天的安排。',
          en: 'Coming back during a vacation, or off to another campus at the weekend? Check those days before you set out.',
        },
      ],
      points: [
        {
          zh: '延长的多半是自习区，借还台不一定陪到最后',
          en: 'It is mostly study areas that stay open late, not always the desk',
        },
        { zh: '假期里，有的楼层和分馆不开', en: 'During vacations some floors and branches stay closed' },
        {
          zh: '离校以前，看好手上的书几号到期，先还或先续',
          en: 'Before you leave, see when your books are due; return or renew them',
        },
      ],
      picture: 'hours-2.svg',
      alt: {
        zh: '一本大日历，几天圈了红圈；书童拉着行李箱走过，旁边挂着一盏灯笼',
        en: 'A large calendar with some days circled in red; the book-boy passes with a suitcase, a lantern hangs nearby',
      },
    },
    {
      id: 'hours-branches',
      title: { zh: '几座馆，各有所藏', en: 'Several branches, each its own' },
      paragraphs: [
        {
          zh: '这里的馆有：{branches}。各馆的时间、楼层和藏书都不一样。',
          en: 'The branches here: {branches}. Each has its own hours, floors and books.',
          needs: ['branches'],
          otherwise: {
            zh: '一所大学的图书馆，常常不止一座。各馆的时间、楼层和藏书都不一样。',
            en: 'A university library is often more than one building. Each has its own hours, floors and books.',
          },
        },
        {
          zh: '动身以前，打开这本书的页面看“馆藏”：在哪个馆、哪个书库、在不在架，再看那个馆今天开不开。',
          en: 'Before you set out, open the book’s page: in which branch and room it stands, whether it is in, and whether that branch is open today.',
        },
      ],
      points: [
        {
          zh: '有的馆专收一类书，比如医学、艺术',
          en: 'Some branches collect one field, such as medicine or art',
        },
        {
          zh: '能不能借这馆、还那馆，看本馆的说明',
          en: 'Whether you may borrow here and return there, the library’s rules say',
        },
      ],
      picture: 'hours-3.svg',
      alt: {
        zh: '三座样子不同的图书馆，中间一条虚线小路，书童拿着书走在路上',
        en: 'Three library buildings of different shapes joined by a dotted path, on which the book-boy walks with a book',
      },
    },
    {
      id: 'hours-rooms',
      title: { zh: '书库也有几种', en: 'Stacks of several kinds' },
      paragraphs: [
        {
          zh: '同一座馆里，书住的地方也不同。看馆藏时，留意书库的名字：有的你自己进去拿，有的要馆员去取。',
          en: 'Within one building, books live in different places. Mind the name of the room: some you enter yourself, from others a librarian fetches the book.',
        },
      ],
      points: [
        { zh: '开架书库：自己进去挑，自己拿', en: 'Open stacks: go in, browse and take' },
        {
          zh: '闭架书库、密集书库：先提交申请，由馆员取来',
          en: 'Closed or compact stacks: make a request and it is brought to you',
        },
        {
          zh: '阅览室：报刊、工具书多半只在室内看',
          en: 'Reading rooms: journals and reference works mostly stay inside',
        },
        { zh: '古籍特藏：先问怎么预约、怎么看', en: 'Rare books: ask first how to book a visit' },
        { zh: '书库可能比大门关得早', en: 'Stacks may close earlier than the building' },
      ],
      picture: 'hours-4.svg',
      alt: {
        zh: '左边是敞开的书架，书童自己取书；右边的书库只开一个小窗，馆员从里面递出一本书',
        en: 'On the left open shelves, where the book-boy takes a book himself; on the right a closed stack, from whose window a librarian hands one out',
      },
    },
    {
      id: 'hours-closing',
      title: { zh: '闭馆前后', en: 'Around closing time' },
      paragraphs: [
        {
          zh: '闭馆前一段时间就不再进人，借还台也可能先收。听到音乐或广播就收拾东西，要借的书先借好。',
          en: 'Some time before closing nobody is let in any more, and the desk may stop first. When you hear the music, pack up, and borrow what you want to borrow.',
        },
        {
          zh: '门关了也能还书：放进还书箱。箱里的书等馆员登记以后，才从你名下销去。',
          en: 'Doors closed? Use the return box. Books in it leave your account only once a librarian has checked them in.',
        },
      ],
      points: [
        { zh: '投进去以后，过些时候看一眼“书架”', en: 'Some time after, look at “Shelf” to see them gone' },
        {
          zh: '带光盘的、从别的图书馆借来的，交到台上',
          en: 'Books with discs, or from other libraries, go to the desk',
        },
        {
          zh: '箱子满了别放在外面，换一处或改天还',
          en: 'Box full? Never leave books beside it; try another or come back',
        },
      ],
      picture: 'hours-5.svg',
      alt: {
        zh: '夜里，图书馆的门关了，月亮挂在天上，书童把一本书投进还书箱',
        en: 'At night, under the moon, the library’s door is shut and the book-boy drops a book into the return box',
      },
    },
  ],
};
