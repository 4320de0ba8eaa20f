import { cleanText } from './clean-text';

export interface Heading {
  /** `key` is the same however a word is capitalised. */
  words: readonly { key: string; word: string }[];
  /** About health, religion, law or politics. */
  sensitive: boolean;
}

/** Subdivisions that say of what form a book is, or nothing: they would be everybody's keywords. */
const STOP = new Set(
  (
    '中国 外国 世界 国外 教材 高等学校 高等教育 高职高专 研究 概论 概述 基础 基本知识 理论 方法 应用 现代 当代 近代 古代 ' +
    '图书 文集 选集 作品集 手册 词典 辞典 工具书 普及读物 青年读物 少年读物 通俗读物 青少年读物 学习参考资料 习题集 自学参考资料 ' +
    '教学参考资料 问题解答 考试 水平考试 其他 美国 英国 日本 法国 德国 俄罗斯 文献 资料 汇编 年鉴 丛书 系列 ' +
    'general textbooks textbook handbooks manuals etc dictionaries problems exercises study guides introduction ' +
    'china books reading to-read'
  ).split(' '),
);
const STOP_PHRASES = new Set([
  'study and teaching',
  'handbooks, manuals, etc',
  'problems, exercises, etc',
  'united states',
  'great britain',
  '20th century',
  '21st century',
  'juvenile literature',
]);

const SENSITIVE_ZH =
  /疾病|病|癌|肿瘤|医学|医疗|医药|临床|中医|药|护理|健康|卫生|保健|抑郁|焦虑|自杀|成瘾|戒毒|精神分裂|心理治疗|艾滋|怀孕|妊娠|孕|避孕|性教育|性心理|性行为|性病|同性|残疾|宗教|佛教|佛学|佛经|禅|道教|基督|天主|耶稣|伊斯兰|穆斯林|犹太教|圣经|古兰|神学|教会|信仰|法律|法学|法规|法制|法治|立法|司法|宪法|民法|刑|诉讼|律师|犯罪|法院|判例|政治|政党|政府|政策|共产|社会主义|资本主义|马克思|列宁|毛泽东|邓小平|党史|党建|党的|革命|选举|民主|人权|外交|国际关系|主权|恐怖主义/;
const SENSITIVE_EN =
  /\b(?:health|medic|disease|illness|cancer|tumou?r|clinic|nurs(?:e|ing)|pharma|drug|depress|anxiet|suicid|addict|therap|psychiatr|mental|pregnan|contracept|abort|hiv\b|aids\b|sexual|gay\b|lesbian|homosex|transgender|disab|religio|christ|islam|muslim|buddh|hindu|juda|jewish|bible|biblic|quran|koran|catholic|protestant|church|theolog|god\b|law\b|laws\b|lawyer|legal|legislat|crimin|crime|juris|constitution|litigat|court|politic|polic(?:y|ies)\b|communis|socialis|marx|lenin|mao\b|election|government|democra|diplom|terroris|revolution|human rights)/i;

const PARTS_ZH = /\s*(?:--|[-－—–·．/／()（）]|\s)+\s*/u;
const PARTS_EN = /\s*(?:--|[/;])\s*/u;
const CHINESE = /\p{Script=Han}/u;
const MARKS_AT_THE_END = /[\s.,;:，。；：]+$/u;
const LONGEST_WORD = 40;

/** A heading recurs a thousand times over a library, and reading it is slow. */
const known = new Map<string, Heading>();
const MOST_KNOWN = 20_000;

/** The keywords in a subject heading as a catalogue writes it, such as "长篇小说-中国-当代". */
export function headingsOf(subject: string): Heading {
  const before = known.get(subject);
  if (before) return before;
  const heading = read(subject);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(subject, heading);
  return heading;
}

function read(subject: string): Heading {
  const text = cleanText(subject) ?? '';
  const words = text
    .split(CHINESE.test(text) ? PARTS_ZH : PARTS_EN)
    .map((part) => part.replace(MARKS_AT_THE_END, ''))
    .filter(isKeyword)
    .map((word) => ({ key: word.toLowerCase(), word }));
  return { words, sensitive: SENSITIVE_ZH.test(text) || SENSITIVE_EN.test(text) };
}

function isKeyword(part: string): boolean {
  const lower = part.toLowerCase();
  if (part.length < 2 || part.length > LONGEST_WORD || !/\p{L}/u.test(part)) return false;
  return !STOP.has(lower) && !STOP_PHRASES.has(lower);
}
