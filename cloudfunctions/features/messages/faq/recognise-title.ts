import { makePhrases } from './find-phrases';
import { normalise } from './normalise';
import { splitUnits } from './units';

/** Longer than any title that somebody types into a chat. UTF-16 units. */
const MAX_TITLE = 100;

/** What stands around a title when its book is wanted and nothing else. */
const AROUND = makePhrases([
  [
    '',
    (
      '请 请问 你好 您好 老师 我 我们 你 你们 咱们 图书馆 馆里 学校 这里 这边 那里 里 有 有没有 有无 是否有 还有 有吗 没有 吗 么 呢 啊 吧 没 不 想 要 想要 想借 要借 借 可以借 能借 能 可以 想看 看 找 想找 查 查询 搜 搜索 查一下 ' +
      '一下 帮我 帮忙 给我 这本 这本书 这书 一本 本 那本书 书 的 在架 在馆 在 现在 谢谢 ' +
      'do you have|have you got|is there|got|a copy of|copy of|the book|book|books|the|a|any|please|i|want|to|borrow|looking for|am|im|find|search|search for|is|it|in|available|can|library|this|called|titled|hi|hello|thanks|read|would like|need|your|for|does|have'
    ).split(/[ |](?![a-z])|\|/u),
  ],
]);

const OPENING =
  '(?:请问|你好|您好|老师)?[,， ]{0,2}(?:你们|图书馆|馆里|咱们|学校|这里)?(?:图书馆|馆里|这里|这边|那里|里)?';
/** Bounded repetitions only, so that no text takes long. */
const BOOK_PATTERNS: readonly { pattern: RegExp; sure: boolean }[] = [
  {
    pattern: new RegExp(
      `^${OPENING}(?:有没有|有无|是否有|有|想借|我想借|我要借|借|找|我想找|查|查一下)(?!不[到着了])(?:一本)?(?:叫|名叫)?(.{1,100}?)(?:这本书|这本|那本书)(?:有吗|吗|么|嘛|没有|呢)?$`,
      'u',
    ),
    sure: true,
  },
  {
    pattern: new RegExp(
      `^${OPENING}(.{1,100}?)(?:这本书)(?:你们|图书馆|馆里)?(?:有吗|有没有|在吗|在架吗|在馆吗|有么|能借吗|可以借吗)$`,
      'u',
    ),
    sure: true,
  },
  {
    pattern:
      /^(?:hi|hello)?[, ]{0,2}(?:do you have|have you got|is there|i am looking for|i'm looking for|looking for|i want to borrow) (?:the book|a copy of|the title|a book called|a book titled|the book called|the book titled) (.{1,100}?)$/iu,
    sure: true,
  },
  { pattern: new RegExp(`^${OPENING}(?:有没有|有无|是否有)(.{1,60}?)(?:吗|么|呢)?$`, 'u'), sure: false },
  {
    pattern: new RegExp(
      `^${OPENING}(.{1,60}?)(?:你们|咱们)?(?:图书馆|馆里|这里|这边)?(?:有吗|有么|有没有|在架吗|在馆吗)$`,
      'u',
    ),
    sure: false,
  },
  {
    pattern:
      /^(?:hi|hello)?[, ]{0,2}(?:do you have|have you got) (.{1,100}?)(?: in the library| available)?$/iu,
    sure: false,
  },
];
/** Reads which book is wanted. @param text as it was typed, at most MAX_QUESTION characters */
export function recogniseTitle(text: string): { kind: 'title'; title: string; sure: boolean } | undefined {
  const line = text
    .normalize('NFKC')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[?!.。,~ ]{1,10}$/u, '')
    .trim();
  const quoted = /《([^《》]{1,100})》/u.exec(line);
  if (quoted !== null) {
    const title = (quoted[1] ?? '').trim();
    const rest = line.replace(quoted[0], ' ');
    return normalise(title) !== '' && AROUND.cover(splitUnits(normalise(rest))) !== undefined
      ? { kind: 'title', title, sure: true }
      : undefined;
  }
  if (line.length > 2 * MAX_TITLE) return undefined;
  for (const { pattern, sure } of BOOK_PATTERNS) {
    const title = unquote(pattern.exec(line)?.[1] ?? '');
    if (isName(title)) return { kind: 'title', title, sure };
  }
  return undefined;
}

const unquote = (title: string): string =>
  title
    .trim()
    .replace(/^[“"'‘「『]{1,2}|[”"'’」』]{1,2}$/gu, '')
    .trim();

/** Whether it names a book, other than 这本书 or "any books". */
const isName = (title: string): boolean => AROUND.cover(splitUnits(normalise(title))) === undefined;
