/**
 * What a question asks for, whatever it is about; words of one line ask the same. They weigh less than what the
 * question is about, and tell a question from an order: 怎么续借 asks, 续借 orders.
 */
export const QUESTION_WORDS: readonly (readonly [meaning: string, words: readonly string[]])[] = [
  [
    'how',
    [
      '怎么',
      '咋',
      '咋样',
      '怎样',
      '怎么样',
      '如何',
      '怎么办',
      '咋办',
      '咋弄',
      '怎么弄',
      '方法',
      '流程',
      '步骤',
      '教程',
      'how',
      'how to',
    ],
  ],
  [
    'why',
    [
      '为什么',
      '为啥',
      '为何',
      '怎么会',
      '怎么回事',
      '什么原因',
      '原因',
      '干嘛老',
      '凭什么',
      'why',
      'how come',
      'reason',
    ],
  ],
  [
    'where',
    ['哪里', '哪儿', '在哪', '去哪', '到哪', '上哪', '哪', '何处', '什么地方', '哪边', '啥地方', 'where'],
  ],
  [
    'when',
    ['什么时候', '啥时候', '几点', '几点钟', '何时', '多会儿', '哪天', '时间', 'when', 'what time', 'hours'],
  ],
  [
    'how-long',
    [
      '多久',
      '多长时间',
      '几天',
      '多少天',
      '几个月',
      '多长',
      '期限',
      'how long',
      'how many days',
      'for how long',
    ],
  ],
  ['how-many', ['几本', '多少本', '几册', '多少册', 'how many', 'how many books', 'number of']],
  ['how-often', ['几次', '多少次', '几回', '多少回', 'how often', 'how many times']],
  ['how-much', ['多少钱', '几块', '几毛', '几块钱', '几毛钱', '价钱', '收费', 'how much']],
  [
    'what',
    [
      '什么',
      '啥',
      '是什么',
      '什么是',
      '是啥',
      '什么意思',
      '啥意思',
      '干嘛',
      '干什么',
      '干啥',
      'what',
      'meaning',
      'what is',
      'what does',
    ],
  ],
  ['which', ['哪个', '哪一个', '哪些', '哪几', '哪本', '哪一', 'which']],
  [
    'may',
    [
      '能不能',
      '可不可以',
      '可以',
      '可否',
      '能否',
      '能',
      '行吗',
      '行不行',
      '可以吗',
      '允许',
      '让',
      '准',
      'can',
      'may',
      'allow',
      'allowed',
      'possible',
      'am i allowed',
    ],
  ],
  [
    'must',
    [
      '必须',
      '一定要',
      '要不要',
      '需要',
      '非得',
      '得不得',
      'must',
      'have to',
      'need to',
      'required',
      'mandatory',
    ],
  ],
  ['is-there', ['有没有', '有无', '是否有', 'is there', 'are there', 'do you have']],
  [
    'whether',
    ['是不是', '是否', '算不算', '会不会', '吗', '不', '么', '呢', 'does', 'is', 'are', 'do', 'will'],
  ],
];

/** Words that say nothing about what is asked. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set(
  (
    '的 了 我 你 您 我们 你们 咱 他 她 它 们 是 在 有 个 这 那 这个 那个 想 要 请问 请 问 一下 下 啊 吧 呀 哦 嗯 呢 吗 么 嘛 哈 就 都 也 还 又 再 很 把 被 给 对 和 与 跟 或 到 去 来 从 会 说 着 过 里 上 ' +
    '这边 那边 老师 同学 你好 您好 谢谢 麻烦 知道 告诉 得 地 之 以 为 而 但 但是 因为 所以 如果 ' +
    'a an the i my me we our you your it its this that these those to of in on at for from with by and or if so be am is are was were been do does did done has have had will would could should shall may can not please hi hello thanks thank there what which who when where why how about into as'
  ).split(' '),
);
