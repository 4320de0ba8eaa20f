import type { LibrarySystem } from '../../../../library-systems/library-system';
import { withinRun } from '../../../runtime/run-time';
import { openBody, type MessageDocument } from '../../../stores/messages';
import { findWatches } from '../../../stores/watches';
import type { Current } from './current';
import type { Run } from './run';

/** Where a copy of a title stands on the shelf now; undefined when none does. @throws {LibraryFault} */
export async function findOnShelf(
  { time }: Run,
  { catalog }: LibrarySystem,
  bibId: string,
): Promise<{ place: string } | undefined> {
  const holdings = catalog && (await withinRun(time, catalog.holdings(bibId)));
  const item = holdings?.items.find(({ status }) => status === 'available');
  if (!item) return undefined;
  const { branch, location, callNumber } = item;
  const names = [branch.name, location.name].filter((name, i, all) => name !== '' && all.indexOf(name) === i);
  return { place: [...names, ...(callNumber === undefined ? [] : [callNumber])].join(' ') };
}

/** Which titles that were seen to be back are still there, and still wanted. @throws {LibraryFault} */
export async function findBack(run: Run, system: LibrarySystem, message: MessageDocument): Promise<Current> {
  const planned = openBody(run.context.desk(), message);
  if (planned?.kind !== 'backOnShelf') return 'untrue';
  // the list of titles loses what it tells in the moment in which it is told
  const isTold = message.at !== undefined;
  const watched = isTold ? [] : (await findWatches(message.owner)).map(({ bibId }) => bibId);
  const books = [];
  for (const { bibId, title } of planned.books) {
    if (!isTold && !watched.includes(bibId)) continue;
    const shelf = await findOnShelf(run, system, bibId);
    if (shelf) books.push({ bibId, title, ...shelf });
  }
  if (books.length === 0) return 'untrue';
  return {
    body: { kind: 'backOnShelf', books, total: books.length },
    ...(!isTold && { bibIds: books.map(({ bibId }) => bibId) }),
  };
}
