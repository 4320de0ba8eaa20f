import type { CleanFact } from './clean-facts';

/**
 * Plausible classes of the Chinese Library Classification for books whose class
 * no library stated. Numbers for the demo, not cataloguing: told from tags,
 * words of the title and the author's country.
 */

/** Country of the author → literature class of that country (table I3/7 of the scheme). */
const LITERATURE: Readonly<Record<string, string>> = {
  日: 'I313',
  日本: 'I313',
  韩: 'I312.6',
  韩国: 'I312.6',
  印度: 'I351',
  印: 'I351',
  以色列: 'I382',
  土耳其: 'I374',
  德: 'I516',
  德国: 'I516',
  奥: 'I521',
  奥地利: 'I521',
  捷克: 'I524',
  捷: 'I524',
  俄: 'I512',
  俄罗斯: 'I512',
  苏: 'I512',
  苏联: 'I512',
  英: 'I561',
  英国: 'I561',
  爱尔兰: 'I562',
  爱: 'I562',
  法: 'I565',
  法国: 'I565',
  意: 'I546',
  意大利: 'I546',
  西: 'I551',
  西班牙: 'I551',
  葡: 'I552',
  葡萄牙: 'I552',
  挪: 'I533',
  挪威: 'I533',
  瑞典: 'I532',
  丹麦: 'I534',
  丹: 'I534',
  瑞士: 'I522',
  古希腊: 'I545',
  希腊: 'I545',
  美: 'I712',
  美国: 'I712',
  加: 'I711',
  加拿大: 'I711',
  澳: 'I611',
  哥伦比亚: 'I775',
  阿根廷: 'I783',
  智利: 'I784',
  秘鲁: 'I778',
  巴西: 'I777',
};

const COMPUTING: readonly (readonly [RegExp, string])[] = [
  [/C\+\+/i, 'TP312.8C++'],
  [/C#|\.NET/i, 'TP312.8C#'],
  [/C语言|C程序|\bC\b/, 'TP312.8C'],
  [/JavaScript|jQuery|Node\.js|React|Vue|前端|CSS|HTML/i, 'TP393.092'],
  [/Java|Spring/i, 'TP312.8JA'],
  [/Python|Django/i, 'TP311.561'],
  [/\bR语言|\bR\b/, 'TP312.8R'],
  [/Go语言|Golang|Rust|Ruby|PHP|Perl|Lisp|Haskell|Scala/i, 'TP312.8'],
  [/数据库|SQL|Redis|Oracle|MongoDB|数据仓库|大数据/i, 'TP311.13'],
  [/数据结构|算法|Algorithm/i, 'TP301.6'],
  [/机器学习|深度学习|神经网络|强化学习|大模型|语言模型|Machine Learning|Deep Learning/i, 'TP181'],
  [/人工智能|Artificial Intelligence|智能/i, 'TP18'],
  [/Linux|Unix|操作系统|Windows|内核/i, 'TP316'],
  [/网络|TCP|HTTP|Web|互联网/i, 'TP393'],
  [/安全|黑客|密码|加密/, 'TP309'],
  [/图像|视觉|图形|Photoshop|游戏/i, 'TP391.41'],
  [/Android|iOS|移动|小程序/i, 'TN929.53'],
  [/编译|软件|编程|程序|代码|设计模式|重构|敏捷|架构|测试|Software|Programming|Code/i, 'TP311.5'],
  [/计算机|电脑|Computer/i, 'TP3'],
];

const CLASSICS: readonly (readonly [RegExp, string])[] = [
  [/^(红楼梦|三国演义|水浒传|西游记|金瓶梅|儒林外史|聊斋志异)/, 'I242.4'],
  [/史记|资治通鉴|汉书|左传|国史|明史|中国通史|中国史|万历十五年/, 'K204'],
  [/论语|孟子|庄子|老子|道德经|周易|传习录|荀子/, 'B22'],
  [/诗经|楚辞|唐诗|宋词|词话|诗词/, 'I222'],
  [/古文观止|世说新语/, 'I262'],
  [/^(1984|一九八四|动物农场|傲慢与偏见|傲慢與偏見)$/, 'I561.45'],
  [/红楼梦/, 'I207.411'],
];

const BY_TITLE: readonly (readonly [RegExp, string])[] = [
  [/经济学|国富论|Economics|Freakonomics/i, 'F0'],
  [/数学|微积分|概率|Mathemat/i, 'O1'],
  [/物理|量子|时间简史|Physics|Brief History of Time/i, 'O4'],
  [/心理|Psycholog|Thinking, Fast/i, 'B84'],
  [/简史|世界史|全球通史|罗马|History of|人类/i, 'K1'],
  [/基因|进化|物种|Gene\b|Evolution/i, 'Q1'],
  [/Bible|Zen|Buddh|God\b/i, 'B9'],
  [/Cook|Recipes|Kitchen|美食|厨/i, 'TS972.1'],
  [/Leadership|Management|Business|管理学/i, 'C93'],
  [/Life of|Autobiography|Memoir|Diary of|传$/i, 'K83'],
  [/Cancer|Medicine|医学|医生|疾病|身体/i, 'R-49'],
  [/War\b|战争/i, 'E1'],
];

const BY_SUBJECT: readonly (readonly [string, string])[] = [
  ['佛教', 'B94'],
  ['宗教', 'B92'],
  ['灵修', 'B92'],
  ['西方哲学', 'B5'],
  ['国学', 'B2'],
  ['哲学', 'B0'],
  ['心理学', 'B84'],
  ['心理', 'B84'],
  ['励志', 'B848.4'],
  ['人际关系', 'C912.1'],
  ['社会学', 'C91'],
  ['政治学', 'D0'],
  ['政治', 'D5'],
  ['自由主义', 'D081'],
  ['军事', 'E1'],
  ['二战', 'K152'],
  ['股票', 'F830.91'],
  ['金融', 'F83'],
  ['投资', 'F830.59'],
  ['理财', 'F830.59'],
  ['经济学', 'F0'],
  ['经济', 'F12'],
  ['营销', 'F713.3'],
  ['广告', 'F713.8'],
  ['创业', 'F279'],
  ['企业史', 'F279'],
  ['管理', 'C93'],
  ['商业', 'F7'],
  ['职场', 'C913.2'],
  ['教育', 'G4'],
  ['古典文学', 'I206'],
  ['诗词', 'I222'],
  ['艺术史', 'J110.9'],
  ['电影', 'J905'],
  ['音乐', 'J6'],
  ['摄影', 'J4'],
  ['绘画', 'J2'],
  ['美术', 'J1'],
  ['设计', 'J06'],
  ['建筑', 'TU-8'],
  ['漫画', 'J238.2'],
  ['绘本', 'J238.5'],
  ['日本漫画', 'J238.2'],
  ['中国历史', 'K2'],
  ['近代史', 'K25'],
  ['人物传记', 'K82'],
  ['回忆录', 'K82'],
  ['历史', 'K1'],
  ['游记', 'K928.9'],
  ['旅行', 'K919'],
  ['数学', 'O1'],
  ['科普', 'N49'],
  ['科学', 'N0'],
  ['养生', 'R212'],
  ['健康', 'R161'],
  ['美食', 'TS971.2'],
  ['家居', 'TS975'],
  ['手工', 'TS973.5'],
];

const GENRES = [
  '推理',
  '推理小说',
  '悬疑',
  '科幻',
  '科幻小说',
  '奇幻',
  '魔幻',
  '武侠',
  '言情',
  '网络小说',
  '轻小说',
];
const FICTION = ['小说', '青春文学', '当代文学', '日本文学'];
const COMPUTING_SUBJECTS = [
  '计算机',
  '编程',
  '算法',
  '互联网',
  '机器学习',
  '数据库',
  'linux',
  'web',
  'android',
  '程序',
  '交互设计',
  '用户体验',
];
/** Words that make an English title one of computing. */
const COMPUTING_TITLE =
  /\b(CSS|HTML|Java|JavaScript|Python|C\+\+|C#|Linux|Unix|Android|Algorithms|Programming|Programmer|Software|Computer|Code Complete|Clean Code|Design Patterns|Refactoring|Deep Learning|Machine Learning|SQL|Web|Open source)\b/i;
const COMPUTING_PUBLISHERS = /人民邮电|机械工业|电子工业|清华大学出版社|水利水电|北京航空航天/;

/** British authors met in the English part, whose source names no country. */
const BRITISH =
  /Austen|Dickens|Orwell|Shakespeare|Rowling|Tolkien|C\.S\. Lewis|Christie|Doyle|Pratchett|Gaiman|Douglas Adams|Dahl|Woolf|Brontë|Hardy|Wodehouse|McEwan|Ishiguro|Zadie Smith|Fielding|Hornby|Rushdie|Milne|Carroll|Stevenson|Wells|Huxley|Greene|du Maurier|le Carré|Follett|Forsyth|Fleming|Pullman|Mantel|Barnes|Zafón/;

/** A class for the book, e.g. `TP311.13`, `I313.45`. */
export function assignClass(fact: CleanFact): string {
  if (fact.clc) return fact.clc;
  const has = (subject: string): boolean => fact.subjects.includes(subject);
  const text = `${fact.title} ${fact.subtitle ?? ''}`.trim();
  const first = (rules: typeof BY_TITLE): string | undefined =>
    rules.find(([pattern]) => pattern.test(text))?.[1];

  if (
    COMPUTING_SUBJECTS.some(has) ||
    COMPUTING_PUBLISHERS.test(fact.publisher ?? '') ||
    isEnglishComputing(fact, text)
  ) {
    const found = first(COMPUTING);
    if (found) return found;
    if (has('计算机') || has('编程')) return 'TP3';
  }
  const literature = literatureOf(fact);
  const prose = literature ? `${literature}.65` : 'I267';
  const verse = literature ? `${literature}.25` : 'I227';
  const novel = literature
    ? `${literature}.45`
    : has('科幻') || has('推理') || has('武侠')
      ? 'I247.56'
      : 'I247.57';
  const classic = first(CLASSICS);
  if (classic) return classic;
  if (GENRES.some(has)) return novel;
  const byTitle = first(BY_TITLE);
  if (byTitle) return byTitle;
  if (has('诗歌')) return verse;
  if (has('戏剧')) return literature ? `${literature}.35` : 'I234';
  if (FICTION.some(has) && !BY_SUBJECT.slice(0, 6).some(([name]) => has(name))) return novel;
  if (has('散文') || has('随笔') || has('杂文')) return prose;
  if (has('童话') || has('儿童文学')) return literature ? `${literature}.88` : 'I287';
  const subject = BY_SUBJECT.find(([name]) => has(name))?.[1];
  if (subject) return subject;
  return novel;
}

/** Authors whose country the source leaves out. */
const JAPANESE =
  /村上|东野圭吾|東野圭吾|川端康成|太宰|夏目|三岛|伊坂|宫部|高木直子|湊佳苗|芥川|谷崎|京极|岛田|吉本|江国|山田|松本清张|渡边|大江健三郎|石田|三浦|森见|伊藤/;

/** The literature class of the author's country; `undefined` for China. */
function literatureOf(fact: CleanFact): string | undefined {
  if (fact.language === 'en') return englishLiterature(fact);
  const [author = ''] = fact.authors;
  const named = LITERATURE[fact.nation ?? ''];
  if (named || fact.nation) return named;
  if (JAPANESE.test(author)) return LITERATURE['日'];
  // A dot or Latin letters in the name: from abroad, most often from the United States.
  return /[·・•.．﹒]|[A-Za-z]{3}/.test(author) ? 'I712' : undefined;
}

const englishLiterature = (fact: CleanFact): string =>
  fact.authors.some((a) => BRITISH.test(a)) ? 'I561' : 'I712';

const isEnglishComputing = (fact: CleanFact, text: string): boolean =>
  fact.language === 'en' && COMPUTING_TITLE.test(text);
