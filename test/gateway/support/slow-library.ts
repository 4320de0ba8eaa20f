import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectedSystem } from '../../../library-systems/connected-system';
import { LibraryFault } from '../../../library-systems/library-fault';
import { plainBib } from '../../library-systems/resilience/support';

/** What the test wants a library to do, by the id of the title that is asked for. */
export const SLOW = 'slow';
export const DOWN = 'down';

/** A library that answers `slow` after a while, cannot be reached for `down…`, and knows every other title. */
export function openSlowLibrary({ slowMs = 800, name = 'slow' } = {}) {
  let closed = 0;
  let inFlight = 0;
  let most = 0;
  const asked: string[] = [];
  const closing = new AbortController();
  const answer = async (bibId: string) => {
    asked.push(bibId);
    if (bibId.startsWith(DOWN)) throw new LibraryFault('UNREACHABLE', 'as told');
    most = Math.max(most, ++inFlight);
    if (bibId.startsWith(SLOW)) await sleep(slowMs, undefined, { signal: closing.signal });
    inFlight -= 1;
    return { ...plainBib(bibId), totalCopies: 1 };
  };
  const system: ConnectedSystem = {
    name,
    branches: [],
    timeZone: 'Asia/Shanghai',
    catalog: {
      search: async () => ({ items: [], total: 0, page: 1 }),
      bib: answer,
      holdings: async (bibId) => {
        await answer(bibId);
        return { bibId, asOf: '2026-11-21T10:00:00+08:00', items: [] };
      },
    },
    fines: {
      list: async () => ({ denied: { code: 'OTHER', libraryText: '张三 的借阅证 2021000123 有问题' } }),
    },
    diagnose: async () => [],
    close: async () => {
      closed++;
      closing.abort();
    },
  };
  return { system, asked, closed: () => closed, most: () => most };
}
