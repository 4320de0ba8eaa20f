/** One line of the collected facts, as far as it is used. */
export interface Fact {
  title: string;
  author: string;
  publisher?: string;
  year?: number;
  isbn13: string;
  subjects?: string[];
  clc?: string;
  clc_src?: string;
  language: string;
  src: string;
  call_number?: string;
}

export interface CleanFact {
  title: string;
  subtitle?: string;
  edition?: string;
  authors: string[];
  /** What stood in brackets before the first author: [美], （日） … */
  nation?: string;
  publisher?: string;
  year?: number;
  isbn13: string;
  subjects: string[];
  clc?: string;
  callNumber?: string;
  language: string;
}

const NATION = /^\s*[[［(（〔【]\s*([\u4e00-\u9fff]{1,5})\s*[\]］)）〕】]\s*/;
const ROLE =
  /\s*[(（]?(?:等?(?:编著|主编|编写|编选|编译|撰写|口述|原著|改编|校注|注释|校点|插图|译注|翻译|文图|集解|索隐|正义|汇校|修订|[\u4e00-\u9fff]* 插图|(?<=\s)[续图评]|著|编|译|绘|撰|注))[)）]?[.。]?\s*$/;
const PUBLISHER =
  /出版|书店|書店|书局|書局|书社|印书馆|書館|商务|三联|三聯|[Pp]ress|Books|文化|圖書|图书|天下/;
/** Tags that say how readers felt, not what a book is about. */
const MOODS = new Set([
  '经典',
  '名著',
  '外国名著',
  '情感',
  '成长',
  '生活',
  '爱情',
  '青春',
  '港台',
  '人文',
  '穿越',
  '策划',
]);
const PLACEHOLDER = /未知|佚名出版|<|>|^[^\p{L}\p{N}]*$/u;

/** Facts that can stand in a catalogue, or `undefined` for a line that is not usable. */
export function cleanFact(fact: Fact, personNames: ReadonlySet<string>): CleanFact | undefined {
  if (
    PLACEHOLDER.test(fact.title) ||
    PLACEHOLDER.test(fact.author) ||
    PLACEHOLDER.test(fact.publisher ?? 'x')
  ) {
    return undefined;
  }
  // ISBNs of enclosed discs stand for the book in one source.
  if (/^9787(89|900)/.test(fact.isbn13)) return undefined;
  const nation = NATION.exec(fact.author)?.[1];
  const publisher = fact.publisher && PUBLISHER.test(fact.publisher) ? squeeze(fact.publisher) : undefined;
  const authors = cleanAuthors(fact, publisher);
  if (authors.length === 0) return undefined;
  // One source gives the year in which a work first came out, which no edition with an ISBN shares.
  const year = fact.year !== undefined && fact.year >= 1970 && fact.year <= 2026 ? fact.year : undefined;
  const subjects = (fact.subjects ?? []).filter((s) => !MOODS.has(s) && !personNames.has(s)).slice(0, 5);
  const stated = fact.clc_src === 'call_number' || fact.clc_src === 'marc_690';
  return {
    ...cleanTitle(fact.title),
    authors,
    ...(nation && { nation }),
    ...(publisher && { publisher }),
    ...(year !== undefined && { year }),
    isbn13: fact.isbn13,
    subjects,
    ...(stated && fact.clc && { clc: fact.clc }),
    ...(stated && fact.call_number && { callNumber: fact.call_number.trim().replace(/\s+/g, '/') }),
    language: fact.language,
  };
}

const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();

function cleanAuthors({ author, language }: Fact, publisher: string | undefined): string[] {
  // A foreign name in brackets after its Chinese form: 茱莉娅（Julia Child）; it may hold a comma.
  const bare = author.replace(/(?<=[^\s/])\s*[(（][^()（）]*[A-Za-z@][^()（）]*[)）]?/g, '');
  const parts = bare.split(language === 'en' ? /[/;,]/ : /[/;；、,，]/);
  const names: string[] = [];
  for (const part of parts) {
    let name = squeeze(part).replace(NATION, '');
    name = name.replace(/\s*[(（][^)）]*[)）]\s*$/, '');
    for (let before = ''; before !== name;) {
      before = name;
      name = name.replace(ROLE, '').trim();
    }
    const isHouse =
      name === publisher ||
      /出版社|出版公司|^第\d|书系|丛书|系列|教材|编辑组|编委会|华章|图灵|工作室$/.test(name);
    if (name.length >= 2 && name.length <= 40 && !isHouse && !names.includes(name)) names.push(name);
  }
  return names.slice(0, 3);
}

/** Notes of edition and of how many volumes make the whole; "（上）" stays, for it tells two books apart. */
const EDITION =
  /\s*[(（]([^()（）]*(?:版|[绘全订卷照文]本|修订|典藏|精装|插图|纪念|套装|[全共][\d一二两三四五六七八九十]+[册冊卷部]|上中?、?下[册卷]?|\d\/e)[^()（）]*)[)）]/g;

function cleanTitle(raw: string): { title: string; subtitle?: string; edition?: string } {
  const editions: string[] = [];
  let text = squeeze(raw).replace(EDITION, (_, edition: string) => {
    editions.push(edition.trim());
    return '';
  });
  // "(Harry Potter, #1)" names a series, not the book.
  text = text.replace(/\s*\([^()]*#[^()]*\)\s*$/, '').trim();
  const [title = text, ...rest] = text.split(/\s*[：]\s*|: /);
  const subtitle = rest.join('：').trim();
  const edition = editions.join('，');
  return {
    title: title.trim() || text,
    ...(subtitle && { subtitle }),
    ...(edition && { edition }),
  };
}
