import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { ServerResponse } from 'node:http';
import iconv from 'iconv-lite';
import type { ConnectedSystem, Finding } from '../../../library-systems/connected-system';
import { LibraryFault } from '../../../library-systems/library-fault';
import { seedBooks } from '../../support/seed-books';
import { escapeXml, marcOf, writeMarcXml } from '../../support/write-marcxml';
import { connect, search, startStub } from './support';
import type { Given, Stub } from './support';

jest.setTimeout(120_000);

const records = seedBooks(5).map((book) => writeMarcXml(marcOf(book)));
const inXml = (record: string): string =>
  `<record><recordSchema>marcxml</recordSchema><recordPacking>xml</recordPacking><recordData>${record}</recordData></record>`;
const answerOf = (inner: string, version = '1.1'): string =>
  `<?xml version="1.0" encoding="UTF-8"?><zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:version>${version}</zs:version>${inner}</zs:searchRetrieveResponse>`;
const found = (total: number, some: readonly string[]): string =>
  answerOf(`<numberOfRecords>${total}</numberOfRecords><records>${some.join('')}</records>`);
const diagnostic = (number: number, inner = ''): string =>
  answerOf(
    `${inner}<diagnostics><diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/${number}</uri><details>what a reader typed</details></diagnostic></diagnostics>`,
  );

const open: (ConnectedSystem | Stub)[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

/** A catalogue whose server answers every search like this. */
async function answering(
  answer: string | Buffer | ((response: ServerResponse, query: URLSearchParams) => void),
  given: Given = {},
) {
  const stub = await startStub((query, response) => {
    if (typeof answer === 'function') return answer(response, query);
    response.setHeader('content-type', 'text/xml').end(answer);
  });
  const system = await connect(stub.url, given);
  open.push(stub, system);
  return { system, stub };
}

async function faultOf(
  ...given: Parameters<typeof answering>
): Promise<Pick<LibraryFault, 'code' | 'reason'>> {
  const { system } = await answering(...given);
  const error: unknown = await search(system, { text: 'secret of a reader' }).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof LibraryFault)) throw new Error(`no fault but ${JSON.stringify(error)}`);
  expect(error.message).not.toMatch(/secret|reader typed/);
  return { code: error.code, reason: error.reason! };
}

describe('an SRU server that', () => {
  it('sends a diagnostic with HTTP 200 has not found nothing', async () => {
    expect(await faultOf(diagnostic(16))).toEqual({ code: 'REJECTED' });
    expect(await faultOf(diagnostic(2))).toEqual({ code: 'UNREACHABLE' });
    expect(await faultOf(diagnostic(3))).toEqual({ code: 'REJECTED', reason: 'credentials' });
    expect(await faultOf(diagnostic(235))).toEqual({ code: 'REJECTED', reason: 'path' });
    expect(await faultOf(diagnostic(10, '<numberOfRecords>0</numberOfRecords>'))).toMatchObject({
      code: 'REJECTED',
    });
    expect(
      await faultOf(answerOf('<diagnostics><diagnostic><uri>a:b</uri></diagnostic></diagnostics>')),
    ).toMatchObject({
      code: 'REJECTED',
    });
  });

  it('says that only stop words were asked for has found nothing', async () => {
    const { system } = await answering(diagnostic(35));
    expect(await search(system, { text: 'the' })).toEqual({ items: [], total: 0, page: 1 });
  });

  it('says that a page lies behind the end is asked how many there are', async () => {
    const { system, stub } = await answering((response, query) => {
      response.end(query.get('startRecord') === '1' ? found(5, [inXml(records[0]!)]) : diagnostic(61));
    });
    expect(await search(system, { text: 'a', page: 3, pageSize: 5 })).toEqual({
      items: [],
      total: 5,
      page: 3,
    });
    expect(stub.asked.map((query) => query.get('startRecord'))).toEqual(['11', '1']);
  });

  it('sends fewer records at once than it was asked for is asked for the rest', async () => {
    const { system, stub } = await answering((response, query) => {
      const from = Number(query.get('startRecord')) - 1;
      response.end(found(5, records.slice(from, from + 2).map(inXml)));
    });
    const { items, total } = await search(system, { text: 'a' });
    expect(total).toBe(5);
    expect(new Set(items.map(({ bibId }) => bibId)).size).toBe(5);
    expect(stub.asked.map((query) => [query.get('startRecord'), query.get('maximumRecords')])).toEqual([
      ['1', '20'],
      ['3', '18'],
      ['5', '16'],
    ]);
  });

  it('counts more than it sends has not answered', async () => {
    expect(await faultOf(found(5, []))).toMatchObject({ code: 'GARBLED' });
  });

  it('does not count is believed only where it says that all was sent', async () => {
    const some = `<records>${records.slice(0, 2).map(inXml).join('')}</records>`;
    const { system } = await answering(answerOf(some));
    expect((await search(system, { text: 'a' })).total).toBe(2);
    expect(await faultOf(answerOf(`${some}<nextRecordPosition>3</nextRecordPosition>`))).toMatchObject({
      code: 'GARBLED',
    });
    expect(await faultOf(answerOf(''))).toMatchObject({ code: 'GARBLED', reason: 'protocol' });
  });

  it('packs its records as text is read all the same', async () => {
    const packed = (record: string): string =>
      `<record><recordSchema>marcxml</recordSchema><recordPacking>string</recordPacking><recordData>${escapeXml(record)}</recordData></record>`;
    const { system } = await answering(found(2, records.slice(0, 2).map(packed)));
    expect((await search(system, { text: 'a' })).items).toHaveLength(2);
  });

  it('cannot give one record gives the others', async () => {
    const surrogate = inXml(
      '<diagnostic xmlns="http://www.loc.gov/zing/srw/diagnostic/"><uri>info:srw/diagnostic/1/67</uri></diagnostic>',
    );
    const { system } = await answering(found(2, [surrogate, inXml(records[0]!)]));
    expect(await search(system, { text: 'a' })).toMatchObject({
      total: 2,
      items: [{ title: expect.any(String) }],
    });
    expect(await faultOf(found(1, [surrogate]))).toMatchObject({ code: 'GARBLED' });
  });

  it('sends records of another schema is not MARC', async () => {
    expect(await faultOf(found(1, [inXml('<dc><title>a</title></dc>')]))).toMatchObject({ code: 'GARBLED' });
  });

  it('answers in HTML, in other XML, in half or in nothing is garbled', async () => {
    for (const answer of [
      '<!DOCTYPE html><html><body>OPAC</body></html>',
      '<html><body><br></body></html>',
      '<opds/>',
      found(1, [inXml(records[0]!)]).slice(0, 900),
      '',
      `<!DOCTYPE a [<!ENTITY a "b">]>${found(0, []).slice(38)}`,
      `<searchRetrieveResponse>${'<a>'.repeat(100)}${'</a>'.repeat(100)}</searchRetrieveResponse>`,
    ]) {
      expect(await faultOf(answer)).toEqual({ code: 'GARBLED', reason: 'protocol' });
    }
  });

  it('never stops sending is cut off', async () => {
    const fault = await faultOf((response) => {
      const more = (): void =>
        void (response.writable && response.write(' '.repeat(1 << 20))
          ? setImmediate(more)
          : response.once('drain', more));
      response.on('error', () => undefined);
      more();
    });
    expect(fault.code).toBe('GARBLED');
  });

  it('sends another character set than it says is told from one that is configured', async () => {
    const gbk = iconv.encode(found(1, [inXml(records[0]!)]), 'gb18030');
    expect(await faultOf(gbk)).toEqual({ code: 'GARBLED', reason: 'charset' });
    const { system } = await answering(gbk, { charset: 'gb18030' });
    expect((await search(system, { text: 'a' })).items[0]!.title).toBe(seedBooks(5)[0]!.title);
  });

  it('answers with a status other than 200 is named for it', async () => {
    const status = (code: number) => (response: ServerResponse) =>
      void response.writeHead(code, { location: '/x' }).end();
    expect(await faultOf(status(404))).toEqual({ code: 'REJECTED', reason: 'path' });
    expect(await faultOf(status(302))).toEqual({ code: 'REJECTED', reason: 'path' });
    expect(await faultOf(status(403))).toEqual({ code: 'REJECTED', reason: 'credentials' });
    expect(await faultOf(status(503))).toMatchObject({ code: 'UNREACHABLE' });
    expect(await faultOf(status(500))).toEqual({ code: 'GARBLED', reason: 'protocol' });
  });

  it('does not answer in time has timed out, and one that is not there is unreachable', async () => {
    expect(await faultOf(() => undefined, { timeoutMs: 200 })).toMatchObject({ code: 'TIMEOUT' });
    const system = await connect('http://127.0.0.1:1/x');
    open.push(system);
    await expect(search(system, { text: 'a' })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      reason: 'refused',
    });
  });
});

describe('one record', () => {
  it('is only the one whose number is the very same', async () => {
    const { system } = await answering(found(5, records.map(inXml)));
    const { bibId } = seedBooks(5)[3]!;
    expect(await system.catalog!.bib(bibId)).toMatchObject({ bibId });
    expect(await system.catalog!.bib('b0003')).toBeUndefined();
    expect(await system.catalog!.holdings('b0003')).toBeUndefined();
  });

  it('has copies with an id each, also where they bear no barcode', async () => {
    const bare = ['MAIN', 'EAST'].map(
      (branch) =>
        `<datafield tag="952" ind1=" " ind2=" "><subfield code="b">${branch}</subfield></datafield>`,
    );
    const [record = ''] = records;
    const { system } = await answering(
      found(1, [inXml(record.replace('</record>', `${bare.join('')}</record>`))]),
    );
    const { bibId } = seedBooks(5)[0]!;
    const ids = (await system.catalog!.holdings(bibId))!.items.map(({ itemId }) => itemId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[\w.:~-]{1,64}$/);
  });

  it('is not said to be missing where the index finds more than was looked at', async () => {
    const many = Array.from({ length: 20 }, () => inXml(records[0]!));
    const { system } = await answering(found(400, many));
    await expect(system.catalog!.bib('b9')).rejects.toMatchObject({ code: 'GARBLED' });
  });
});

describe('a diagnosis', () => {
  const levels = async (...given: Parameters<typeof answering>): Promise<Finding[]> => {
    const { system } = await answering(...given);
    return (await system.diagnose()).filter(({ level }) => level !== 'ok');
  };

  it('says what to set when host, port, path or address are wrong', async () => {
    const at = async (url: string): Promise<Finding[]> => {
      const system = await connect(url, { timeoutMs: 30_000 });
      open.push(system);
      return await system.diagnose();
    };
    expect(await at('http://127.0.0.1:1/x')).toEqual([
      { topic: 'connection', level: 'error', text: expect.stringContaining('set host and port in url') },
    ]);
    expect(await at('http://no-such-host.invalid/x')).toEqual([
      { topic: 'connection', level: 'error', text: expect.stringContaining('host in url') },
    ]);
    const { stub } = await answering(found(0, []));
    expect(await at(stub.url.replace('http:', 'https:'))).toEqual([
      { topic: 'tls', level: 'error', text: expect.stringContaining('http:// in url') },
    ]);
    expect(await levels((response) => void response.writeHead(404).end())).toMatchObject([
      { topic: 'configuration' },
    ]);
    expect(await levels('<html><body>OPAC</body></html>')).toMatchObject([
      { topic: 'protocol', text: expect.stringContaining('not of the web catalogue') },
    ]);
  });

  it('sees records in another character set than the server says, and an empty database', async () => {
    const mojibake = iconv.decode(Buffer.from(records[0]!, 'utf8'), 'latin1');
    expect(await levels(found(1, [inXml(mojibake)]))).toMatchObject([{ topic: 'charset', level: 'error' }]);
    expect(await levels(iconv.encode(found(1, [inXml(records[0]!)]), 'gb18030'))).toMatchObject([
      { topic: 'charset', level: 'error', text: expect.stringContaining('set charset') },
    ]);
    expect(await levels(found(0, []))).toMatchObject([{ topic: 'charset', level: 'warning' }]);
    expect(await levels(found(1, [inXml(records[0]!)]))).toEqual([]);
  });
});
