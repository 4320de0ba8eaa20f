import type { LibrarySystem } from '../../../../library-systems/library-system';
import { LibraryFault } from '../../../../library-systems/library-fault';
import { MOST_BOOKS_TOLD } from '../../../../contracts/messages/body';
import { planMessages } from '../../../stores/message-outbox';
import { findShelves, keepShelves } from '../../../stores/message-work';
import { listWatchers } from '../../../stores/watches';
import { findOnShelf } from './find-back';
import type { Asked, Run } from './run';

const EVERY = 30 * 60_000;
/** Readers; each watches at most 50 titles. */
const PAGE = 10;

type Shelves = Map<string, { place: string } | undefined>;
/** What the library has said in this round: a title is asked for once, however many watch it. */
let round: { startedAt: number; shelves: Shelves } | undefined;

/** By day asks about every half an hour which of the titles that readers watch are back, and plans to tell them. */
export async function lookAtShelves(run: Run): Promise<void> {
  const { context, site, time } = run;
  const { system } = site;
  if (!system?.catalog || run.isAway) return;
  const desk = context.desk();
  const found = await findShelves(desk);
  const begun = found && found.startedAt <= context.now() ? found : undefined;
  if (begun && begun.after === undefined && context.now() < begun.startedAt + EVERY) return;
  const isGoingOn = begun?.after !== undefined;
  const startedAt = isGoingOn ? begun.startedAt : context.now();
  let after = isGoingOn ? begun.after : undefined;
  if (round?.startedAt !== startedAt) round = { startedAt, shelves: new Map() };
  const { shelves } = round;
  while (time.isLeft() && run.hours().isDay) {
    const watchers = await listWatchers(after, PAGE);
    const bibIds = [...new Set(watchers.flatMap(({ titles }) => titles.map(({ bibId }) => bibId)))];
    const unknown = bibIds.filter((bibId) => !shelves.has(bibId));
    if ((await run.forEach(unknown, (bibId) => look(run, system, bibId, shelves))) !== 'all') return;
    for (const watcher of watchers) await planFor(run, watcher, shelves);
    after = watchers.at(-1)?.openid;
    const isWhole = watchers.length < PAGE;
    await keepShelves(desk, startedAt, isWhole ? undefined : after);
    if (isWhole) return;
  }
}

async function look(run: Run, system: LibrarySystem, bibId: string, shelves: Shelves): Promise<Asked> {
  try {
    shelves.set(bibId, await findOnShelf(run, system, bibId));
    run.count('titles');
    return 'answered';
  } catch (error) {
    if (error instanceof LibraryFault) return 'away';
    throw error;
  }
}

async function planFor(
  run: Run,
  { openid, titles }: Awaited<ReturnType<typeof listWatchers>>[number],
  shelves: Shelves,
): Promise<void> {
  const back = titles.flatMap(({ bibId, title }) => {
    const shelf = shelves.get(bibId);
    return shelf ? [{ bibId, title, ...shelf }] : [];
  });
  if (back.length === 0) return;
  const now = run.context.now();
  const { day, closesAt } = run.hours();
  const body = { kind: 'backOnShelf' as const, books: back.slice(0, MOST_BOOKS_TOLD), total: back.length };
  const planned = { openid, kind: body.kind, body };
  await planMessages(run.context.desk(), [planned], { day, due: now, until: closesAt }, now);
  run.count('back', back.length);
}
