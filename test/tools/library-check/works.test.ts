import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sip2Books } from '../../support/sip2-books';
import { startSip2Server } from '../../support/sip2-server';
import type { ServerOptions } from '../../support/sip2-server';
import { BARCODES, CARDS } from '../../support/sip2-server/seed';
import { itUnless } from '../../support/unless';
import { collectionOf, marcOf, writeMarcXml } from '../../support/write-marcxml';
import { startZebra, zebraMissing } from '../../support/zebra';
import { LOGIN, runCheck, SITE, sip2 } from './support';

jest.setTimeout(60_000);

const opened: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});
async function serve(options: ServerOptions = {}) {
  const server = await startSip2Server({ login: { user: 'gate', password: 'secret' }, ...options });
  opened.push(server);
  return server;
}
const READER = ['--reader', CARDS.borrower.cardNumber, '--pin-env', 'PIN'];
const WRITES = ['29', '65', '15'];

describe('library:check of a SIP2 server', () => {
  it('is content with what works, changes nothing, and says what it could not try', async () => {
    const server = await serve();
    const config = { ...SITE, ...sip2(server.port, { login: LOGIN }) };
    const { code, results, text } = await runCheck(config, READER);
    expect(results).toMatchObject({
      'catalog.search': 'absent',
      'signIn.complete': 'works',
      'patrons.patron': 'works',
      'loans.list': 'works',
      'loans.renew': 'skipped',
      'holds.list': 'works',
      'holds.place': 'skipped',
      'fines.list': 'works',
    });
    expect(code).toBe(0);
    expect(text).toContain('nothing will be changed');
    expect(server.requests.filter((request) => WRITES.includes(request.code))).toEqual([]);
    expect(server.violations).toEqual([]);
  });

  it('prints no PIN and no whole card number', async () => {
    const server = await serve();
    const { text } = await runCheck({ ...SITE, ...sip2(server.port, { login: LOGIN }) }, READER);
    expect(text).not.toContain(CARDS.borrower.cardNumber);
    expect(text).not.toMatch(/\b1234\b/);
    expect(text).not.toContain('借阅者');
  });

  it('with --write renews the one loan that is named, and says that it did', async () => {
    const server = await serve();
    const barcode = BARCODES.renewable[1];
    const due = (which: string) => server.library.items.get(which)!.loan!.dueAt;
    const before = BARCODES.renewable.map(due);
    const config = { ...SITE, ...sip2(server.port, { login: LOGIN }) };
    const { code, text } = await runCheck(config, [...READER, '--write', '--barcode', barcode]);
    expect(code).toBe(0);
    expect(text).toContain('CHANGED: one loan renewed');
    const after = BARCODES.renewable.map(due);
    expect(after.map((at, i) => at !== before[i])).toEqual([false, true, false]);
  });

  it('counts a library’s no to a renewal as an answer', async () => {
    const server = await serve();
    const config = { ...SITE, ...sip2(server.port, { login: LOGIN }) };
    const { code, results, text } = await runCheck(config, [
      ...READER,
      '--write',
      '--barcode',
      BARCODES.wanted,
    ]);
    expect(results['loans.renew']).toBe('refused');
    expect(text).toMatch(/loans.renew +refused +\d+ +ON_HOLD/);
    expect(code).toBe(0);
  });

  it('lists refusals whose words nobody has mapped', async () => {
    const server = await serve();
    server.library.items.get(BARCODES.wanted)!.refusal = '密集书库图书请到柜台办理';
    const argv = [...READER, '--write', '--barcode', BARCODES.wanted];
    const config = { ...SITE, ...sip2(server.port, { login: LOGIN }) };
    const { text } = await runCheck(config, argv);
    expect(text).toContain('denialTexts');
    expect(text).toContain('"密集书库图书请到柜台办理"');
    const mapped = { ...config, denialTexts: [{ pattern: '密集书库', code: 'ITEM_TYPE' }] };
    const again = await runCheck(mapped, argv);
    expect(again.text).not.toContain('denialTexts');
    expect(again.text).toMatch(/loans.renew +refused +\d+ +ITEM_TYPE/);
  });

  it('gives the same as JSON', async () => {
    const server = await serve();
    const { code, text } = await runCheck({ ...SITE, ...sip2(server.port, { login: LOGIN }) }, ['--json']);
    const json = JSON.parse(text.slice(text.indexOf('\n{'), text.lastIndexOf('\n}') + 2)) as Record<
      string,
      unknown
    >;
    expect(json).toMatchObject({ ok: code === 0, library: SITE.name });
    expect(json['rows']).toContainEqual(
      expect.objectContaining({ operation: 'signIn.start', result: 'works' }),
    );
  });
});

describe('library:check of a catalogue and a circulation', () => {
  itUnless(zebraMissing(), 'library:check with a real Zebra')(
    'is green against a real Zebra and the strict SIP2 server',
    async () => {
      const server = await serve();
      const books = sip2Books(server);
      const zebra = await startZebra(collectionOf(books.map((book) => writeMarcXml(marcOf(book)))));
      opened.push(zebra);
      const config = {
        ...SITE,
        match: 'barcode',
        openingHours: { MAIN: { week: { mon: ['08:00-22:00'] } } },
        catalog: {
          kind: 'sru',
          url: zebra.url,
          queries: {
            language: 'pqf',
            indexes: { any: '1=any', title: '1=4', isbn: '1=7', id: '1=12', barcode: '1=Barcode' },
          },
        },
        circulation: sip2(server.port, { login: LOGIN }),
      };
      const isbn = books.find(({ items: [copy] }) => copy![0] === BARCODES.holdable)!.isbn13;
      const { code, results, text } = await runCheck(config, [
        ...READER,
        '--write',
        ...['--isbn', isbn, '--barcode', BARCODES.renewable[0]],
      ]);
      const { absent, ...counts } = Object.values(results).reduce<Record<string, number>>(
        (sum, result) => ({ ...sum, [result]: (sum[result] ?? 0) + 1 }),
        {},
      );
      expect([code, counts, text]).toEqual([0, { works: 15 }, text]);
      expect(absent).toBeGreaterThan(0);
      for (const change of ['one loan renewed', 'hold placed', 'cancelled']) expect(text).toContain(change);
      expect(server.library.items.get(BARCODES.holdable)!.holds).toEqual([]);
      expect(server.violations).toEqual([]);

      const { catalog } = config;
      const unimarc = { ...catalog, marc: { format: 'unimarc' } };
      const word = [...READER, '--word', '三体'];
      const untitled = await runCheck({ ...config, catalog: unimarc }, word);
      expect(untitled.text).toMatch(/catalog.search +failed .*titles are empty: .*marc.format/);
      const circulation = { ...config.circulation, bibIdField: undefined };
      const unlinked = await runCheck({ ...config, circulation, match: 'bibId' }, word);
      expect(unlinked.text).toMatch(/loans.list +failed .*no title of 5 loans .*"match"/);
      const elsewhere = { ...config, openingHours: {}, branches: [{ code: 'ZB', name: '总馆' }] };
      expect((await runCheck(elsewhere, word)).text).toContain('set "branches": it does not name MAIN');
    },
  );

  it('understands the configuration of a gateway and its file of secrets', async () => {
    const server = await serve();
    const folder = mkdtempSync(path.join(tmpdir(), 'shutong-check-'));
    const secrets = path.join(folder, 'gateway.env');
    const library = { ...SITE, ...sip2(server.port, { login: { ...LOGIN, passwordEnv: 'FROM_FILE' } }) };
    const gateway = { listen: { port: 8443 }, keys: [{ id: 'functions', secretEnv: 'UNSET' }], library };
    writeFileSync(secrets, '\ufeff# of the gateway\r\nFROM_FILE="secret"\r\n', { mode: 0o600 });
    const { code, text } = await runCheck(gateway, [...READER, '--secrets', secrets]);
    expect([code, text]).toEqual([0, expect.stringContaining('示范大学图书馆 (sip2)')]);
    const without = await runCheck(gateway, READER);
    expect([without.code, without.text]).toEqual([2, expect.stringContaining('FROM_FILE is not set')]);
    const wrong = await runCheck({ ...gateway, listen: { prot: 1 }, library: { kind: 'sip2' } }, READER);
    expect(wrong.code).toBe(2);
    expect(wrong.text).toMatch(/listen.port: is missing\n +listen.prot: there is no such setting here/);
  });

  it('finds the files that a configuration names beside it', async () => {
    const { code, text } = await runCheck({ ...SITE, ...sip2(6001, { tls: { caFile: 'ca/none.pem' } }) });
    expect(code).toBe(2);
    expect(text).toMatch(/tls.caFile: \/.*shutong-check-.*\/ca\/none.pem cannot be read/);
  });
});
