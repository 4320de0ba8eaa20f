/** The 22 main classes of the Chinese Library Classification (中国图书馆分类法, 5th edition). */
export const CLC_LETTERS = [
  'A',
  'B',
  'C',
  'D',
  'E',
  'F',
  'G',
  'H',
  'I',
  'J',
  'K',
  'N',
  'O',
  'P',
  'Q',
  'R',
  'S',
  'T',
  'U',
  'V',
  'X',
  'Z',
] as const;
export type ClcLetter = (typeof CLC_LETTERS)[number];

export interface ClcClass {
  letter: ClcLetter;
  zh: string;
  en: string;
}

const NAMES: Record<ClcLetter, [zh: string, en: string]> = {
  A: ['马列主义、毛泽东思想、邓小平理论', 'Marxism, Mao Zedong Thought'],
  B: ['哲学、宗教', 'Philosophy, religion'],
  C: ['社会科学总论', 'Social sciences'],
  D: ['政治、法律', 'Politics, law'],
  E: ['军事', 'Military science'],
  F: ['经济', 'Economics'],
  G: ['文化、科学、教育、体育', 'Culture, education, sport'],
  H: ['语言、文字', 'Languages, linguistics'],
  I: ['文学', 'Literature'],
  J: ['艺术', 'Art'],
  K: ['历史、地理', 'History, geography'],
  N: ['自然科学总论', 'Natural sciences'],
  O: ['数理科学和化学', 'Mathematics, physics, chemistry'],
  P: ['天文学、地球科学', 'Astronomy, earth sciences'],
  Q: ['生物科学', 'Biology'],
  R: ['医药、卫生', 'Medicine, health'],
  S: ['农业科学', 'Agriculture'],
  T: ['工业技术', 'Technology'],
  U: ['交通运输', 'Transport'],
  V: ['航空、航天', 'Aviation, space flight'],
  X: ['环境科学、安全科学', 'Environment, safety'],
  Z: ['综合性图书', 'General works'],
};

/** The main class of a class letter, a class number or a call number such as "I247.57/123". */
export function clcClass(text: string | undefined): ClcClass | undefined {
  const letter = text?.trim().charAt(0).toUpperCase();
  const known = CLC_LETTERS.find((candidate) => candidate === letter);
  if (known === undefined) return undefined;
  const [zh, en] = NAMES[known];
  return { letter: known, zh, en };
}

/** The key of a class's colour in styles/clc.wxss: "a" … "z", or "none". */
export function clcColour(text: string | undefined): string {
  return clcClass(text)?.letter.toLowerCase() ?? 'none';
}
