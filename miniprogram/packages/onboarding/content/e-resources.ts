import type { LearningModule } from './module';

export const eResources: LearningModule = {
  id: 'e-resources',
  title: { zh: '电子资源与校外访问', en: 'E-resources, also from home' },
  summary: {
    zh: '数据库从哪里进、怎么合理使用、怎么规范引用',
    en: 'Getting in, fair use, and giving credit',
  },
  minutes: 4,
  cards: [
    {
      id: 'e-resources-start',
      title: { zh: '图书馆也在网上', en: 'The library is online, too' },
      paragraphs: [
        {
          zh: '期刊论文、电子书、学位论文、标准、报纸，大多在数据库里，由图书馆为全校订购，你不用付钱。',
          en: 'Articles, e-books, theses, standards and newspapers mostly live in databases. The library subscribes for the whole university; you pay nothing.',
        },
        {
          zh: '从图书馆网站的“数据库”列表进去，按学科选。普通搜索引擎找得到题目，却常常打不开全文。',
          en: 'Enter by the list of databases on the library’s website, and choose by subject. A web search may show you the title but not let you read it.',
        },
      ],
      points: [
        {
          zh: '馆藏目录主要找书；找单篇论文，用数据库',
          en: 'The catalogue mainly finds books; for single articles use databases',
        },
        {
          zh: '电子书可能限几个人同时看，看完退出',
          en: 'E-books may admit few readers at a time: sign out when done',
        },
        { zh: '打不开先别付钱，问问馆里有没有', en: 'Asked to pay? Ask the library first' },
      ],
      picture: 'e-resources-1.svg',
      alt: {
        zh: '一台打开的笔记本电脑，屏幕像书架一样立着书，书童从屏幕边探出身来',
        en: 'An open laptop whose screen holds books like a shelf; the book-boy leans out beside it',
      },
    },
    {
      id: 'e-resources-home',
      title: { zh: '在校外怎么进', en: 'Getting in from outside' },
      paragraphs: [
        {
          zh: '在校内，数据库认的是校园网。出了校门，要先证明你是本校的人。先看图书馆的“校外访问”说明，每个数据库走哪条路都写着。',
          en: 'On campus, databases know you by the network. Elsewhere you first show that you belong. The library’s page on off-campus access says which way each database wants.',
        },
      ],
      points: [
        {
          zh: 'CARSI：在数据库选“机构登录”，找到学校，用统一身份认证登录',
          en: 'CARSI: choose institutional sign-in at the database, find your university, use your campus account',
        },
        {
          zh: 'VPN：先连上学校的 VPN，再从图书馆网站进',
          en: 'VPN: connect to the university’s first, then go by the library’s site',
        },
        {
          zh: '只在学校的登录页输密码，先看清网址',
          en: 'Type your password on the university’s page only: check the address',
        },
        { zh: '不买、不租账号，那不是你的', en: 'Don’t buy or rent accounts: they aren’t yours to use' },
        { zh: '还是进不去：截下报错，问图书馆', en: 'Still outside? Send the library a screenshot' },
      ],
      picture: 'e-resources-2.svg',
      alt: {
        zh: '夜里，书童坐在家里的桌前用电脑，一条虚线穿过钥匙，连到远处的图书馆',
        en: 'At night the book-boy sits at home with a computer; a dotted line runs through a key to the library far away',
      },
    },
    {
      id: 'e-resources-fair-use',
      title: { zh: '合理使用', en: 'Fair use' },
      paragraphs: [
        {
          zh: '需要哪篇下载哪篇，自己学习研究用。不整刊、整库连着下，不用脚本和批量下载工具，哪怕是为了“以后慢慢看”。',
          en: 'Download what you need, for your own study. No whole issues or databases, no scripts or bulk downloaders, not even “to read later”.',
        },
        {
          zh: '数据库商一发现，会封掉学校的访问：一个人下载，全校打不开。',
          en: 'When a publisher notices, it blocks the university: one person downloads, and nobody can read.',
        },
      ],
      points: [
        {
          zh: '账号只给自己用，不借、不卖、不代查',
          en: 'Your account is yours: no lending, no selling, no downloading for others',
        },
        {
          zh: '全文不传到网上，不发给校外的人，不作商用',
          en: 'Full texts are not posted, sent outside, or used commercially',
        },
        {
          zh: '要做大规模的文本分析，先找馆员问授权',
          en: 'For large-scale text analysis, ask a librarian about licences first',
        },
        {
          zh: '发现账号被盗用：马上改密码，报告学校',
          en: 'Account misused? Change the password and report it at once',
        },
      ],
      remember: {
        zh: '用多少，下多少；不批量下载，不借账号。',
        en: 'Take what you need; no bulk downloads, no shared accounts.',
      },
      picture: 'e-resources-3.svg',
      alt: {
        zh: '书童从水龙头下接了一杯书页；旁边一根粗水管接着大桶，被打上了红叉',
        en: 'The book-boy fills a cup with pages at a tap; a thick hose into a barrel beside it is crossed out in red',
      },
    },
    {
      id: 'e-resources-cite',
      title: { zh: 'DOI 与引用', en: 'DOIs and citing' },
      paragraphs: [
        {
          zh: 'DOI 是一篇论文的永久号码，以 10. 开头；网址会变，它不变。在 doi.org 后面接上它，就到原文的页面。',
          en: 'A DOI is an article’s lasting number and begins with 10. Web addresses change, it does not: put it after doi.org/ and you reach the article’s page.',
        },
        {
          zh: '别人的话、数据、图和想法，用了就注明出处；换成自己的话说，也要注。',
          en: 'Words, data, figures and ideas of others are always credited, also when you put them into your own words.',
        },
      ],
      points: [
        { zh: '记下作者、题名、出处、年份、页码', en: 'Note author, title, source, year and pages' },
        {
          zh: '原话加引号；格式按老师和期刊的要求',
          en: 'Quote exact words; follow the style your teacher or journal asks for',
        },
        { zh: '自动生成的引文，也要对一遍', en: 'Check citations that software made for you' },
        { zh: '没读过的，别列进参考文献', en: 'Don’t list what you have not read' },
      ],
      picture: 'e-resources-4.svg',
      alt: {
        zh: '一页论文上的引号连着一条线，通到一本钉着号码牌 10. 的书，书童握着毛笔',
        en: 'From quotation marks on a page a line leads to a book with a tag that reads 10.; the book-boy holds a brush',
      },
    },
    {
      id: 'e-resources-full-text',
      title: { zh: '找不到全文', en: 'No full text?' },
      paragraphs: [
        {
          zh: '这个数据库没有，别的可能有：用题名或 DOI 再找。也看看馆里的纸本，和合法的开放获取。',
          en: 'One database may lack it and another have it: try title or DOI again. Look for a printed copy, and for legal open access.',
        },
        {
          zh: '都没有，就请图书馆做文献传递：馆员从别的图书馆把论文或章节要来。',
          en: 'Nothing? Ask the library for document delivery: a librarian obtains the article or chapter from another library.',
        },
      ],
      points: [
        {
          zh: '开放获取：人人可免费读，仍要注明出处',
          en: 'Open access: free for all to read, still to be credited',
        },
        { zh: '预印本没经过评审，引用时写明', en: 'Preprints are not yet reviewed: say so when you cite' },
        {
          zh: '盗版网站不碰，来源不明的文件有风险',
          en: 'Leave pirate sites alone: unknown files are a risk',
        },
      ],
      picture: 'e-resources-5.svg',
      alt: {
        zh: '一只小鸟衔着一页论文，从远处的图书馆飞来，书童伸手去接',
        en: 'A small bird brings a page from a library far away, and the book-boy reaches out for it',
      },
    },
    {
      id: 'e-resources-ai',
      title: { zh: '用 AI，守诚信', en: 'AI and honest work' },
      paragraphs: [
        {
          zh: 'AI 能帮你找思路、改语句，也会编出不存在的论文。它给的每条文献，都要查到原文、读过再用。',
          en: 'AI can help with ideas and wording; it also invents papers that do not exist. Look up and read every reference it gives before you use it.',
        },
        {
          zh: '能不能用、用到哪一步，先看课程和学校的规定；用了，照要求说明。写的东西由你负责。',
          en: 'Whether and how far you may use it, the rules of your course and university say. If you did, declare it as asked. You answer for what you hand in.',
        },
      ],
      points: [
        {
          zh: '别把订购的全文、他人信息、未发表的稿子传上去',
          en: 'Don’t upload licensed texts, personal data or unpublished work',
        },
        {
          zh: '整段照搬不注明，不管从哪里来，都是抄袭',
          en: 'Copying without credit is plagiarism, wherever it came from',
        },
        { zh: '别编数据，别找人代写', en: 'No invented data, no ghost-writers' },
      ],
      picture: 'e-resources-6.svg',
      alt: {
        zh: '一个小机器人递来一张纸，书童拿着书，对照着用红笔核对',
        en: 'A small robot hands over a sheet, and the book-boy checks it against a book with a red pencil',
      },
    },
  ],
};
