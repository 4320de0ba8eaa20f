import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LocalCloud } from '../../../support/local-cloud';
import {
  beatAt,
  begin,
  claimOnly,
  enrol,
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
  taken,
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
const refuse = (errcode: number, times = 1): void =>
  cloud.scriptOpenApi({ api: 'subscribeMessage.send', errcode, times });

/** A reader whose message is planned. */
async function planned(credits = 1): Promise<{ openid: string; ref: string }> {
  const reader = await enrol(cloud, 'twenty', { credits: { dueSoon: credits } });
  library.loans.set(reader.ref, [loanOf('1', DUE)]);
  await passNight(cloud);
  return reader;
}

describe('what WeChat refuses', () => {
  it.each([
    ['43101: there is no permission after all', 43101, 'noCredit', { claimed: 0, spent: 0, held: 0 }],
    ['20004: all such messages are switched off', 20004, 'switchedOff', { claimed: 3, spent: 0, held: 0 }],
    ['47003: a field breaks its limit', 47003, 'failed', { claimed: 3, spent: 0, held: 0 }],
    ['40003: no such reader', 40003, 'failed', { claimed: 3, spent: 0, held: 0 }],
    ['a number that nobody knows', 99_999, 'failed', { claimed: 3, spent: 0, held: 0 }],
  ] as const)('%s', async (_, errcode, delivery, ledger) => {
    const { openid } = await planned(3);
    refuse(errcode);
    await passMorning(cloud);
    for (let i = 0; i < 3; i++) await beatAt(cloud);
    expect(sends(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'done', delivery, errcode }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject(ledger);
  });

  it('a permission that only the mini program claims is refused by WeChat and taken away', async () => {
    const { openid, ref } = await enrol(cloud, 'twenty');
    await claimOnly(cloud, openid, 'dueSoon', 7);
    library.loans.set(ref, [loanOf('1', DUE)]);
    await passNight(cloud);
    await passMorning(cloud);
    expect(sends(cloud).map(({ errcode }) => errcode)).toEqual([43101]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ claimed: 0, held: 0 });
  });
});

describe('what nobody knows', () => {
  it('-1 may have been delivered: it is not sent again, and the permission is spent', async () => {
    const { openid } = await planned(2);
    refuse(-1);
    await passMorning(cloud);
    for (let i = 0; i < 3; i++) await beatAt(cloud);
    expect(sends(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'done', delivery: 'unknown' }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ claimed: 2, spent: 1, held: 0 });
  });
});

describe('when WeChat takes no more', () => {
  it('sends nothing for five minutes, then twice as long, and goes on where it was', async () => {
    const { openid } = await planned(2);
    refuse(45009, 2);
    await passMorning(cloud);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'planned', delivery: 'waiting' }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 0, held: 0 });
    await beatAt(cloud, MORNING + 3 * MINUTE);
    expect(sends(cloud)).toHaveLength(1);
    await beatAt(cloud, MORNING + 6 * MINUTE);
    expect(sends(cloud)).toHaveLength(2);
    await beatAt(cloud, MORNING + 14 * MINUTE);
    expect(sends(cloud)).toHaveLength(2);
    await beatAt(cloud, MORNING + 17 * MINUTE);
    await beatAt(cloud);
    expect(sends(cloud).map(({ errcode }) => errcode)).toEqual([45009, 45009, 0]);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'done', delivery: 'sent' }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 1, held: 0 });
  });

  it('others are told in the inbox meanwhile, and sent afterwards', async () => {
    const names = ['twenty', 'debtor', 'hard', 'waiting', 'staff', 'promoted', 'guesser', 'none'] as const;
    const people = [];
    for (const who of names) {
      const { openid, ref } = await enrol(cloud, who, { credits: { dueSoon: 1 } });
      library.loans.set(ref, [loanOf(`l-${who}`, DUE)]);
      people.push(openid);
    }
    await passNight(cloud);
    // as many as are asked at once
    refuse(45009, 5);
    await passMorning(cloud);
    expect(sends(cloud)).toHaveLength(5);
    for (const openid of people)
      expect(await inboxOf(cloud, openid)).toMatchObject([{ delivery: 'waiting' }]);
    // five refusals at once are one pause
    await beatAt(cloud, MORNING + 6 * MINUTE);
    expect(
      taken(cloud)
        .map(({ request }) => request['touser'])
        .sort(),
    ).toEqual([...people].sort());
    for (const openid of people) {
      expect(await inboxOf(cloud, openid)).toMatchObject([{ delivery: 'sent' }]);
      expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 1, held: 0 });
    }
  });

  it('a book that was returned meanwhile is not reminded of, and what the inbox told stays there', async () => {
    const { openid, ref } = await planned(1);
    refuse(45009);
    await passMorning(cloud);
    library.loans.set(ref, []);
    await beatAt(cloud, MORNING + 6 * MINUTE);
    expect(sends(cloud)).toHaveLength(1);
    expect(await inboxOf(cloud, openid)).toMatchObject([{ state: 'done', delivery: 'outdated' }]);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 0, held: 0 });
    await beatAt(cloud, MORNING + HOUR);
    expect(sends(cloud)).toHaveLength(1);
  });

  it('is given up after two days, for the staff to see', async () => {
    const { openid } = await planned(1);
    refuse(45009, 99);
    await passMorning(cloud);
    for (let hours = 3; hours < 52; hours += 3) await beatAt(cloud, MORNING + hours * HOUR);
    expect(await inboxOf(cloud, openid)).toMatchObject([
      { state: 'done', delivery: 'failed', errcode: 45009 },
    ]);
    const tries = sends(cloud).length;
    expect(tries).toBeGreaterThan(3);
    await beatAt(cloud, MORNING + 60 * HOUR);
    expect(sends(cloud)).toHaveLength(tries);
    expect(await ledgerOf(cloud, openid, 'dueSoon')).toMatchObject({ spent: 0, held: 0 });
  });
});

describe('a library that is away', () => {
  it('is tried again later, and one reader of whom it does not tell keeps nobody waiting', async () => {
    const names = ['twenty', 'debtor', 'hard', 'waiting', 'staff', 'promoted', 'guesser'] as const;
    const readers = [];
    for (const who of names) {
      const reader = await enrol(cloud, who, { credits: { dueSoon: 1 } });
      library.loans.set(reader.ref, [loanOf(`l-${who}`, DUE)]);
      readers.push(reader);
    }
    const [broken] = readers;
    library.fail((_, ref) => ref === broken!.ref);
    await passNight(cloud);
    expect(await storedMessages(cloud)).toHaveLength(names.length - 1);
    library.fail(() => true);
    const before = library.asked.loans;
    await passMorning(cloud);
    // not one after the other
    expect(library.asked.loans - before).toBeLessThanOrEqual(6);
    expect(sends(cloud)).toEqual([]);
    library.fail((_, ref) => ref === broken!.ref);
    await beatAt(cloud, MORNING + 20 * MINUTE);
    await beatAt(cloud);
    expect(taken(cloud)).toHaveLength(names.length - 1);
  });

  it('with the gateway gone, nothing is told and nothing is lost', async () => {
    const { openid } = await planned(1);
    cloud.link.set('offline');
    await passMorning(cloud);
    expect(await inboxOf(cloud, openid)).toEqual([]);
    cloud.link.set('none');
    await beatAt(cloud, MORNING + 10 * MINUTE);
    expect(taken(cloud)).toHaveLength(1);
  });

  it('that answers nonsense is away', async () => {
    const { openid } = await planned(1);
    cloud.link.set('garbage');
    await passMorning(cloud);
    expect(await inboxOf(cloud, openid)).toEqual([]);
    cloud.link.set('none');
    await beatAt(cloud, MORNING + 10 * MINUTE);
    expect(taken(cloud)).toHaveLength(1);
  });

  it('by night is looked at again when it is back', async () => {
    const { ref } = await enrol(cloud, 'twenty', { credits: { dueSoon: 1 } });
    library.loans.set(ref, [loanOf('1', DUE)]);
    library.fail(() => true);
    await passNight(cloud);
    library.fail(() => false);
    await beatAt(cloud, NIGHT + 10 * MINUTE);
    await passMorning(cloud);
    expect(taken(cloud)).toHaveLength(1);
  });
});
