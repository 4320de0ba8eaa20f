import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { seedBooks } from '../../support/seed-books';
import { collectionOf, marcOf, writeMarcXml } from '../../support/write-marcxml';
import { startZebra } from '../../support/zebra';
import type { Zebra } from '../../support/zebra';
import { describeLibrarySystem } from '../describe-library-system';
import { RECORDING, startRecorder, startReplay } from './replay';
import { CQL, PQF, behindGateway, connect, search } from './support';
import type { Stub } from './support';

jest.setTimeout(60_000);

const due = (barcode: string): string | undefined =>
  Number(barcode.slice(-2)) % 3 === 0 ? '2026-12-05' : undefined;

/** What a real Zebra answered, so that the adapter is held to it where none is installed. */
describe('SRU with recorded answers of Zebra', () => {
  let zebra: Zebra | undefined;
  let server: Stub;
  beforeAll(async () => {
    if (RECORDING) {
      zebra = await startZebra(collectionOf(seedBooks(40).map((book) => writeMarcXml(marcOf(book, due)))));
      server = await startRecorder(zebra.url);
    } else server = await startReplay();
  });
  afterAll(async () => {
    await server.close();
    await zebra?.close();
  });

  describeLibrarySystem(
    'recorded Zebra by CQL',
    async () => {
      const system = await connect(server.url, { queries: CQL });
      return { system, close: system.close };
    },
    { frequentWord: '文学' },
  );
  describeLibrarySystem(
    'recorded Zebra by PQF behind the gateway',
    async () => behindGateway(await connect(server.url, { queries: PQF, items: 'koha-live' })),
    { frequentWord: '文学' },
  );

  it('tells what Zebra says of unknown indexes, of other schemas and of pages behind the end', async () => {
    const fault = async (given: Parameters<typeof connect>[1]): Promise<unknown> => {
      const system = await connect(server.url, given);
      const error: unknown = await search(system, { text: '文学' }).catch((thrown: unknown) => thrown);
      await system.close();
      return error;
    };
    expect(
      await fault({ queries: { ...CQL, indexes: { ...CQL.indexes, any: 'dc.nowhere' } } }),
    ).toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('16, unsupported index'),
    });
    expect(await fault({ queries: CQL, recordSchema: 'mods' })).toMatchObject({
      code: 'REJECTED',
      message: expect.stringContaining('66, unknown schema'),
    });
    expect(await fault({ queries: CQL, recordSchema: 'dc' })).toMatchObject({ code: 'GARBLED' });
    const system = await connect(server.url, { queries: CQL });
    const { total } = await search(system, { text: '文学' });
    expect(await search(system, { text: '文学', page: 50 })).toEqual({ items: [], total, page: 50 });
    await system.close();
  });
});
