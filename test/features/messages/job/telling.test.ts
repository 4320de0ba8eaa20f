import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { dataOf, type LocalCloud } from '../../../support/local-cloud';
import { changeDocument } from '../../support/read-database';
import { READERS, tap } from '../../support/readers';
import {
  allow,
  at,
  beatAt,
  begin,
  enrol,
  holdOf,
  HOUR,
  inboxOf,
  ledgerOf,
  loanOf,
  MINUTE,
  MORNING,
  NIGHT,
  passMorning,
  passNight,
  sends,
  startMessageCloud,
  storedMessages,
  storedPlans,
  taken,
  TEMPLATES,
  templateOf,
  type ScriptedLibrary,
} from './support/message-cloud';

jest.setTimeout(120_000);

let cloud: LocalCloud;
let library: ScriptedLibrary;
beforeAll(async () => {
  ({ cloud, library } = await startMessageCloud());
});
afterAll(() => cloud.stop());
beforeEach(() => begin(cloud, library));

const DUE = '2026-11-28';

describe('a reminder', () => {
  it('is planned at night, sent once in the morning with the right fields, and stands in the inbox', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 2 } });
    library.loans.set(ref, [loanOf('1', DUE), loanOf('2', '2026-12-20')]);
    await passNight(cloud);
    expect(sends(cloud)).toEqual([]);
    expect(await inboxOf(cloud, openid)).toEqual([]);
    await passMorning(cloud);
    expect(sends(cloud)).toHaveLength(1);
    expect(sends(cloud)[0]).toMatchObject({
      function: 'jobs',
      errcode: 0,
      request: {
        touser: openid,
        template_id: templateOf('dueSoon'),
        page: 'pages/shelf/shelf',
        miniprogram_state: 'formal',
        lang: 'zh_CN',
      },
    });
    const { data } = sends(cloud)[0]!.request as { data: Record<string, { value: string }> };
    expect(data['thing1']!.value).toContain('书1');
    expect(data['time2']!.value).toContain('2026年11月28日');
    expect(await inboxOf(cloud, openid)).toMatchObject([
      {
        delivery: 'sent',
        state: 'done',

        body: { kind: 'dueSoon', total: 1, books: [{ loanId: '1' }] },
      },
    ]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ claimed: 2, spent: 1, held: 0 });
    for (let i = 1; i <= 3; i++) await beatAt(cloud);
    expect(sends(cloud)).toHaveLength(1);
  });

  it('is never sent again on the next days', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 5 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    for (let day = 0; day < 3; day++) {
      await passNight(cloud, NIGHT + day * 24 * HOUR);
      await passMorning(cloud, MORNING + day * 24 * HOUR);
    }
    expect(sends(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toHaveLength(1);
    expect(library.asked.loans).toBe(4);
  });

  it('is not sent for a book that was returned meanwhile, and leaves nothing in the inbox', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    expect(await storedMessages(cloud)).toHaveLength(1);
    library.loans.set(ref, []);
    await passMorning(cloud);
    expect(sends(cloud)).toEqual([]);
    expect(await storedMessages(cloud)).toEqual([]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 0, held: 0 });
  });

  it('is not sent for a loan that was renewed meanwhile', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    library.loans.set(ref, [loanOf('1', '2026-12-28')]);
    await passMorning(cloud);
    expect(sends(cloud)).toEqual([]);
    expect(await inboxOf(cloud, openid)).toEqual([]);
  });

  it('tells of many books in one message, as they are when it is told', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 9 } });
    library.loans.set(
      ref,
      Array.from({ length: 25 }, (_, i) => loanOf(`m${i}`, DUE)),
    );
    await passNight(cloud);
    library.loans.set(ref, library.loans.get(ref)!.slice(0, 23));
    await passMorning(cloud);
    expect(sends(cloud)).toHaveLength(1);
    const [message] = await inboxOf(cloud, openid);
    expect(message!.body).toMatchObject({ kind: 'dueSoon', total: 23 });
    expect((message!.body as { books: unknown[] }).books).toHaveLength(20);
  });

  it('comes one for each kind, the most urgent first', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', {
      credits: { dueSoon: 1, overdue: 1, holdReady: 1, recalled: 1 },
    });
    library.loans.set(ref, [
      loanOf('late', '2026-11-20', { overdue: true }),
      loanOf('soon', DUE),
      loanOf('back', '2026-12-10', {
        renewal: { allowed: false, code: 'RECALLED', libraryText: '已被召回' },
      }),
    ]);
    library.holds.set(ref, [holdOf('h', 'ready', { readyUntil: '2026-12-02' })]);
    await passNight(cloud);
    await passMorning(cloud);
    const kinds = (await inboxOf(cloud, openid)).map(({ body }) => body.kind).sort();
    expect(kinds).toEqual(['dueSoon', 'holdReady', 'overdue', 'recalled']);
    expect(taken(cloud)).toHaveLength(4);
  });

  it('gives the most urgent of a reader the only permission, however long the library takes for it', async () => {
    const shared = {
      ...TEMPLATES.find(({ kinds }) => kinds[0] === 'dueSoon')!,
      kinds: ['dueSoon', 'overdue'],
    };
    await changeDocument(cloud.url(), 'message_settings', 'settings', { settings: { templates: [shared] } });
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('late', '2026-11-24', { overdue: true }), loanOf('soon', DUE)]);
    await passNight(cloud);
    let asked = 0;
    library.onAsk(async () => {
      if (asked++ === 0) await new Promise((resolve) => setTimeout(resolve, 400));
    });
    await passMorning(cloud);
    const fared = (await inboxOf(cloud, openid)).map(({ body, delivery }) => [body.kind, delivery]);
    expect(fared.sort()).toEqual([
      ['dueSoon', 'sent'],
      ['overdue', 'noCredit'],
    ]);
  });

  it('two beats at once send it once', async () => {
    for (const who of ['twenty', 'debtor', 'hard', 'waiting'] as const) {
      const { ref } = await enrol(cloud, who, { credits: { dueSoon: 2, overdue: 2 } });
      library.loans.set(ref, [loanOf(`${who}1`, DUE), loanOf(`${who}2`, '2026-11-20', { overdue: true })]);
    }
    cloud.clock.set(NIGHT);
    await Promise.all([cloud.beat(), cloud.beat(), cloud.beat()]);
    cloud.clock.set(MORNING);
    await Promise.all([cloud.beat(), cloud.beat(), cloud.beat()]);
    await beatAt(cloud);
    const sent = sends(cloud).map(
      ({ request }) => `${String(request['touser'])} ${String(request['template_id'])}`,
    );
    expect(sent).toHaveLength(8);
    expect(new Set(sent).size).toBe(8);
  });
});

describe('quiet hours', () => {
  it('nothing is sent before eight or from ten in the evening on, by the clock of the library', async () => {
    const { ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    for (const time of ['2026-11-25T00:00', '2026-11-25T04:00', '2026-11-25T07:59'])
      await beatAt(cloud, at(time));
    expect(sends(cloud)).toEqual([]);
    await beatAt(cloud, at('2026-11-25T08:00'));
    expect(sends(cloud)).toHaveLength(1);
  });

  it('what could not be told on its day lapses, and is looked at anew', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    library.fail(() => true);
    await beatAt(cloud, at('2026-11-25T08:00'));
    await beatAt(cloud, at('2026-11-25T12:00'));
    await beatAt(cloud, at('2026-11-25T21:50'));
    expect(await inboxOf(cloud, openid)).toEqual([]);
    expect(await storedMessages(cloud)).toHaveLength(1);
    // nothing is left of it at ten, and then the library answers again
    await beatAt(cloud, at('2026-11-25T22:00'));
    expect(await storedMessages(cloud)).toEqual([]);
    library.fail(() => false);
    await passNight(cloud, at('2026-11-26T01:00'));
    await passMorning(cloud, at('2026-11-26T08:00'));
    expect(taken(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toHaveLength(1);
  });

  it('a clock that is set back or forward doubles nothing', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 5 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    await passMorning(cloud);
    expect(taken(cloud)).toHaveLength(1);
    for (const time of ['2026-11-24T09:00', '2026-11-24T23:30', '2026-11-25T09:00', '2026-11-26T10:00'])
      await beatAt(cloud, at(time));
    for (const time of ['2026-11-27T23:00', '2026-11-28T09:00']) await beatAt(cloud, at(time));
    expect(taken(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toHaveLength(1);
  });

  it('what was planned before the clock was set far back is not kept waiting', async () => {
    const { ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    await beatAt(cloud, at('2026-12-24T23:00'));
    // looked at, and not to be again before the next night
    expect((await storedPlans(cloud))[0]!.lookAt).toBe(at('2026-12-25T22:00'));
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    await passMorning(cloud);
    expect(taken(cloud)).toHaveLength(1);
  });
});

describe('whoever waits for a hold', () => {
  it('is looked at by day, too, and told when it is ready', async () => {
    const { openid, ref } = await enrol(cloud, 'waiting', { credits: { holdReady: 1 } });
    library.holds.set(ref, [holdOf('h1', 'waiting', { position: 1 })]);
    await passNight(cloud);
    library.holds.set(ref, [holdOf('h1', 'ready', { readyUntil: '2026-11-29' })]);
    await beatAt(cloud, at('2026-11-25T07:00'));
    expect(library.asked.holds).toBe(1);
    await beatAt(cloud, at('2026-11-25T10:01'));
    await beatAt(cloud, at('2026-11-25T10:02'));
    expect(taken(cloud).map(({ request }) => request['template_id'])).toEqual([templateOf('holdReady')]);
    expect(await inboxOf(cloud, openid)).toMatchObject([
      { body: { kind: 'holdReady', books: [{ holdId: 'h1', readyUntil: '2026-11-29' }] } },
    ]);
  });

  const placeHold = async (openid: string): Promise<void> => {
    const { items } = dataOf(await cloud.call('catalog.search', { text: '中国', pageSize: 50 }, openid));
    const { bibId } = items.find(
      ({ availableCopies, totalCopies = 0 }) => availableCopies === 0 && totalCopies > 0,
    )!;
    const place = (pickup?: string) =>
      cloud.call(
        'holds.place',
        { target: { bibId }, ...(pickup !== undefined && { pickup }), confirm: true, requestId: tap() },
        openid,
      );
    let step = dataOf(await place());
    if (step.status === 'choose') step = dataOf(await place(step.options[0]!.code));
    expect(step).toMatchObject({ status: 'done' });
  };

  it('is looked at soon after the hold was placed', async () => {
    const { openid } = await enrol(cloud, 'twenty');
    await passNight(cloud);
    cloud.clock.set(at('2026-11-25T09:00'));
    await placeHold(openid);
    const [plan] = await storedPlans(cloud);
    expect(plan).toMatchObject({ waits: true });
    expect(plan!.lookAt).toBeLessThanOrEqual(at('2026-11-25T11:01'));
  });

  it('is looked at soon also when the hold was placed just while the library was being asked', async () => {
    // whom the night is too short for
    cloud.clock.set(at('2026-11-24T21:00'));
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { holdReady: 1 } });
    library.onAsk(async () => {
      library.onAsk(undefined);
      await placeHold(openid);
    });
    await beatAt(cloud, at('2026-11-25T09:00'));
    expect((await storedPlans(cloud))[0]).toMatchObject({ waits: true });
    library.holds.set(ref, [holdOf('h', 'ready')]);
    for (const time of ['11:01', '11:02']) await beatAt(cloud, at(`2026-11-25T${time}`));
    expect(taken(cloud).map(({ request }) => request['template_id'])).toEqual([templateOf('holdReady')]);
  });

  it('others are not asked for by day', async () => {
    const { ref } = await enrol(cloud, 'twenty');
    library.loans.set(ref, [loanOf('1', DUE)]);
    await beatAt(cloud, at('2026-11-25T12:00'));
    // bound in the evening before: the night was too short for nobody else
    const asked = library.asked.loans;
    await beatAt(cloud, at('2026-11-25T16:00'));
    expect(library.asked.loans).toBe(asked);
  });
});

describe('a reader who has gone', () => {
  it('is told nothing after unbinding, and nothing of it stays', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1, overdue: 1 } });
    library.loans.set(ref, [loanOf('0', '2026-11-20', { overdue: true })]);
    await passNight(cloud);
    await passMorning(cloud);
    library.loans.set(ref, [loanOf('1', '2026-11-29')]);
    await passNight(cloud, NIGHT + 24 * HOUR);
    expect(await storedMessages(cloud)).toHaveLength(2);
    await cloud.call('cards.unbind', {}, openid);
    expect(await storedMessages(cloud)).toEqual([]);
    expect(await storedPlans(cloud)).toEqual([]);
    await passMorning(cloud, MORNING + 24 * HOUR);
    expect(sends(cloud)).toHaveLength(1);
  });

  it('is told nothing of an earlier card while the library is being asked', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    library.onAsk(async () => {
      library.onAsk(undefined);
      await enrol(cloud, 'debtor', { openid });
    });
    await passMorning(cloud);
    expect(sends(cloud)).toEqual([]);
    expect(await storedMessages(cloud)).toEqual([]);
    expect((await storedPlans(cloud)).map(({ told }) => told)).toEqual([[]]);
  });

  it('what another identity was told of a card stays with nobody when the card is bound elsewhere', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    await passMorning(cloud);
    const { cardNumber } = READERS.twenty;
    const { pinFor } = await import('../../support/readers');
    await cloud.call(
      'cards.bind',
      { method: 'pin', answers: { cardNumber, pin: pinFor('twenty') }, consentVersion: 1, replace: true },
      'o-other',
    );
    expect(await inboxOf(cloud, openid)).toEqual([]);
    expect((await storedPlans(cloud)).map(({ _id }) => _id)).toEqual(['o-other']);
  });

  it('a plan without a binding ends, and a binding without a plan gets one', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    const { removeDocument, addDocuments } = await import('../../support/read-database');
    library.loans.set(ref, [loanOf('1', DUE)]);
    await removeDocument(cloud.url(), 'message_plans', openid);
    await addDocuments(cloud.url(), 'message_plans', [
      { _id: 'o-ghost', bindingId: 'gone', lookAt: 0, tries: 0, told: [] },
    ]);
    // as many of one as of the other: the ghost goes first
    await beatAt(cloud, NIGHT);
    expect((await storedPlans(cloud)).map(({ _id }) => _id)).toEqual([]);
    await beatAt(cloud, NIGHT + 11 * MINUTE);
    await beatAt(cloud, NIGHT + 12 * MINUTE);
    expect((await storedPlans(cloud)).map(({ _id }) => _id)).toEqual([openid]);
    await passMorning(cloud);
    expect(taken(cloud)).toHaveLength(1);
  });
});

describe('what stays in the inbox', () => {
  it.each([
    ['without a permission', 'noCredit', async () => {}],
    [
      'when the kind is switched off',
      'switchedOff',
      async (openid: string) => {
        const { addDocuments } = await import('../../support/read-database');
        await allow(cloud, openid, 'dueSoon');
        await addDocuments(cloud.url(), 'message_preferences', [
          { _id: openid, off: ['dueSoon'], language: 'en' },
        ]);
      },
    ],
    [
      'without a template',
      'inboxOnly',
      async (openid: string) => {
        const { removeDocument } = await import('../../support/read-database');
        await allow(cloud, openid, 'dueSoon');
        await removeDocument(cloud.url(), 'message_settings', 'settings');
      },
    ],
  ] as const)('%s it is told there only', async (_, delivery, prepare) => {
    const { openid, ref } = await enrol(cloud, 'twenty');
    await prepare(openid);
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    await passMorning(cloud);
    await beatAt(cloud);
    expect(sends(cloud)).toEqual([]);
    expect(await inboxOf(cloud, openid)).toMatchObject([
      { delivery, state: 'done', body: { kind: 'dueSoon' } },
    ]);
    expect((await ledgerOf(cloud, openid, 'dueSoon'))?.held ?? 0).toBe(0);
  });

  it('is in the language of the reader', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    const { addDocuments } = await import('../../support/read-database');
    await addDocuments(cloud.url(), 'message_preferences', [{ _id: openid, off: [], language: 'en' }]);
    library.loans.set(ref, [loanOf('1', DUE, { title: 'Emma' })]);
    await passNight(cloud);
    await passMorning(cloud);
    expect(sends(cloud)[0]!.request).toMatchObject({
      lang: 'en_US',
      data: { time2: { value: expect.stringContaining('2026-11-28') } },
    });
  });
});

it('says nothing of readers in its log', async () => {
  const { openid, ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
  library.loans.set(ref, [loanOf('1', DUE, { title: '一本私密的书' })]);
  cloud.logs.length = 0;
  await passNight(cloud);
  await passMorning(cloud);
  const lines = cloud.logs.filter((line) => line.includes('"function":"jobs"')).join('\n');
  expect(lines).toContain('"sent.sent":1');
  for (const secret of [openid, '私密', ref + '"']) expect(lines).not.toContain(secret);
});
