import { afterEach, describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { connectSip2, Sip2Config } from '../../../library-systems/sip2';
import { encodeRequest, encodeResend } from '../../../library-systems/sip2/wire/encode-request';
import { all, first, openEnvelope, parseAnswer } from '../../../library-systems/sip2/wire/parse-answer';
import { readConversation, startReplay } from '../../support/replay-sip2';
import type { Exchange } from '../../support/replay-sip2';
import { secret } from './support';

const RECORDED = Date.parse('2026-11-21T20:43:27+08:00');
const CONVERSATIONS = ['koha', 'koha-passwords', 'evergreen-sipserver'] as const;
/** Answers that the adapter has no use for: loans and returns at a desk, ends of sessions, renew all. */
const UNUSED = ['12', '10', '36', '66'];

/** An address was replaced in these after they were recorded; their checksums are of what it was before. */
const REDACTED = ['evergreen-sipserver 7', 'evergreen-sipserver 14'];

describe('recorded conversations, byte for byte', () => {
  const exchanges = CONVERSATIONS.flatMap((name) =>
    readConversation(name).map((exchange) => ({ name, ...exchange })),
  );

  it('are all there', () => {
    expect(CONVERSATIONS.map((name) => readConversation(name).length)).toEqual([25, 9, 19]);
  });

  it.each(exchanges)('$name $number: the request is what we would send', ({ request }) => {
    if (request.startsWith('97')) {
      // The recorder numbered it, which the specification does not have.
      expect(encodeResend().toString()).toMatch(/^97AZ[0-9A-F]{4}$/);
      return;
    }
    const [, content, sequence] = /^(.*)AY(\d)AZ[0-9A-F]{4}$/.exec(request)!;
    const lengths: Record<string, number> = {
      '63': 31,
      '23': 21,
      '17': 18,
      '29': 38,
      '15': 19,
      '93': 2,
      '99': 8,
    };
    const code = request.slice(0, 2);
    const length = lengths[code];
    if (length === undefined) return expect(['11', '09', '35', '65']).toContain(code);
    const fields = content!
      .slice(2 + length)
      .split('|')
      .slice(0, -1)
      .map((field) => [field.slice(0, 2), field.slice(2)] as const);
    const ours = { code, fixed: content!.slice(2, 2 + length), fields, answer: '94', kind: 'read' } as const;
    expect(encodeRequest(ours, 'utf-8', Number(sequence)).toString()).toBe(request);
  });

  it.each(exchanges)('$name $number: the answer is read', ({ name, number, answer, request }) => {
    const envelope = openEnvelope(Buffer.from(answer));
    if (request.startsWith('97')) return expect(envelope.checksum).toBe('absent');
    expect(envelope.checksum).toBe(REDACTED.includes(`${name} ${number}`) ? 'wrong' : 'right');
    expect(envelope.sequence).toBe(Number(/AY(\d)AZ....$/.exec(request)![1]));
    if (UNUSED.includes(envelope.code))
      return expect(() => parseAnswer(envelope, 'utf-8')).toThrow('no known code');
    const parsed = parseAnswer(envelope, 'utf-8');
    expect(Object.values(parsed.fixed).join('').length).toBeGreaterThan(0);
    for (const values of parsed.fields.values()) {
      for (const value of values) expect(answer).toContain(value);
    }
  });

  it('koha 20 lists the same hold twice, and each value is kept', () => {
    const twice = exchanges.find(({ answer }) => answer.includes('CD1407010001|CD1407010001'))!;
    const answer = parseAnswer(openEnvelope(Buffer.from(twice.answer)), 'utf-8');
    expect(all(answer, 'CD')).toEqual(['1407010001', '1407010001']);
    expect(first(answer, 'AE')).toBe('张三');
  });
});

describe('the adapter before recorded conversations', () => {
  const opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });

  async function replay(
    exchanges: readonly Exchange[],
    more: object,
  ): Promise<{ system: ConnectedSystem; unknown: string[] }> {
    const server = await startReplay(exchanges);
    const config = v.parse(Sip2Config, {
      kind: 'sip2',
      name: '示范大学图书馆',
      branches: [{ code: 'CPL', name: '总馆' }],
      host: '127.0.0.1',
      port: server.port,
      timeoutMs: 10_000,
      holds: { pickupPlaces: [{ code: 'CPL', name: '总馆' }] },
      fines: {},
      ...more,
    });
    const system = await connectSip2(config, { secret, clock: { now: () => RECORDED } });
    opened.push(async () => {
      await system.close();
      await server.close();
    });
    return { system, unknown: server.unknown };
  }
  /** Before 99 was asked there; the recorder of wrong PINs left it out. */
  const status = readConversation('koha')[1]!;
  const koha = (exchanges = readConversation('koha')) =>
    replay(exchanges, { institution: 'CPL', language: '001' });
  const pin = (cardNumber: string, pin: string) => ({ method: 'pin', answers: { cardNumber, pin } }) as const;

  it('signs a reader of Koha in, and refuses a wrong PIN and an unknown number alike', async () => {
    const { system } = await koha();
    expect(await system.signIn!.complete(pin('20230003', 'Read#1234'))).toEqual({
      patron: {
        ref: '20230003',
        cardNumber: '20230003',
        name: '王五',
        readerType: { code: 'S', name: 'S' },
        blocks: [{ code: 'EXPIRED', libraryText: 'PATRON EXPIRED' }],
      },
    });
    expect(await system.signIn!.complete(pin('NOSUCH', 'x'))).toEqual({ denied: { code: 'BAD_PIN' } });
  });

  it('refuses what Koha answers to a wrong PIN, and to the right one once the card is locked', async () => {
    const { system } = await koha([status, ...readConversation('koha-passwords')]);
    for (const wrong of ['x', 'x', 'x', 'Read#1234']) {
      expect(await system.signIn!.complete(pin('20230002', wrong))).toEqual({ denied: { code: 'BAD_PIN' } });
    }
  });

  it('never takes what is told without a PIN for a proof', async () => {
    const { system, unknown } = await koha([status, ...readConversation('koha-passwords')]);
    expect(await system.signIn!.complete(pin('20230004', ''))).toEqual({ denied: { code: 'BAD_PIN' } });
    expect(unknown).toEqual([]);
    // After binding the same answer serves: the library trusts this terminal.
    expect(await system.patrons!.patron({ ref: '20230004' })).toMatchObject({
      name: '赵六',
      blocks: [{ code: 'DEBT', libraryText: 'Patron owes 12.50' }],
    });
  });

  /** After binding no PIN is sent; the recorder always sent one. */
  const withoutPin = (exchanges: readonly Exchange[]): Exchange[] =>
    exchanges.map((exchange) => ({ ...exchange, request: exchange.request.replace(/\|AD[^|]*\|/, '|') }));

  it('reads the states of copies as Koha told them', async () => {
    const { system } = await koha();
    const states = await system.itemStates!(['6692930001', '6692930002', 'NOSUCH']);
    expect([...states]).toEqual([
      ['6692930001', { status: 'onLoan', dueAt: '2026-12-02T04:43:00+08:00' }],
      ['6692930002', { status: 'available' }],
    ]);
  });

  it('reads a fine of Koha, which adds up to its total', async () => {
    const { system } = await koha(withoutPin(readConversation('koha')));
    expect(await system.fines!.list({ ref: '20230004' })).toEqual({
      blockAtCents: 500,
      fines: [
        {
          fineId: expect.stringMatching(/^[\w-]{22}$/),
          amountCents: 1_250,
          reason: 'overdue',
          libraryText: '逾期 1407010002 12.50',
          running: false,
        },
      ],
    });
  });

  it('renews as Koha did, and keeps its words where it refused', async () => {
    const recorded = withoutPin(readConversation('koha'));
    const known = {
      request: '1720261121    204327AOCPL|AB0002207001|AC|AY0AZF504',
      answer: '1804020120261121    204327AB0002207001|AJ红楼梦|AQCPL|BGCPL|AH20261217    235900|AY0AZ0000',
    };
    const { system } = await koha([...recorded, { number: 0, ...known }]);
    const outcomes = await system.loans!.renew({ ref: '20230001' }, [
      '6692930001',
      '0002207001',
      '1407010002',
    ]);
    expect(outcomes).toEqual([
      { loanId: '6692930001', status: 'renewed', dueAt: '2026-12-17T23:59:00+08:00' },
      {
        loanId: '0002207001',
        status: 'refused',
        code: 'ON_HOLD',
        libraryText: 'Item unavailable due to outstanding holds',
      },
      // It stands in no list of this reader, so Koha is not asked.
      { loanId: '1407010002', status: 'refused', code: 'NOT_YOURS' },
    ]);
  });

  it('takes the list of a server that counts an entry twice, and asks for no more', async () => {
    const { system } = await replay(withoutPin(readConversation('evergreen-sipserver')), {
      institution: 'UWOLS',
      language: '001',
    });
    const refused = await system.loans!.renew({ ref: '20230001' }, ['10000002', '10000001']);
    expect(refused).toEqual([
      { loanId: '10000002', status: 'refused', code: 'ON_HOLD', libraryText: 'Item has outstanding holds' },
      { loanId: '10000001', status: 'renewed', dueAt: '2026-12-05T20:27:09+08:00' },
    ]);
  });
});
