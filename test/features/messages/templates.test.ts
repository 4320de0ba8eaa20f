import fc from 'fast-check';
import * as v from 'valibot';
import { MessageBody } from '../../../contracts/messages/body';
import { MESSAGE_KINDS } from '../../../contracts/messages/kinds';
import {
  FIELD_TYPES,
  MessageTemplate,
  WRITABLE,
  type TemplateValue,
} from '../../../contracts/messages/templates';
import { fillTemplate } from '../../../cloudfunctions/features/messages/templates/fill-template';
import { shorten } from '../../../cloudfunctions/features/messages/templates/clean-text';
import type { Filling } from '../../../cloudfunctions/features/messages/templates/value-of';
import type { ApiCall } from '../../../local/emulator/open-api/api';
import { sendSubscribeMessage } from '../../../local/emulator/open-api/subscribe-message';
import app from '../../../miniprogram/app.json';

const filling: Filling = {
  language: 'zh-CN',
  libraryName: '书童示范大学图书馆',
  timeZone: 'Asia/Shanghai',
  at: Date.parse('2026-11-25T00:30:00Z'),
};
const english: Filling = { ...filling, language: 'en', libraryName: 'Demo University Library' };

const book = (title: string, dueAt = '2026-11-28') => ({ title, loanId: '1', dueAt });
const due = (titles: string[], total = titles.length): MessageBody => ({
  kind: 'dueSoon',
  books: titles.map((title) => book(title)),
  total,
});
const held = (more: { pickup?: string; readyUntil?: string }[]): MessageBody => ({
  kind: 'holdReady',
  books: more.map((one, i) => ({ title: '史记', holdId: String(i), ...one })),
  total: more.length,
});

const fill = (field: string, value: TemplateValue, body: MessageBody, how = filling): string =>
  fillTemplate({ fields: { [field]: value } }, body, how).data[field]!.value;

describe('a title', () => {
  it.each([
    [due(['史记']), '《史记》'],
    [due(['《史记》']), '《史记》'],
    [due(['史记', '汉书', '三国志']), '《史记》等3本'],
    [due(['自然辩证法在中国的早期传播与接受史研究资料汇编']), '《自然辩证法在中国的早期传播与接受史…》'],
    [
      due(['自然辩证法在中国的早期传播与接受史研究资料汇编', '史记'], 12),
      '《自然辩证法在中国的早期传播…》等12本',
    ],
    [due(['']), '（题名未知）'],
    [due(['\u0000\n "" ']), '（题名未知）'],
    [due(['第一行\r\n第二行\u202e"引号"']), '《第一行 第二行 引号》'],
  ])('%#: is shortened, and the number of books is kept', (body, text) => {
    expect(fill('thing1', 'title', body)).toBe(text);
    expect(text.length).toBeLessThanOrEqual(20);
  });

  it('is written for readers of English without marks', () => {
    expect(fill('thing1', 'title', due(['Dune']), english)).toBe('Dune');
    expect(fill('thing1', 'title', due(['Dune', 'Emma', 'Ulysses']), english)).toBe('Dune +2 more');
    const long = fill('thing1', 'title', due(['The Structure of Scientific Revolutions', 'Emma']), english);
    expect(long).toBe('The Structu… +1 more');
  });

  it('is never cut within what a reader sees as one character', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(shorten(`家庭${family}${family}`, 15)).toBe(`家庭${family}…`);
    expect(shorten('𠮷'.repeat(20), 10)).toBe(`${'𠮷'.repeat(4)}…`);
    expect(shorten(`e${'\u0301'.repeat(40)}`, 20)).toBe('…');
  });

  it('counts titles, not copies, of what is back', () => {
    const body: MessageBody = {
      kind: 'backOnShelf',
      books: [
        { title: '史记', bibId: 'b1' },
        { title: '汉书', bibId: 'b2' },
      ],
      total: 2,
    };
    expect(fill('thing1', 'title', body)).toBe('《史记》等2种');
  });

  it('is what the reader wrote, or what it is about', () => {
    const asked: MessageBody = {
      kind: 'feedbackAnswered',
      ticket: 't'.repeat(16),
      about: '三楼的空调太冷了',
    };
    expect(fill('thing1', 'title', asked)).toBe('三楼的空调太冷了');
    expect(fill('thing1', 'title', { kind: 'reportReady', season: 'academic-2026' })).toBe(
      '2026–2027学年阅读报告',
    );
    expect(fill('thing1', 'title', { kind: 'reportReady', season: 'calendar-2026' })).toBe(
      '2026年度阅读报告',
    );
  });
});

describe('a date', () => {
  const timed: MessageBody = {
    kind: 'recalled',
    books: [book('史记', '2026-11-28T21:30:00+08:00')],
    total: 1,
  };

  it.each([
    ['date1', due(['史记']), '2026年11月28日', '2026-11-28'],
    ['time1', due(['史记']), '2026年11月28日 23:59', '2026-11-28 23:59'],
    ['thing1', due(['史记']), '2026年11月28日', '2026-11-28'],
    ['character_string1', due(['史记']), '2026-11-28', '2026-11-28'],
    ['date1', timed, '2026年11月28日 21:30', '2026-11-28 21:30'],
    ['time1', timed, '2026年11月28日 21:30', '2026-11-28 21:30'],
    ['character_string1', timed, '2026-11-28 21:30', '2026-11-28 21:30'],
    // when it is told, by the library's clocks
    ['date1', { kind: 'reportReady', season: 'calendar-2026' }, '2026年11月25日', '2026-11-25'],
    ['time1', { kind: 'reportReady', season: 'calendar-2026' }, '2026年11月25日 8:30', '2026-11-25 08:30'],
  ] as [string, MessageBody, string, string][])('in %s', (field, body, chinese, englishText) => {
    expect([chinese, chinese.replace(' 8:', ' 08:')]).toContain(fill(field, 'date', body));
    expect(fill(field, 'date', body, english)).toBe(englishText);
  });

  it('is the first of several', () => {
    const body: MessageBody = {
      kind: 'overdue',
      books: [book('甲', '2026-11-24'), book('乙', '2026-11-20'), book('丙', '2026-11-20T08:00:00+08:00')],
      total: 3,
    };
    expect(fill('date1', 'date', body)).toBe('2026年11月20日 08:00');
  });

  it('is not made up where the library does not say until when a hold waits', () => {
    expect(fill('thing1', 'date', held([{}]))).toBe('请看小程序');
    expect(fill('thing1', 'date', held([{ readyUntil: '2026-11-30' }, {}]))).toBe('2026年11月30日');
  });
});

describe('a place', () => {
  it.each([
    ['thing1', held([{ pickup: '南湖校区3楼总服务台' }]), '南湖校区3楼总服务台'],
    ['thing1', held([{ pickup: '南湖' }, { pickup: '文昌' }]), '多个取书点'],
    ['thing1', held([{}]), '请看小程序'],
    ['thing1', due(['史记']), '书童示范大学图书馆'],
    ['name1', held([{ pickup: '南湖总服务台' }]), '南湖总服务台'],
    // a name has no digits, and the third floor is not any floor
    ['name1', held([{ pickup: '南湖校区3楼总服务台' }]), '图书馆'],
    ['name1', held([{ pickup: 'Desk Ⅱ' }]), '图书馆'],
    ['name1', held([{}]), '图书馆'],
    ['name1', held([{ pickup: '中国某某大学文昌校区图书馆' }]), '中国某某大学文昌校区'],
  ])('in %s', (field, body, text) => {
    expect(fill(field, 'place', body)).toBe(text);
  });
});

describe('what has happened', () => {
  it.each(MESSAGE_KINDS)(
    '%s has a phrase of at most five Chinese characters, and words of either language',
    (kind) => {
      const body = bodyOf(kind, '史记');
      for (const how of [filling, english])
        expect(fill('phrase1', 'state', body, how)).toMatch(/^\p{Script=Han}{2,5}$/u);
      expect(fill('thing1', 'state', body, english)).toMatch(/^[A-Z][a-z ]{3,19}$/);
      expect(fill('thing1', 'advice', body, english)).toMatch(/^[A-Z][a-z ]{3,19}$/);
      expect(fill('thing1', 'advice', body)).toMatch(/^[\p{Script=Han}，]{4,20}$/u);
    },
  );

  it('lets the last day of a hold count, for it is told on that day, too', () => {
    const body = bodyOf('holdExpiring', '史记');
    expect(fill('thing1', 'advice', body)).toBe('请在最后取书日当天或之前来取');
    expect(fill('thing1', 'advice', body, english)).toBe('Fetch it by the date');
  });

  it('does not advise to renew what cannot be renewed', () => {
    expect(fill('thing1', 'advice', due(['史记']))).toBe('请按时归还或续借');
    const body: MessageBody = { kind: 'dueSoon', books: [{ ...book('史记'), code: 'ON_HOLD' }], total: 1 };
    expect(fill('thing1', 'advice', body)).toBe('不能续借，请按时归还');
  });

  it.each([
    ['some cannot be renewed', ['ON_HOLD', undefined]],
    ['it may be renewed later', ['TOO_SOON']],
    ['the library renews it itself', ['AUTO_RENEW']],
    ['it may be renewed at the desk', ['OTHER']],
  ] as const)('does not say that none can be renewed where %s', (_, codes) => {
    const books = codes.map((code) => ({ ...book('史记'), ...(code && { code }) }));
    const body: MessageBody = { kind: 'dueSoon', books, total: books.length };
    expect(fill('thing1', 'advice', body)).toBe('请按时归还');
    expect(fill('thing1', 'advice', body, english)).toBe('Return in time');
  });

  it('does not say so of books that it does not know', () => {
    const books = [{ ...book('史记'), code: 'ON_HOLD' as const }];
    expect(fill('thing1', 'advice', { kind: 'dueSoon', books, total: 21 })).toBe('请按时归还');
  });

  it('says whether the onboarding is passed', () => {
    const result = { kind: 'onboardingResult', attempt: 'a1', opened: false } as const;
    expect(fill('phrase1', 'state', { ...result, passed: true })).toBe('已经通过');
    expect(fill('phrase1', 'state', { ...result, passed: false })).toBe('未能通过');
    expect(fill('thing1', 'advice', { ...result, passed: true, opened: true })).toBe('借阅权限已经开通');
    expect(fill('thing1', 'advice', { ...result, passed: true })).toBe('点开查看成绩');
  });
});

describe('where a message leads', () => {
  const pages = new Set([
    ...app.pages,
    ...app.subPackages.flatMap(({ root, pages: some }) => some.map((page) => `${root}/${page}`)),
  ]);

  it.each(MESSAGE_KINDS)('%s: a page of the mini program', (kind) => {
    const { page } = fillTemplate({ fields: { thing1: 'title' } }, bodyOf(kind, '史记'), filling);
    expect(pages).toContain(page.split('?')[0]);
  });

  it('leads to the inbox where it names several titles, each of which has a page of its own', () => {
    const books = ['b1', 'b2'].map((bibId) => ({ title: '史记', bibId }));
    const body: MessageBody = { kind: 'backOnShelf', books, total: 2 };
    expect(fillTemplate({ fields: {} }, body, filling).page).toBe('packages/messages/inbox/inbox');
  });

  it('carries what the page asks for, whatever is in it', () => {
    const body: MessageBody = { kind: 'backOnShelf', books: [{ title: 'x', bibId: 'a:b~c' }], total: 1 };
    expect(fillTemplate({ fields: {} }, body, filling).page).toBe('pages/book/book?bibId=a%3Ab~c');
  });
});

/** A message of each kind, with this text wherever a text of others can stand. */
function bodyOf(kind: MessageBody['kind'], text: string, dueAt = '2026-11-28', total = 1): MessageBody {
  switch (kind) {
    case 'recalled':
    case 'dueSoon':
    case 'overdue':
    case 'cannotRenew':
      return { kind, books: [{ title: text, loanId: '1', dueAt }], total };
    case 'holdReady':
    case 'holdExpiring':
      return {
        kind,
        books: [{ title: text, holdId: '1', pickup: text, readyUntil: dueAt.slice(0, 10) }],
        total,
      };
    case 'backOnShelf':
      return { kind, books: [{ title: text, bibId: '1', place: text }], total };
    case 'feedbackAnswered':
      return { kind, ticket: 't'.repeat(16), about: text };
    case 'onboardingResult':
      return { kind, attempt: 'a'.repeat(16), passed: total === 1, opened: total === 1 };
    case 'reportReady':
      return { kind, season: 'calendar-2026' };
  }
}

describe('whatever a message holds', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({
      unit: fc.constantFrom('书', '𠮷', '👨‍👩‍👧', '\ud800', '\u0000', '\n', '"', 'a', '3', ' ', '《', '…'),
      maxLength: 60,
    }),
  );
  const templates = fc
    .uniqueArray(
      fc.constantFrom(...FIELD_TYPES).chain((type) =>
        fc.record({
          type: fc.constant(type),
          n: fc.integer({ min: 1, max: 99 }),
          value: fc.constantFrom(...WRITABLE[type]),
        }),
      ),
      { minLength: 1, maxLength: 5, selector: ({ type, n }) => `${type}${n}` },
    )
    .map((fields) => ({
      id: 'template-template-template-1',
      kinds: [...MESSAGE_KINDS],
      fields: Object.fromEntries(fields.map(({ type, n, value }) => [`${type}${n}`, value])),
    }));
  const dueDates = fc.constantFrom('2026-11-28', '2026-01-01T00:00:00+08:00', '2026-12-31T23:59:59.999Z');

  it('WeChat takes it', () => {
    fc.assert(
      fc.property(
        templates,
        fc.constantFrom(...MESSAGE_KINDS),
        texts,
        texts,
        dueDates,
        fc.integer({ min: 1, max: 9_999 }),
        fc.constantFrom('zh-CN', 'en'),
        (template, kind, text, libraryName, dueAt, total, language) => {
          const parsed = v.parse(MessageTemplate, template);
          const body = v.parse(MessageBody, bodyOf(kind, text, dueAt, total));
          const { data, page } = fillTemplate(parsed, body, { ...filling, language, libraryName });
          expect(Object.keys(data)).toEqual(Object.keys(template.fields));
          // the rules of the emulator: it throws where WeChat refuses
          expect(
            sendSubscribeMessage({
              parameters: { touser: 'o-reader', template_id: template.id, data, page },
              state: { useCredit: () => true },
            } as unknown as ApiCall),
          ).toEqual({ json: {} });
          for (const { value } of Object.values(data)) {
            expect(value.length).toBeLessThanOrEqual(32);
            expect(value).not.toMatch(/\p{Cs}/u);
            expect(value.trim()).toBe(value);
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
