import type { LearningModule } from './module';

export const searching: LearningModule = {
  id: 'searching',
  title: { zh: '检索：找到要的书', en: 'Searching' },
  summary: {
    zh: '怎么问目录、怎么看结果、怎么判断可不可靠',
    en: 'Ask the catalogue, read its answers, judge what you find',
  },
  minutes: 3,
  cards: [
    {
      id: 'searching-fields',
      title: { zh: '一个框，几种问法', en: 'One box, several ways to ask' },
      paragraphs: [
        {
          zh: '首页的框里，书名、作者、ISBN、索书号都能输。记不全书名，就输记得的两三个词，加上作者。',
          en: 'The box on the home page takes titles, authors, ISBNs and call numbers. If you remember only part of a title, type those words and the author.',
        },
        {
          zh: '手上有书，就扫封底的条码：那是 ISBN，认的是这一版，不是所有版本。',
          en: 'Have the book in hand? Scan the barcode on its back: that is the ISBN. It stands for this edition, not for all of them.',
        },
      ],
      points: [
        {
          zh: 'ISBN 没找到，再按书名找，也许有别的版本',
          en: 'ISBN not found? Try the title: there may be another edition',
        },
        {
          zh: '同名的书看作者和年份，同名的人看学科',
          en: 'Same title: see author and year. Same name: see the subject',
        },
        { zh: '有的目录认拼音，打字不便时试试', en: 'Some catalogues understand pinyin' },
        { zh: '扫馆里贴的条码，认的是这一册', en: 'The library’s own barcode stands for that one copy' },
      ],
      picture: 'searching-1.svg',
      alt: {
        zh: '书童拿着手机扫一本书封底的条码，光线从手机照到书上',
        en: 'The book-boy scans the barcode on the back of a book with a phone; light falls from it onto the book',
      },
    },
    {
      id: 'searching-narrow',
      title: { zh: '太多，太少', en: 'Too many, too few' },
      paragraphs: [
        {
          zh: '结果太多，加一个词，或用筛选：年份、语种、馆、在架的。结果太少，少写几个字，去掉副题，换个说法再试。',
          en: 'Too many results: add a word, or filter by year, language, branch or what is in. Too few: take words away, drop the subtitle, say it differently.',
        },
        {
          zh: '一个也没有，先看有没有错字。没有找到，不等于馆里没有。',
          en: 'None at all: look for a typing slip first. Not found does not yet mean not there.',
        },
      ],
      points: [
        { zh: '换说法：电脑、计算机，土豆、马铃薯', en: 'Other words for it: film, movie; car, automobile' },
        { zh: 'AND 两个都要，OR 有一个就行，NOT 去掉', en: 'AND wants both, OR either one, NOT leaves out' },
        { zh: '引号里的词连着找："open access"', en: 'Quotation marks keep words together: "open access"' },
        {
          zh: '* 代替词尾：educat* 找到 education',
          en: '* stands for endings: educat* finds education',
        },
        { zh: '这些符号各家不同，先看数据库的帮助', en: 'These signs differ: see the help of each database' },
      ],
      picture: 'searching-2.svg',
      alt: {
        zh: '书童把一大堆书倒进漏斗，下面只落出几本',
        en: 'The book-boy pours a heap of books into a funnel, and a few come out below',
      },
    },
    {
      id: 'searching-subject',
      title: { zh: '从一本好书出发', en: 'Start from one good book' },
      paragraphs: [
        {
          zh: '书名里没有的词，书名检索就找不到；主题词说的是书的内容，不管书名怎么起。',
          en: 'A title search finds only words that stand in titles. Subject terms say what a book is about, whatever it is called.',
        },
        {
          zh: '找到一本合适的，看它的主题词、作者和分类号，顺着再找；它的参考文献又领你到更早的书。',
          en: 'Once you have one good book, follow its subjects, its author and its class number. Its references lead you on to earlier ones.',
        },
      ],
      points: [
        {
          zh: '分类号相同的书，在架上是邻居',
          en: 'Books of the same class number are neighbours on the shelf',
        },
        { zh: '看看书页里“架上的左邻右舍”', en: 'See its neighbours on the shelf in the app, too' },
        {
          zh: '课题大，先拆成两三个概念，再分别找词',
          en: 'Large topic? Split it into two or three ideas, with words for each',
        },
      ],
      picture: 'searching-3.svg',
      alt: {
        zh: '中间一本打开的书，几条线像树枝一样连到周围的小书，书童站在旁边',
        en: 'An open book in the middle; lines branch out from it to small books around, the book-boy stands by',
      },
    },
    {
      id: 'searching-status',
      title: { zh: '在哪里，在不在', en: 'Where is it, and is it in?' },
      paragraphs: [
        {
          zh: '打开书的页面看馆藏，三样一起看：哪个馆、哪个书库，在不在架，索书号是什么。同一种书的几册，情况可以不同。',
          en: 'On the book’s page read three things together: branch and room, state, call number. The copies of one title may differ.',
        },
      ],
      points: [
        { zh: '在架：去取，按索书号找', en: 'On shelf: go and get it by its call number' },
        { zh: '借出：看应还日期，可以预约', en: 'On loan: see when it is due; you may place a hold' },
        { zh: '预约待取：已经留给别人了', en: 'On the hold shelf: it is kept for someone' },
        {
          zh: '加工中、运送中：还没上架，问馆员',
          en: 'In processing or in transit: not on the shelf yet; ask',
        },
        { zh: '仅供阅览：在馆里看，不外借', en: 'Library use only: read it there, it is not lent' },
      ],
      picture: 'searching-4.svg',
      alt: {
        zh: '手机屏幕上排着三册书，一个绿点、一个沙漏、一个红签；书童看着手机，身后是书架',
        en: 'A phone lists three copies: a green dot, an hourglass, a red slip; the book-boy looks at it, shelves behind him',
      },
    },
    {
      id: 'searching-evaluate',
      title: { zh: '这份资料可靠吗', en: 'Can you rely on it?' },
      paragraphs: [
        {
          zh: '排在最前面的，不一定最可靠。用以前问几句：谁写的，懂不懂这行？什么时候写的？证据在哪里，能不能查到？为什么写，是想卖东西吗？',
          en: 'First in the list is not the most reliable. Ask: who wrote it, and do they know the field? When? Where is the evidence, and can you check it? Why was it written: to sell something?',
        },
      ],
      points: [
        {
          zh: '学术期刊的论文多经同行评审，但也要读证据',
          en: 'Journal papers are mostly peer reviewed, yet weigh the evidence',
        },
        {
          zh: '百科适合入门，写论文要追到原始出处',
          en: 'Encyclopedias are for a start; papers cite the original source',
        },
        { zh: '重要的说法，找两个互不相干的来源', en: 'For what matters, find two independent sources' },
        {
          zh: '技术、法律、医药，留意是不是最新的',
          en: 'In technology, law and medicine mind whether it is current',
        },
      ],
      picture: 'searching-5.svg',
      alt: {
        zh: '书童举着放大镜照一张纸，镜片里有一个问号，旁边的天平一边放着书',
        en: 'The book-boy holds a magnifying glass over a page and sees a question mark; beside him a pair of scales with books',
      },
    },
  ],
};
