import type { LearningModule } from './module';

export const callNumbers: LearningModule = {
  id: 'call-numbers',
  title: { zh: '索书号与找书', en: 'Call numbers and finding a book' },
  summary: {
    zh: '看懂书脊上的号码，在架上找到那一本',
    en: 'Read the number on a spine, and find the book on its shelf',
  },
  minutes: 4,
  cards: [
    {
      id: 'call-numbers-label',
      title: { zh: '索书号，书的地址', en: 'A call number is an address' },
      paragraphs: [
        {
          zh: '每本书的书脊下方贴着一张书标，上面是索书号，也就是它在架上的地址。',
          en: 'Near the foot of every spine sits a label with the call number: the book’s address on the shelf.',
        },
        {
          zh: '上一行是分类号，说这本书讲什么；下一行是书次号，把同一类的书一本本分开。写成一行就是 I247.5/32。',
          en: 'The upper line is the class number: what the book is about. The lower one is the book number, which tells books of one class apart. In one line: I247.5/32.',
        },
      ],
      points: [
        { zh: '有的还有第三段：卷次、年份或版本', en: 'Some have a third part: volume, year or edition' },
        { zh: '抄号码要抄全，少一位就差好几排', en: 'Copy all of it: one digit less and you are rows away' },
        {
          zh: '同一本书的几册复本，索书号一样，条码不同',
          en: 'Copies of one book share the call number, not the barcode',
        },
        {
          zh: '索书号是找书的，ISBN 是出版用的，两回事',
          en: 'The call number finds the shelf; an ISBN names an edition',
        },
      ],
      picture: 'call-numbers-1.svg',
      alt: {
        zh: '一本书的书脊贴着书标，放大了看，上一行 I247.5，下一行 32',
        en: 'A spine with its label, enlarged: I247.5 on the upper line, 32 on the lower',
      },
    },
    {
      id: 'call-numbers-classes',
      title: { zh: '一个字母，一门学问', en: 'One letter, one field' },
      paragraphs: [
        {
          zh: '多数图书馆用《中国图书馆分类法》，分 22 个大类，每类一个字母。讲同一件事的书排在一起，找到一本，左右再看看，常有意外的收获。',
          en: 'Most Chinese libraries use the Chinese Library Classification: 22 classes, a letter each. Books on one subject stand together, so look left and right of the one you found.',
        },
      ],
      points: [
        { zh: 'B 哲学，D 法律，F 经济，G 教育', en: 'B philosophy, D law, F economics, G education' },
        {
          zh: 'H 语言，I 文学，J 艺术，K 历史地理',
          en: 'H languages, I literature, J art, K history and geography',
        },
        {
          zh: 'O 数理化，P 天文地学，Q 生物，R 医药',
          en: 'O maths, physics, chemistry; P earth and sky; Q biology; R medicine',
        },
        {
          zh: 'T 工业技术书多，再加一个字母：TP 计算机，TU 建筑',
          en: 'T, technology, is large and takes a second letter: TP computing, TU building',
        },
      ],
      picture: 'call-numbers-2.svg',
      alt: {
        zh: '书架上一排彩色的书，书脊上写着字母 B、F、H、I、K、O、R、T，书童踮脚去够',
        en: 'A row of coloured books with the letters B, F, H, I, K, O, R and T on their spines; the book-boy reaches up on tiptoe',
      },
    },
    {
      id: 'call-numbers-class-order',
      title: { zh: '先比分类号，一位一位', en: 'First the class, digit by digit' },
      paragraphs: [
        {
          zh: '先比字母，A 在 B 前。字母相同，再从左到右一位一位比数字，像比小数，不看长短。',
          en: 'Letters first: A before B. If they agree, compare the digits one by one from the left, as with decimals; length does not matter.',
        },
        {
          zh: 'I247.5 和 I247.55：前面都一样，先写完的在前。I247.55 和 I25：第二位 4 比 5 小，所以 I25 在后。',
          en: 'I247.5 and I247.55 agree until one ends: the one that ends comes first. I247.55 and I25: at the second digit 4 is less than 5, so I25 comes later.',
        },
      ],
      points: [
        { zh: '再看几个：H31、H319、H32', en: 'More of them in order: H31, H319, H32' },
        { zh: '两个字母也一个个比：TN、TP、TU', en: 'Two letters likewise, one by one: TN, TP, TU' },
      ],
      remember: {
        zh: '从左到右逐位比，先写完的在前。',
        en: 'Compare place by place; the one that ends first comes first.',
      },
      picture: 'call-numbers-3.svg',
      alt: {
        zh: '三张书标从左到右：I247.5、I247.55、I25，比出先后的那一位标成红色',
        en: 'Three labels from left to right, I247.5, I247.55 and I25; the digit that decides is red',
      },
    },
    {
      id: 'call-numbers-book-order',
      title: { zh: '分类号相同，再比下一行', en: 'Same class? Then the lower line' },
      paragraphs: [
        {
          zh: '分类号完全相同，才比书次号。书次号是一个数，就按大小：9 在 32 前，32 在 123 前。',
          en: 'Only when class numbers agree entirely does the book number count. Where it is a plain number, go by its size: 9 before 32, 32 before 123.',
        },
        {
          zh: 'I247.5/32 在 I247.55/3 前面：分类号已经分出先后，下一行再小也不管用。',
          en: 'I247.5/32 stands before I247.55/3: the classes have settled it, however small the lower line.',
        },
      ],
      points: [
        {
          zh: '以字母开头的，先比字母：L 在 W 前',
          en: 'If it begins with a letter, letters first: L before W',
        },
        { zh: '还一样，再比卷次、年份：V1 在 V2 前', en: 'Still the same? Volume or year: V1 before V2' },
        { zh: '拿不准，看左右两本怎么排', en: 'In doubt, see how the neighbours stand' },
      ],
      remember: {
        zh: '先分类号，再书次号，次序不能反。',
        en: 'Class number first, book number second, never the other way.',
      },
      picture: 'call-numbers-4.svg',
      alt: {
        zh: '四本书并排，书标依次是 I247.5/9、I247.5/32、I247.5/123、I247.55/3，书童指着第二行',
        en: 'Four books side by side, labelled I247.5/9, I247.5/32, I247.5/123 and I247.55/3; the book-boy points at the lower line',
      },
    },
    {
      id: 'call-numbers-shelf',
      title: { zh: '到架上，走之字形', en: 'At the shelves: walk a zigzag' },
      paragraphs: [
        {
          zh: '每排书架两头的牌子写着起止索书号，先看牌子进对排。',
          en: 'Signs at the end of each row give its first and last call number: find your row by them.',
        },
        {
          zh: '一格书架从左到右看；这一层完了，接下一层的左头。到了底层，才接右边的下一格，不是一层横着走到底。',
          en: 'Within one bay read from left to right, then go on at the left of the shelf below. Only after the lowest do you move to the next bay on the right: a shelf does not run on along the whole row.',
        },
      ],
      points: [
        { zh: '号码在起止之间，书就在这一排', en: 'Between first and last? Then the book is in this row' },
        {
          zh: '应用里写着几架、哪面、几层，就直接去',
          en: 'If the app names bay, side and shelf, go straight there',
        },
        { zh: '一排有两面，别忘了看背后', en: 'Rows have two sides: look behind as well' },
      ],
      remember: {
        zh: '从左到右，从上到下，一格完了再下一格。',
        en: 'Left to right, top to bottom, one bay after another.',
      },
      picture: 'call-numbers-5.svg',
      alt: {
        zh: '两格书架，一支箭头在左边一格里逐层从左到右往下走，走完才到右边一格；架头牌子上写着 H31 到 I25',
        en: 'Two bays of shelves: an arrow runs left to right down the first, shelf by shelf, and then on to the second; the sign reads H31 to I25',
      },
    },
    {
      id: 'call-numbers-missing',
      title: { zh: '不在那儿，也别急', en: 'Not there? Don’t worry' },
      paragraphs: [
        {
          zh: '在左右几本、上下两层里找找，也许有人插错了。再看看还书车，或许刚还回来，还没上架。还是没有，带着索书号问馆员。',
          en: 'Look at the neighbours and the shelves above and below: someone may have misplaced it. Try the returns trolley, too. Still nothing? Take the call number to a librarian.',
        },
        {
          zh: '自己拿下来的书，记不清原位就放到还书车上。',
          en: 'A book you took down and whose place you forgot goes onto the trolley.',
        },
      ],
      points: [
        {
          zh: '有代书板的馆，抽书时插一块占住原位',
          en: 'If there are shelf markers, put one where you take a book out',
        },
        { zh: '别为了下次好找，把书藏到别处', en: 'Never hide a book to find it again next time' },
        { zh: '见到放错的书，交给馆员', en: 'Give books you find misplaced to a librarian' },
      ],
      remember: { zh: '放错一格，等于丢了一本。', en: 'A book in the wrong place is as good as lost.' },
      picture: 'call-numbers-6.svg',
      alt: {
        zh: '一排蓝色的书里混进一本红色的；书童推着还书车，望着那个空位',
        en: 'A red book has strayed into a row of blue ones; the book-boy with a returns trolley looks at the gap',
      },
    },
  ],
};
