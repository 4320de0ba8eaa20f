import type { LearningModule } from './module';

export const help: LearningModule = {
  id: 'help',
  title: { zh: '有事找谁', en: 'Where to get help' },
  summary: {
    zh: '服务台、学科馆员、荐购、馆际互借和失物招领',
    en: 'The desk, subject librarians, purchase requests, interlibrary loan, lost and found',
  },
  minutes: 3,
  cards: [
    {
      id: 'help-desk',
      title: { zh: '先问一声', en: 'Just ask' },
      paragraphs: [
        {
          zh: '没有哪个问题太小。借书还书、证和欠款，问借还台；找资料、用数据库，问参考咨询馆员。走错了台，他们会领你去。',
          en: 'No question is too small. Loans, cards and fines: the circulation desk. Finding material and using databases: the reference librarians. At the wrong desk you will be shown the right one.',
        },
      ],
      points: [
        { zh: '找书：带上书名和索书号', en: 'Looking for a book: bring title and call number' },
        { zh: '系统报错：带上截图和时间', en: 'Something failed: bring a screenshot and the time' },
        { zh: '说说你试过什么，能省一半工夫', en: 'Say what you have tried: it saves half the time' },
        {
          zh: '馆员教你怎么找，作业还是你来写',
          en: 'Librarians teach you to find; the homework stays yours',
        },
      ],
      picture: 'help-1.svg',
      alt: {
        zh: '服务台后面坐着馆员，台上有小铃和绿植，书童踮脚趴在台边问问题',
        en: 'A librarian behind the desk with a bell and a plant; on tiptoe at its edge, the book-boy asks a question',
      },
    },
    {
      id: 'help-online',
      title: { zh: '隔着屏幕也能问', en: 'Ask from anywhere' },
      paragraphs: [
        {
          zh: '图书馆网站上有在线咨询、邮箱和电话。夜里留言，上班后回。别发密码和完整证号，馆员不会要你的密码。',
          en: 'The library’s website lists chat, e-mail and phone. Write at night and get an answer in working hours. Never send your PIN or full card number: librarians do not ask for PINs.',
        },
        {
          zh: '每个院系常有对口的学科馆员，懂这门学科的资料。开题、查综述、找数据，早点约。',
          en: 'Your school often has its own subject librarian, who knows the field’s sources. For a thesis, a review or data, make an appointment early.',
        },
      ],
      points: [
        {
          zh: '写清：要找什么、在哪里找、看到了什么',
          en: 'Write what you need, where you looked, what you saw',
        },
        { zh: '先看常见问题，也许马上有答案', en: 'See the FAQ first: the answer may be there' },
      ],
      picture: 'help-2.svg',
      alt: {
        zh: '书童和馆员各拿一部手机，两个对话泡泡在中间相遇，一个问号，一个灯泡',
        en: 'The book-boy and a librarian each hold a phone; two speech bubbles meet, one with a question mark, one with a bulb',
      },
    },
    {
      id: 'help-not-here',
      title: { zh: '馆里没有的书', en: 'When the library has no copy' },
      paragraphs: [
        {
          zh: '先换个说法再找一遍，确认各馆都没有，再看走哪条路。推荐不一定都买，外馆的书也要等几天，早点提。',
          en: 'Search once more in other words and in all branches; then choose a way. Not every suggestion is bought, and books from elsewhere take days, so ask early.',
        },
      ],
      points: [
        {
          zh: '荐购：推荐图书馆买，以后大家都能借',
          en: 'Purchase request: the library may buy it, for everyone',
        },
        {
          zh: '馆际互借：从别的图书馆借来整本书',
          en: 'Interlibrary loan: borrows the whole book from another library',
        },
        {
          zh: '文献传递：要一篇论文、一章书的复制件',
          en: 'Document delivery: a copy of an article or chapter',
        },
        {
          zh: '外馆的书按对方的日期还，可能收费，先问清',
          en: 'Books from elsewhere keep the lender’s dates; there may be a fee: ask',
        },
        {
          zh: '荐购写全书名、作者、ISBN，说说为什么',
          en: 'For a request give title, author, ISBN and your reason',
        },
      ],
      picture: 'help-3.svg',
      alt: {
        zh: '书架上空了一格，一只小帆船载着书从另一座图书馆来，书童在岸边招手',
        en: 'A gap on a shelf; a little sailing boat brings books from another library, and the book-boy waves from the shore',
      },
    },
    {
      id: 'help-courses',
      title: { zh: '学一手', en: 'Learn a trick or two' },
      paragraphs: [
        {
          zh: '图书馆常办讲座和培训：入馆导览、查文献、用文献管理软件、论文写作与规范，多半免费，先报名。错过了，看看有没有回放和讲义。',
          en: 'Libraries give tours, talks and courses: finding literature, reference managers, academic writing. They are mostly free; sign up first. Missed one? Look for recordings and handouts.',
        },
      ],
      points: [
        { zh: '刚来：跟一次导览，认认路', en: 'New here: join a tour and learn the way' },
        { zh: '第一次写论文：听“文献检索”', en: 'First paper: the course on finding literature' },
        { zh: '班级、社团可以约专场', en: 'Classes and clubs can book one of their own' },
        { zh: '有的学校还开检索课，能拿学分', en: 'Some universities teach it as a course with credits' },
      ],
      picture: 'help-4.svg',
      alt: {
        zh: '馆员指着黑板上的放大镜和书讲课，书童和同学坐在下面，书童举着手',
        en: 'A librarian points at a magnifying glass and a book on a board; among the listeners the book-boy raises his hand',
      },
    },
    {
      id: 'help-lost-found',
      title: { zh: '失物、意见和无障碍', en: 'Lost things, feedback, access' },
      paragraphs: [
        {
          zh: '丢了东西，到服务台或失物招领处问；捡到的，交到那里，别自己发到群里等人认。',
          en: 'Lost something? Ask at the desk or lost and found. Found something? Hand it in there, rather than posting it in a chat.',
        },
        {
          zh: '看不清、走不便、听不清，都可以请图书馆帮忙：取书、放大、无障碍座位。早说一声，准备得更好。',
          en: 'If seeing, walking or hearing is hard, the library helps: fetching books, enlarging, accessible seats. Tell it early and it can prepare.',
        },
      ],
      points: [
        { zh: '认领时说出特征，带上证件', en: 'To claim a thing, describe it and bring your ID' },
        { zh: '校园卡丢了：先挂失，再去找', en: 'Campus card lost: report it first, then look for it' },
        {
          zh: '意见写具体：哪里、什么时候、怎样更好',
          en: 'Feedback: say where, when, and what would be better',
        },
        { zh: '夸一句也欢迎', en: 'A kind word is welcome, too' },
      ],
      picture: 'help-5.svg',
      alt: {
        zh: '失物架上放着雨伞、水杯和一只手套，馆员把围巾交到书童手里，书童笑了',
        en: 'An umbrella, a cup and a glove on the lost-property shelf; a librarian hands the smiling book-boy his scarf',
      },
    },
  ],
};
