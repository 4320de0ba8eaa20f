import fs from 'node:fs';
import path from 'node:path';
import schema from '../../cloudfunctions/schema.json';
import type { Loan } from '../../contracts/loans';
import { dataOf, startLocalCloud, type LocalCloud } from '../support/local-cloud';
import { picture, sent, upload } from './feedback/support/feedback';
import { push, textPush } from './messages/support/pushes';
import { addDocuments, readDatabase } from './support/read-database';
import { openReports, SEASON, type Reports } from './support/reports';
import { bind, fault, pinFor, proofOf, READERS, tap, wrongPin } from './support/readers';

jest.setTimeout(60_000);

const DAY = 86_400_000;
const WRITTEN = '这是写给图书馆的话';
const ANSWERED = '这是图书馆的回答';
/** Loans that the library no longer shows: they have been returned. */
const returned = new Set<string>();
/** What is done once, before an answer of the library arrives. */
let meanwhile: (() => Promise<unknown>) | undefined;
let cloud: LocalCloud;
let withRecords: LocalCloud;
let reports: Reports;

beforeAll(async () => {
  // a library without records of ended loans: what was seen is all there is
  cloud = await startLocalCloud({
    wrap: (library) => ({
      ...library,
      loans: {
        renew: library.loans!.renew,
        list: async (access) => {
          const answer = await library.loans!.list(access);
          const act = meanwhile;
          meanwhile = undefined;
          await act?.();
          return 'denied' in answer
            ? answer
            : { loans: answer.loans.filter(({ loanId }) => !returned.has(loanId)) };
        },
      },
    }),
  });
  withRecords = await startLocalCloud();
  reports = await openReports(cloud);
}, 60_000);
afterAll(async () => {
  await cloud.stop();
  await withRecords.stop();
});
afterEach(() => {
  cloud.link.set('none');
  cloud.clock.set(Date.now());
});

const list = async (openid: string): Promise<Loan[]> => {
  const answer = dataOf(await cloud.call('loans.list', {}, openid));
  return 'denied' in answer ? [] : answer.loans;
};
const history = async (openid: string, of = cloud) => dataOf(await of.call('history.list', {}, openid));

describe('history', () => {
  it('is kept from the moment on in which the reader switched it on, and not before', async () => {
    await bind(cloud, 'twenty', 'o-h1');
    await list('o-h1');
    expect(await history('o-h1')).toEqual({ on: false, source: 'none', items: [], total: 0, page: 1 });
    expect(dataOf(await cloud.call('history.switch', { on: true }, 'o-h1'))).toMatchObject({
      on: true,
      source: 'seen',
      total: 0,
    });
    const loans = await list('o-h1');
    expect((await history('o-h1')).total).toBe(loans.length);
    const gone = loans.find(({ renewal }) => renewal.allowed)!;
    returned.add(gone.loanId);
    cloud.clock.set(Date.now() + DAY);
    await list('o-h1');
    const { items, total, since } = await history('o-h1');
    expect(total).toBe(loans.length);
    expect(since).toEqual(expect.any(String));
    const kept = items.find(({ loanId }) => loanId === gone.loanId);
    expect(kept).toMatchObject({ title: gone.title, returnedAt: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) });
    expect(items.filter(({ returnedAt }) => returnedAt !== undefined)).toHaveLength(1);
    expect(items.map(({ loanedAt }) => loanedAt)).toEqual(
      items
        .map(({ loanedAt }) => loanedAt)
        .sort()
        .reverse(),
    );
  });

  it('counts a renewal, keeps its pages apart, and exports all of it', async () => {
    const loan = (await list('o-h1')).find(({ renewal }) => renewal.allowed)!;
    await cloud.call('loans.renew', { loanIds: [loan.loanId], requestId: tap() }, 'o-h1');
    await list('o-h1');
    const pages = await Promise.all(
      [1, 2].map(async (page) => dataOf(await cloud.call('history.list', { page, pageSize: 12 }, 'o-h1'))),
    );
    const ids = pages.flatMap(({ items }) => items.map(({ loanId }) => loanId));
    expect(new Set(ids).size).toBe(pages[0]!.total);
    expect(pages.flatMap(({ items }) => items).find(({ loanId }) => loanId === loan.loanId)).toMatchObject({
      renewals: 1,
    });
    const { csv, rows, fileName } = dataOf(await cloud.call('history.export', {}, 'o-h1'));
    expect(rows).toBe(pages[0]!.total);
    expect(csv.startsWith('\ufeff题名,作者')).toBe(true);
    expect(csv.trimEnd().split('\r\n')).toHaveLength(rows + 1);
    expect(fileName).toMatch(/^借阅历史-\d{4}-\d\d-\d\d\.csv$/);
  });

  it('takes no older list for news that arrives after a newer one, nor does the list that is shown offline', async () => {
    const loan = (await list('o-h1')).find(({ renewal }) => renewal.allowed)!;
    const renewalsOf = async (): Promise<number> => {
      const { items } = dataOf(await cloud.call('history.list', { page: 1, pageSize: 50 }, 'o-h1'));
      return items.find(({ loanId }) => loanId === loan.loanId)!.renewals ?? 0;
    };
    const before = await renewalsOf();
    let renewed: Loan | undefined;
    meanwhile = async () => {
      await cloud.call('loans.renew', { loanIds: [loan.loanId], requestId: tap() }, 'o-h1');
      renewed = (await list('o-h1')).find(({ loanId }) => loanId === loan.loanId);
    };
    // asked before, and told after
    const older = (await list('o-h1')).find(({ loanId }) => loanId === loan.loanId);
    expect(older!.dueAt < renewed!.dueAt).toBe(true);
    cloud.link.set('offline');
    expect(await list('o-h1')).toContainEqual(renewed);
    cloud.link.set('none');
    await list('o-h1');
    expect(await renewalsOf()).toBe(before + 1);
  });

  it('is erased on request, and goes with the card', async () => {
    const { total } = await history('o-h1');
    expect(dataOf(await cloud.call('history.erase', { confirm: true }, 'o-h1'))).toEqual({ erased: total });
    expect(await history('o-h1')).toMatchObject({ on: true, total: 0 });
    await list('o-h1');
    expect((await history('o-h1')).total).toBeGreaterThan(0);
    expect(dataOf(await cloud.call('history.switch', { on: false }, 'o-h1'))).toMatchObject({
      on: false,
      total: 0,
    });
    expect(dataOf(await cloud.call('history.switch', { on: true }, 'o-h1'))).toMatchObject({
      on: true,
      total: 0,
    });
    await list('o-h1');
    await cloud.call('cards.unbind', {}, 'o-h1');
    await bind(cloud, 'twenty', 'o-h1');
    expect(await history('o-h1')).toMatchObject({ on: false, total: 0 });
    for (const confirm of [false, 'yes', undefined]) {
      expect(await cloud.send({ action: 'history.erase', input: { confirm } }, 'o-h1')).toEqual(
        fault('BAD_REQUEST'),
      );
      expect(await cloud.send({ action: 'privacy.erase', input: { confirm } }, 'o-h1')).toEqual(
        fault('BAD_REQUEST'),
      );
    }
  });

  it('comes from the library’s own records where it has them, and only when switched on', async () => {
    await bind(withRecords, 'staff', 'o-h2');
    expect(await history('o-h2', withRecords)).toMatchObject({ on: false, source: 'none', items: [] });
    const shown = dataOf(await withRecords.call('history.switch', { on: true }, 'o-h2'));
    const records = await withRecords.library.loans!.history!(
      { ref: READERS.staff.ref },
      { page: 1, pageSize: 20 },
    );
    if ('denied' in records) throw new Error('denied');
    expect(shown).toMatchObject({ on: true, source: 'library', items: records.items, total: records.total });
    expect(dataOf(await withRecords.call('history.export', {}, 'o-h2')).rows).toBe(records.total);
    await withRecords.call('loans.list', {}, 'o-h2');
    expect(dataOf(await withRecords.call('privacy.export', {}, 'o-h2')).collections).not.toHaveProperty(
      'seen_loans',
    );
  });
});

describe('what is kept', () => {
  /** Leaves something of a reader in every collection. */
  async function live(openid: string): Promise<void> {
    await bind(cloud, 'hard', openid);
    await cloud.call('history.switch', { on: true }, openid);
    const loans = await list(openid);
    const [first, second] = loans.filter(({ renewal }) => renewal.allowed);
    await cloud.call('loans.renew', { loanIds: [first!.loanId], requestId: tap() }, openid);
    await cloud.call('holds.watch', { bibId: loans[0]!.bibId!, on: true }, openid);
    await cloud.call('cards.bind', proofOf('debtor', { pin: wrongPin('debtor') }), openid);
    // the card goes elsewhere and comes back: a notice is left
    await cloud.call('cards.bind', { ...proofOf('hard'), replace: true }, 'o-passing');
    await cloud.call('cards.bind', { ...proofOf('hard'), replace: true }, openid);
    await cloud.call('history.switch', { on: true }, openid);
    await list(openid);
    await cloud.call('loans.renew', { loanIds: [second!.loanId], requestId: tap() }, openid);
    await reports.putSeason();
    dataOf(await cloud.call('report.optIn', {}, openid));
    await reports.make(openid);
    await reports.make(openid);
    dataOf(await cloud.call('report.share', { season: SEASON, cards: ['totals', 'firstBook'] }, openid));
    // what they allow of a template, and what they do not want
    const template = {
      id: 'a-template-of-the-library',
      kinds: ['dueSoon' as const],
      fields: { thing1: 'title' as const },
    };
    dataOf(await cloud.order('messages.templates', { settings: { templates: [template] } }));
    const answers = [{ template: template.id, answer: 'accept' as const }];
    const granted = { moment: 'loans' as const, language: 'zh-CN' as const, answers, requestId: tap() };
    dataOf(await cloud.call('messages.granted', granted, openid));
    dataOf(await cloud.call('messages.switch', { kind: 'overdue', on: false }, openid));
    // a ticket with a picture; its answer is announced in the inbox
    const pictures = [await upload(cloud, picture(), openid)];
    const { id } = await sent(cloud, { text: WRITTEN, pictures }, openid);
    dataOf(await cloud.order('feedback.reply', { id, text: ANSWERED }));
    // a talk with customer service
    await push(cloud, textPush(openid, '怎么续借'));
  }

  it('is shown to its owner whole, and to nobody else', async () => {
    await live('o-owner');
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-owner'));
    // leases are there only while something is being changed; what belongs to cards is looked at with the onboarding
    const expected = Object.entries(schema.collections)
      .filter(([name, { ownedBy }]) => name !== 'leases' && !/^(patron:|nobody)/.test(ownedBy))
      .map(([name]) => name);
    const { requests: _, ...others } = collections;
    expect([...Object.keys(others), 'requests'].sort()).toEqual(expected.sort());
    expect(collections['bindings']?.[0]).toMatchObject({
      patronRef: READERS.hard.ref,
      profile: { maskedName: '读＊' },
    });
    expect(collections['seen_loans']?.[0]?.['loans']).toEqual(
      expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]),
    );
    expect(collections['feedback']?.[0]).toMatchObject({ texts: [WRITTEN, ANSWERED] });
    const foreign = JSON.stringify(dataOf(await cloud.call('privacy.export', {}, 'o-nobody')));
    expect(foreign).not.toMatch(/o-owner|p6|patronRef/);
  });

  it('is shown whole however much it is', async () => {
    const many = Array.from({ length: 1_100 }, (_, i) => ({
      ...{
        _id: `m-${i}`,
        owner: 'o-many',
        kind: 'dueSoon',
        state: 'told',
        delivery: 'sent',
        at: i,
        read: true,
      },
    }));
    await addDocuments(cloud.url(), 'messages', many);
    const { collections } = dataOf(await cloud.call('privacy.export', {}, 'o-many'));
    expect(collections['messages']!.map(({ _id }) => _id).sort()).toEqual(many.map(({ _id }) => _id).sort());
  });

  it('stands in no answer to anybody else', async () => {
    await bind(cloud, 'substitute', 'o-other');
    const [own] = await list('o-owner');
    const asked: [string, object][] = [
      ['cards.mine', {}],
      ['cards.pass', {}],
      ['loans.list', {}],
      ['loans.renew', { loanIds: [own!.loanId], requestId: tap() }],
      ['loans.renewScanned', { text: own!.itemBarcode, requestId: tap() }],
      ['loans.renewAll', { requestId: tap() }],
      ['holds.list', {}],
      ['holds.watches', {}],
      ['history.list', {}],
      ['history.export', {}],
      ['report.overview', {}],
      ['report.open', { season: SEASON }],
      ['report.books', { season: SEASON }],
      ['feedback.list', {}],
      ['privacy.export', {}],
    ];
    for (const [action, input] of asked) {
      const event = {
        action,
        input: { ...input, openid: 'o-owner', patronRef: READERS.hard.ref },
        openid: 'o-owner',
      };
      const answer = JSON.stringify(await cloud.send(event, 'o-other'));
      for (const foreign of [
        'o-owner',
        READERS.hard.cardNumber,
        READERS.hard.name,
        own!.title,
        `"${READERS.hard.ref}"`,
      ]) {
        expect({ action, answer, found: answer.includes(foreign) }).toEqual({ action, answer, found: false });
      }
    }
  });

  it('holds no card number, PIN, name or title in plain text, on the disk either', async () => {
    const titles = (await list('o-owner')).map(({ title }) => title).filter((title) => title.length > 3);
    await cloud.call('holds.watch', { bibId: (await list('o-owner'))[0]!.bibId!, on: false }, 'o-owner');
    const everything = await readDatabase(cloud.url());
    for (const [name, data] of Object.entries(everything)) {
      const { fields } = (schema.collections as Record<string, { fields: object }>)[name]!;
      for (const document of data)
        expect(Object.keys(fields)).toEqual(expect.arrayContaining(Object.keys(document)));
    }
    const text = JSON.stringify(everything);
    expect(text).toContain('o-owner');
    for (const secret of [
      READERS.hard.cardNumber,
      READERS.hard.name,
      pinFor('hard'),
      wrongPin('debtor'),
      ...titles,
      WRITTEN,
      ANSWERED,
    ]) {
      expect(text).not.toContain(secret);
    }
    const files = fs
      .readdirSync(cloud.dataDir, { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(cloud.dataDir, name));
    const disk = files
      .filter((file) => fs.statSync(file).isFile())
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('\n');
    for (const secret of [READERS.hard.cardNumber, READERS.hard.name, pinFor('hard')])
      expect(disk).not.toContain(secret);
  });

  it('goes when its owner wants it to, from every collection, and what is another’s stays', async () => {
    await bind(cloud, 'none', 'o-neighbour');
    const { erased } = dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-owner'));
    expect(erased).toMatchObject({
      bindings: 1,
      seen_loans: expect.any(Number),
      requests: expect.any(Number),
      notices: 1,
      ...{
        reports: 1,
        report_versions: 1,
        report_shares: 1,
        feedback: 1,
        feedback_files: 1,
        messages: expect.any(Number) as unknown,
      },
    });
    for (const [name, data] of Object.entries(await readDatabase(cloud.url()))) {
      expect({ name, found: JSON.stringify(data).includes('o-owner') }).toEqual({ name, found: false });
    }
    expect(dataOf(await cloud.call('cards.mine', {}, 'o-owner'))).toEqual({});
    expect(await cloud.call('loans.list', {}, 'o-owner')).toEqual(fault('CARD_NOT_BOUND'));
    expect(dataOf(await cloud.call('cards.mine', {}, 'o-neighbour')).card).toBeDefined();
    expect(dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-owner')).erased).toEqual({});
  });

  it('goes also while the library is away', async () => {
    await bind(cloud, 'staff', 'o-away');
    cloud.link.set('offline');
    expect(dataOf(await cloud.call('privacy.erase', { confirm: true }, 'o-away')).erased).toMatchObject({
      bindings: 1,
    });
  });

  it('may be asked for only so often', async () => {
    await cloud.call('privacy.export', {}, 'o-eager');
    const answers = await Promise.all(
      Array.from({ length: 24 }, () => cloud.call('privacy.export', {}, 'o-eager')),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(19);
    expect(answers.find(({ ok }) => !ok)).toEqual(fault('BUSY', true));
  });
});

it('logs no card number, PIN, name or identity', () => {
  const text = [...cloud.logs, ...withRecords.logs].join('\n');
  expect(text).toContain('privacy.erase');
  for (const who of ['twenty', 'hard', 'staff', 'none'] as const) {
    for (const secret of [READERS[who].cardNumber, READERS[who].name, pinFor(who)])
      expect(text).not.toContain(secret);
  }
  expect(text).not.toMatch(/o-(owner|h1|h2|away|neighbour|eager)/);
});
