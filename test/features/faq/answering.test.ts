import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFaqContent } from '../../../cloudfunctions/features/messages/faq/content';
import { makeAnswerer, type FaqReply } from '../../../cloudfunctions/features/messages/faq/make-answerer';
import { MAX_QUESTION, normalise } from '../../../cloudfunctions/features/messages/faq/normalise';
import { readMessage } from '../../../cloudfunctions/features/messages/faq/read-message';
import {
  entriesOf,
  readDevelopmentSet,
  readForeignSet,
  readThirdSet,
  scoreAnswers,
} from './support/questions';

const content = readFaqContent();
const answerer = makeAnswerer(content);
const first = (text: string): string | undefined => entriesOf(answerer.answer(text))[0];

/**
 * Wanted: 0.85, 0.95, 0.9. What is reached lies above (ADR 17); it is held with room for a question or two in a hundred, so
 * that a new entry may cost its neighbours something. `sentOn` is not wanted high, but none of the others may be bought with it.
 */
const FLOORS = {
  development: { top1: 0.95, top3: 0.97, rejected: 0.93, sentOn: 0.75 },
  'development of a third hand': { top1: 0.86, top3: 0.94, rejected: 0.92, sentOn: 0.7 },
  'written by another hand': { top1: 0.91, top3: 0.96, rejected: 0.91, sentOn: 0.67 },
};

describe.each([readDevelopmentSet(), readThirdSet(), readForeignSet()].filter((set) => set !== undefined))(
  'on the questions: $name',
  (set) => {
    it('names only entries that are there', () => {
      const ids = new Set(content.entries.map(({ id }) => id));
      expect(set.questions.filter(({ entry }) => !ids.has(entry))).toEqual([]);
      expect(set.questions.length).toBeGreaterThanOrEqual(150);
      expect(set.outOfScope.length).toBeGreaterThanOrEqual(30);
    });

    it('finds the entry, and answers nothing that is not ours', () => {
      const score = scoreAnswers(answerer, set);
      const floor = FLOORS[set.name];
      expect(score.top1).toBeGreaterThanOrEqual(floor.top1);
      expect(score.top3).toBeGreaterThanOrEqual(floor.top3);
      expect(score.rejected).toBeGreaterThanOrEqual(floor.rejected);
      expect(score.sentOn).toBeGreaterThanOrEqual(floor.sentOn);
    });
  },
);

describe('the set of the third hand', () => {
  it('asks after nearly each entry at least three times, never word for word', () => {
    const phrases = new Set(
      content.entries.flatMap(({ question, variants }) =>
        [question.zh, question.en, ...variants.zh, ...variants.en].map(normalise),
      ),
    );
    const { questions } = readThirdSet();
    expect(questions.filter(({ text }) => phrases.has(normalise(text)))).toEqual([]);
    // whoever adds an entry cannot write to a set that is to know no entry
    const asked = content.entries.filter(
      ({ id }) => questions.filter(({ entry }) => entry === id).length >= 3,
    );
    expect(asked.length / content.entries.length).toBeGreaterThanOrEqual(0.95);
  });
});

describe('a question', () => {
  it('that an entry has word for word gets that entry', () => {
    for (const { id, question, variants } of content.entries) {
      for (const text of [question.zh, question.en, ...variants.zh, ...variants.en]) {
        expect([text, answerer.answer(text)]).toEqual([
          text,
          expect.objectContaining({ kind: 'answer', entry: expect.objectContaining({ id }) }),
        ]);
      }
    }
  });

  it.each([
    ['怎么续借'],
    ['怎麼續借？'],
    ['怎 么 续 借！！！😀'],
    ['zenme xujie'],
    ['zen me xu jie'],
    ['zenmexujie'],
    ['How do I RENEW a loan'],
    ['how do i renw a loan'],
    ['ｈｏｗ ｄｏ Ｉ ｒｅｎｅｗ ａ ｌｏａｎ'],
  ])('may be written as %s', (text) => expect(first(text)).toBe('renewing-how'));

  it.each([
    ['怎么序借', 'renewing-how'],
    ['罚宽怎么交', 'fines-pay'],
    ['书逾其了怎么办', 'overdue-what-now'],
    ['座为怎么预约', 'seats-book'],
    ['怎么还输', 'borrowing-return'],
  ])('with a character of the same sound in place of the right one is understood: %s', (text, id) =>
    expect(first(text)).toBe(id),
  );

  it.each(['huanshu zai nali', 'zenme huan shu', '换书去哪里还'])(
    'about giving back is not read as one about changing: %s',
    (text) => expect(first(text)).toBe('borrowing-return'),
  );

  it.each(['haiyou jiben', 'haineng xujie ma', 'haishi'])('may say still in pinyin: %s', (text) =>
    expect(answerer.understand(text)).toMatch(/^还[有能是]/),
  );

  it('keeps its characters where an entry or a synonym writes them so', () => {
    const texts = content.entries.flatMap(({ question, variants }) => [question.zh, ...variants.zh]);
    for (const text of [...texts, ...content.synonyms.flat()].filter((text) =>
      /^\p{Script=Han}+$/u.test(text),
    )) {
      expect(answerer.understand(text)).toBe(text);
    }
  });

  it('in two languages at once is understood', () => {
    expect(first('wifi 怎么连')).toBe('devices-wifi');
    expect(first('wifi zenme lian')).toBe('devices-wifi');
  });

  it('is answered in its own language, and in Chinese when it is in pinyin', () => {
    expect(answerer.answer('怎么续借').language).toBe('zh');
    expect(answerer.answer('zenme xujie').language).toBe('zh');
    expect(answerer.answer('how do i renew').language).toBe('en');
  });

  it.each([
    '',
    '   ',
    '？？？',
    '😀😀',
    '怎么',
    '什么时候',
    '多少钱',
    'how',
    'what is the',
    '\ud800',
    '\u0000',
    '123456',
  ])('that asks nothing is sent to a librarian: %j', (text) =>
    expect(answerer.answer(text).kind).toBe('none'),
  );

  it('is read up to its bound and no further', () => {
    const long = `怎么续借${'。'.repeat(MAX_QUESTION)}`;
    expect(answerer.answer(`${long}怎么预约座位`)).toEqual(answerer.answer('怎么续借'));
  });
});

/** Texts of readers and of nobody: any characters, and pieces of what the entries are made of. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 700 }),
  fc.string({ unit: 'grapheme', maxLength: 100 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...content.entries.flatMap(({ keywords }) => keywords), ...content.synonyms.flat()),
        fc.constantFrom(
          '圖書館',
          '資料庫',
          '列印',
          '麼',
          '薴',
          '么',
          '怎麼',
          'xujie',
          'ﷺ',
          'İ',
          'ﬁ',
          '①',
          '㍿',
          '《',
          '》',
          '有没有',
          'do you have',
        ),
        fc.string({ unit: 'grapheme', maxLength: 3 }),
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

function checkReply(reply: FaqReply): void {
  expect(reply.confidence).toBeGreaterThanOrEqual(0);
  expect(reply.confidence).toBeLessThanOrEqual(1);
  const ids = entriesOf(reply);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThanOrEqual(3);
  if (reply.kind !== 'none') expect(ids.length).toBeGreaterThan(0);
}

describe('any text', () => {
  it('gets a reply within bounds, the same again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const reply = answerer.answer(text);
        checkReply(reply);
        expect(answerer.answer(text)).toEqual(reply);
        expect(() => readMessage(answerer, text)).not.toThrow();
      }),
    );
  });

  it('is normal once it has been normalised', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
        expect(once.length).toBeLessThanOrEqual(MAX_QUESTION);
      }),
      { numRuns: 500 },
    );
  });

  it('is normal once it has been normalised, character by character', () => {
    const unstable: string[] = [];
    for (let point = 0x20; point < 0x30000; point++) {
      if (point >= 0xd800 && point <= 0xdfff) continue;
      const once = normalise(String.fromCodePoint(point));
      if (normalise(once) !== once) unstable.push(String.fromCodePoint(point));
    }
    expect(unstable).toEqual([]);
  });
});

describe('the order of entries and synonyms', () => {
  it('changes no reply', () => {
    const turned = makeAnswerer({
      ...content,
      entries: [...content.entries].reverse(),
      synonyms: [...content.synonyms].reverse(),
    });
    for (const { text } of readDevelopmentSet().questions) {
      expect(entriesOf(turned.answer(text))).toEqual(entriesOf(answerer.answer(text)));
    }
  });
});

describe('an answerer without entries', () => {
  it('sends everybody to a librarian', () => {
    expect(makeAnswerer({ ...content, entries: [] }).answer('怎么续借').kind).toBe('none');
  });
});
