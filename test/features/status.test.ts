import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { LibraryFault } from '../../library-systems/library-fault';
import type { LibrarySystem } from '../../library-systems/library-system';
import { DEFAULT_RESILIENCE, makeResilient } from '../../library-systems/resilience';
import { startLocalCloud, type LocalCloud } from '../support/local-cloud';

// The functions are built and the demo library is opened on a busy machine.
jest.setTimeout(60_000);

describe('system.status', () => {
  let cloud: LocalCloud;
  let away = false;
  const lend = (library: LibrarySystem): LibrarySystem => ({
    ...library,
    catalog: {
      ...library.catalog!,
      bib: (bibId) => {
        if (away) throw new LibraryFault('UNREACHABLE', 'as told');
        return library.catalog!.bib(bibId);
      },
    },
  });
  beforeAll(async () => {
    const settings = {
      ...DEFAULT_RESILIENCE,
      breaker: { failures: 2, openMs: 300, longestOpenMs: 300 },
      retries: { ...DEFAULT_RESILIENCE.retries, times: 0 },
    };
    cloud = await startLocalCloud({ wrap: (library) => makeResilient(lend(library), settings).system });
  });
  afterAll(() => cloud.stop());
  afterEach(() => {
    away = false;
    cloud.link.set('none');
  });

  const status = async () => cloud.call('system.status', {}, 'o-anybody');
  const bib = () => cloud.call('catalog.bib', { bibId: 'b000001' }, 'o-anybody');

  it('is ok while the library answers', async () => {
    expect(await status()).toEqual({ ok: true, data: { state: 'ok' } });
  });

  it('tells since when a library is away and when it will be asked again, and that it is back', async () => {
    away = true;
    const before = Date.now();
    for (let i = 0; i < 2; i++) expect(await bib()).toMatchObject({ error: { code: 'LIBRARY_UNREACHABLE' } });
    const answer = await status();
    expect(answer).toMatchObject({ ok: true, data: { state: 'down' } });
    const { since = '' } = answer.ok ? answer.data : {};
    expect(Date.parse(since)).toBeGreaterThanOrEqual(before - 1);
    away = false;
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await bib()).toMatchObject({ ok: true });
    expect(await status()).toEqual({ ok: true, data: { state: 'ok' } });
  });

  it('is down, without times, when not even the gateway can be asked', async () => {
    cloud.link.set('offline');
    expect(await status()).toEqual({ ok: true, data: { state: 'down' } });
  });
});
