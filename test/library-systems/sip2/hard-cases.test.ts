import { afterEach, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { all, openEnvelope, parseAnswer } from '../../../library-systems/sip2/wire/parse-answer';
import { readConversation } from '../../support/replay-sip2';
import { BARCODES, BIBS, CARDS } from '../../support/sip2-server/seed';
import { ACCOUNT, closeAll, faultOf, LOGIN, openSip2 } from './support';

/** The numbers are those of the list of what was met on real servers. */
describe('hard cases of SIP2 servers', () => {
  afterEach(closeAll);
  const { borrower, other, department } = CARDS;
  const access = { ref: borrower.cardNumber };
  const signIn = (cardNumber: string, pin: string) =>
    ({ method: 'pin', answers: { cardNumber, pin } }) as const;

  it('1: a server that renews for anybody is asked only for what stands in the reader’s own list', async () => {
    const { system, server } = await openSip2();
    const theirs = BARCODES.holdable;
    expect(await system.loans!.renew(access, [theirs, 'NOSUCH'])).toEqual([
      { loanId: theirs, status: 'refused', code: 'NOT_YOURS' },
      { loanId: 'NOSUCH', status: 'refused', code: 'NOT_YOURS' },
    ]);
    expect(server.requests.filter(({ code }) => code === '29')).toEqual([]);
  });

  it('2: an answer about a reader without CQ proves nothing', async () => {
    const { system, server } = await openSip2();
    for (const pin of ['', 'x|AAother', 'x\rAA', '\u0007']) {
      expect(await system.signIn!.complete(signIn(borrower.cardNumber, pin))).toEqual({
        denied: { code: 'BAD_PIN' },
      });
    }
    expect(await system.signIn!.complete(signIn(`${borrower.cardNumber}|CQY`, 'x'))).toEqual({
      denied: { code: 'BAD_PIN' },
    });
    // None of them was sent: each would have been another message than it seems.
    expect(server.requests).toEqual([]);
  });

  it('2: a character that holds the byte of | begins no field on a server that splits bytes', async () => {
    const { system, server } = await openSip2({ charset: 'gbk' });
    for (const [card, pin] of [
      [`x東AA${borrower.cardNumber}`, 'x'],
      [borrower.cardNumber, '質CQY'],
    ] as const) {
      expect(await system.signIn!.complete(signIn(card, pin))).toEqual({ denied: { code: 'BAD_PIN' } });
    }
    const itemId = `~${Buffer.from(`x觸AA${other.cardNumber}`).toString('base64url')}`;
    const held = await system.holds!.place(access, { itemId }, { pickup: 'MAIN' });
    expect(held).toEqual({ status: 'refused', code: 'UNSUPPORTED' });
    expect(await system.patrons!.patron({ ref: itemId })).toBeUndefined();
    expect(server.requests).toEqual([]);
  });

  it('3: a card that was locked by wrong PINs is refused like a wrong PIN, and each try counts once', async () => {
    const { system, server } = await openSip2();
    for (const pin of ['a', 'b', 'c', borrower.pin]) {
      expect(await system.signIn!.complete(signIn(borrower.cardNumber, pin))).toEqual({
        denied: { code: 'BAD_PIN' },
      });
    }
    expect(server.requests.filter(({ code }) => code === '63')).toHaveLength(4);
  });

  it('3: a PIN whose answer was lost is not tried again', async () => {
    const { system, server } = await openSip2();
    server.plan('drop', 1, ['63']);
    expect(await faultOf(system.signIn!.complete(signIn(borrower.cardNumber, 'x')))).toMatchObject({
      code: 'LOST',
    });
    expect(server.requests.filter(({ code }) => code === '63')).toHaveLength(1);
  });

  it('4: a login that fails is told as such, and the connection is given up', async () => {
    const { system, server } = await openSip2(
      { login: ACCOUNT },
      { login: { ...LOGIN, passwordEnv: 'SIP2_WRONG' } },
    );
    expect(await faultOf(system.patrons!.patron(access))).toMatchObject({
      code: 'REJECTED',
      reason: 'credentials',
    });
    expect(server.requests.map(({ code }) => code)).toEqual(['93']);
  });

  it('4: a renewal whose answer is lost is unknown, the others go on, and it was asked for once', async () => {
    const { system, server } = await openSip2({}, { parallel: { renewals: 1 } });
    const [a, b, c] = BARCODES.renewable;
    server.plan('drop', 1, ['29']);
    const outcomes = await system.loans!.renew(access, [a, b, c]);
    expect(outcomes.map(({ status }) => status)).toEqual(['unknown', 'renewed', 'renewed']);
    expect([...server.library.renewed.values()]).toEqual([1, 1, 1]);
    expect(server.requests.filter(({ code, fields }) => code === '29' && fields['AB'] === a)).toHaveLength(1);
  });

  it('5: garbage in fields and a missing | before the trailer leave the rest readable', () => {
    const { answer } = readConversation('koha').find(({ request }) => request.startsWith('65'))!;
    const asItem = Buffer.from(answer.replace(/^66.{27}/, `18040201${' '.repeat(18)}`));
    const read = parseAnswer(openEnvelope(asItem), 'utf-8');
    expect(all(read, 'BM')).toEqual(['6692930001']);
    expect(all(read, 'BN')).toEqual(['0002207001']);
  });

  it('6: the same hold is refused before a server that would take it twice is asked', async () => {
    const { system, server } = await openSip2();
    const target = { itemId: BARCODES.holdable };
    expect(await system.holds!.place(access, target, { pickup: 'EAST' })).toMatchObject({ status: 'done' });
    expect(await system.holds!.place(access, target, { pickup: 'EAST' })).toEqual({
      status: 'refused',
      code: 'DUPLICATE',
    });
    expect(await system.holds!.place(access, { bibId: BIBS.holdable }, { pickup: 'MAIN' })).toMatchObject({
      code: 'DUPLICATE',
    });
    expect(server.library.items.get(BARCODES.holdable)!.holds).toEqual([borrower.cardNumber]);
  });

  it('a list of holds is a fault rather than short of one that is listed by something too long', async () => {
    const { system, server } = await openSip2();
    const barcode = '中国历史地理学导论（第二版）上册';
    const item = { barcode, title: barcode, bibId: 'b1', callNumber: 'K9', holds: [borrower.cardNumber] };
    server.library.items.set(barcode, item);
    expect(await faultOf(system.holds!.list(access))).toMatchObject({ code: 'GARBLED' });
  });

  it('6: a hold that cannot be cancelled keeps the library’s words', async () => {
    const { system, server, unmapped } = await openSip2();
    await system.holds!.place(access, { itemId: BARCODES.holdable }, { pickup: 'EAST' });
    server.library.cancel = () => ({ refused: 'Error with transaction drop_hold: ' });
    expect(await system.holds!.cancel(access, BARCODES.holdable, {})).toEqual({
      status: 'refused',
      code: 'OTHER',
      libraryText: 'Error with transaction drop_hold:',
    });
    expect(unmapped).toEqual(['Error with transaction drop_hold:']);
  });

  it.each([
    ['18 characters', { dueFormat: 'stamp', headerOffset: 8 }, {}, '2026-11-24T23:59:00+08:00'],
    ['a header in UTC', { dueFormat: 'stamp', headerOffset: 0 }, {}, '2026-11-24T23:59:00+08:00'],
    ['a short date', { dueFormat: 'short', headerOffset: 8 }, {}, '2026-11-24'],
    [
      'due dates that are said to be in UTC',
      { dueFormat: 'stamp' },
      { dueTimeZone: 'UTC' },
      '2026-11-25T07:59:00+08:00',
    ],
  ] as const)('7: %s', async (_, options, more, dueAt) => {
    const { system } = await openSip2(options, more);
    const answer = await system.loans!.list(access);
    expect(
      'loans' in answer && answer.loans.find(({ loanId }) => loanId === BARCODES.renewable[0]),
    ).toMatchObject({ dueAt, overdue: false });
    expect('loans' in answer && answer.loans[0]).toMatchObject({ loanId: BARCODES.wanted, overdue: true });
  });

  it.each(['gbk', 'gb18030'] as const)(
    '8: characters whose second byte is that of | are read in %s',
    async (charset) => {
      for (const character of ['東', '質', '觸']) expect(iconv.encode(character, 'gbk')[1]).toBe(0x7c);
      const { system } = await openSip2({ charset });
      const answer = await system.loans!.list({ ref: department.cardNumber });
      const titles = new Set('loans' in answer ? answer.loans.map(({ title }) => title) : []);
      for (const title of ['東周列國志', '質量管理', '觸摸屏设计']) expect(titles).toContain(title);
    },
  );

  it.each([
    ['gives all at once', {}],
    ['gives ten at first', { firstPage: 10 }],
    ['ignores the place', { ignoresPaging: true }],
  ])('9: 120 loans are listed to the end by a server that %s', async (_, options) => {
    const { system, server } = await openSip2(options);
    const answer = await system.loans!.list({ ref: department.cardNumber });
    expect('loans' in answer && answer.loans).toHaveLength(120);
    expect(server.counts.most).toBeLessThanOrEqual(4);
  });

  it('9: a list that ends before it is whole is a fault, not a short list', async () => {
    const { system } = await openSip2({ firstPage: 10, ignoresPaging: true });
    expect(await faultOf(system.loans!.list({ ref: department.cardNumber }))).toMatchObject({
      code: 'GARBLED',
    });
  });

  it.each([
    ['Item unavailable due to outstanding holds', 'ON_HOLD'],
    ['该书已被其他读者预约，不能续借', 'ON_HOLD'],
    ['超过最大续借次数，不得续借！', 'TOO_MANY_RENEWALS'],
    ['不到续借时间，不得续借！', 'TOO_SOON'],
    ['Item not checked out to  张三', 'NOT_YOURS'],
    ['Renewals not allowed.', 'ITEM_TYPE'],
    ['借阅证已挂失', 'CARD_LOST'],
    ['图书已超期', 'OVERDUE'],
    ['欠款 12.50 元，请先缴清', 'DEBT'],
  ] as const)('10: %s is %s', async (text, code) => {
    const { system, server } = await openSip2();
    server.library.renew = () => ({ refused: text });
    const [id] = BARCODES.renewable;
    expect(await system.loans!.renew(access, [id])).toEqual([
      { loanId: id, status: 'refused', code, libraryText: text.trim() },
    ]);
  });

  it('10: the patterns of a site come first, and what none knows is kept and reported', async () => {
    const denialTexts = [{ pattern: '^E-17\\b', code: 'TOO_SOON' as const }];
    const { system, server, unmapped } = await openSip2({}, { denialTexts });
    const [id] = BARCODES.renewable;
    server.library.renew = () => ({ refused: 'E-17 已被其他读者预约' });
    expect(await system.loans!.renew(access, [id])).toMatchObject([{ code: 'TOO_SOON' }]);
    server.library.renew = () => ({ refused: 'E-99' });
    expect(await system.loans!.renew(access, [id])).toMatchObject([{ code: 'OTHER', libraryText: 'E-99' }]);
    expect(unmapped).toEqual(['E-99']);
  });

  it('tells what restricts a card, and serves a lost one no longer', async () => {
    const { system } = await openSip2();
    const blocks = async (card: { cardNumber: string; pin: string }) => {
      const proved = await system.signIn!.complete(signIn(card.cardNumber, card.pin));
      return 'denied' in proved ? proved : proved.patron.blocks;
    };
    expect(await blocks(CARDS.expired)).toEqual([
      { code: 'EXPIRED', libraryText: '借阅证已到期，请办理延期' },
    ]);
    expect(await blocks(CARDS.debtor)).toEqual([{ code: 'DEBT', libraryText: '欠款 15.50 元' }]);
    expect(await blocks(CARDS.barred)).toEqual([
      { code: 'BLOCKED', libraryText: '借阅权限已暂停，请到总服务台处理' },
    ]);
    const lost = { denied: { code: 'CARD_LOST', libraryText: '借阅证已挂失' } };
    expect(await blocks(CARDS.lost)).toEqual(lost);
    const ref = CARDS.lost.cardNumber;
    expect(await system.patrons!.patron({ ref })).toEqual(lost);
    expect(await system.loans!.list({ ref })).toEqual(lost);
    expect(await system.fines!.list({ ref })).toEqual(lost);
  });

  it('tells fines by line where they add up, else the total alone', async () => {
    const { system, server } = await openSip2();
    const ref = CARDS.debtor.cardNumber;
    expect(await system.fines!.list({ ref })).toMatchObject({
      blockAtCents: 500,
      fines: [
        { amountCents: 1_250, reason: 'overdue' },
        { amountCents: 300, reason: 'damage' },
      ],
    });
    server.library.readers.get(ref)!.fines = [
      { text: '逾期 3 天', cents: 90 },
      { text: '赔书 1 册', cents: 4_500 },
    ];
    expect(await system.fines!.list({ ref })).toMatchObject({
      fines: [{ fineId: 'total', amountCents: 4_590, reason: 'other', libraryText: '逾期 3 天\n赔书 1 册' }],
    });
    server.library.readers.get(ref)!.fines = [
      { text: '逾期 1.00', cents: 100 },
      { text: '逾期 1.00', cents: 100 },
    ];
    const twice = await system.fines!.list({ ref });
    expect('fines' in twice && new Set(twice.fines.map(({ fineId }) => fineId)).size).toBe(2);
  });

  it('tells which hold waits for its reader only when the copy stands there', async () => {
    const { system, server } = await openSip2();
    const holds = async () => {
      const answer = await system.holds!.list({ ref: other.cardNumber });
      return 'holds' in answer ? answer.holds.map(({ holdId, status }) => [holdId, status]) : answer;
    };
    expect(await holds()).toEqual([
      ['30000002', 'ready'],
      [BARCODES.wanted, 'waiting'],
    ]);
    server.library.readyOf = () => [server.library.items.get(BARCODES.wanted)!];
    expect(await holds()).toEqual([[BARCODES.wanted, 'waiting']]);
  });
});
