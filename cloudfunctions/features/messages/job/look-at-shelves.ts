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
/** How often a title is asked for while the library has told of none: it may be away. */
const MOST_TRIES = 2;
/** After so many titles in a row of which it did not tell, the library is not asked for more in a run. */
const MOST_IN_A_ROW = 5;

/** Comes before every openid. */
const BEFORE_ALL = '';

type Shelves = Map<string, { place: string } | undefined>;
interface Round {
  startedAt: number;
  /** What the library has said: a title is asked for once, however many watch it. */
  shelves: Shelves;
  /** How often it did not tell of a title. */
  failed: Map<string, number>;
  /** How many it did not tell of in this run, since it last did. */
  inARow: number;
}
let round: Round | undefined;

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
  let after = isGoingOn ? begun.after : BEFORE_ALL;
  // of the first readers, too, the next beat knows what was asked
  if (!isGoingOn) await keepShelves(desk, startedAt, after);
  const kept = round?.startedAt === startedAt ? round : { startedAt, shelves: new Map(), failed: new Map() };
  const current: Round = (round = { ...kept, inARow: 0 });
  while (time.isLeft() && run.hours().isDay) {
    const watchers = await listWatchers(after, PAGE);
    const bibIds = [...new Set(watchers.flatMap(({ titles }) => titles.map(({ bibId }) => bibId)))];
    const isOpen = (bibId: string): boolean => isToBeAsked(current, bibId);
    const open = bibIds.filter(isOpen).sort((a, b) => triesOf(current, a) - triesOf(current, b));
    if ((await run.forEach(open, (bibId) => look(run, system, bibId, current))) !== 'all') return;
    if (current.inARow >= MOST_IN_A_ROW || bibIds.some(isOpen)) return;
    for (const watcher of watchers) await planFor(run, watcher, current.shelves);
    after = watchers.at(-1)?.openid;
    const isWhole = watchers.length < PAGE;
    await keepShelves(desk, startedAt, isWhole ? undefined : after);
    if (isWhole) return;
  }
}

const triesOf = ({ failed }: Round, bibId: string): number => failed.get(bibId) ?? 0;

/** When the library tells of others, it is there: what it does not tell of must not stop them. */
const isToBeAsked = (current: Round, bibId: string): boolean =>
  !current.shelves.has(bibId) && triesOf(current, bibId) < (current.shelves.size > 0 ? 1 : MOST_TRIES);

/** Titles, which anybody may watch, do not show whether the library tells of readers: a fault is no sign of that. */
async function look(run: Run, system: LibrarySystem, bibId: string, current: Round): Promise<Asked> {
  if (current.inARow >= MOST_IN_A_ROW) return 'unasked';
  try {
    current.shelves.set(bibId, await findOnShelf(run, system, bibId));
    current.inARow = 0;
    run.count('titles');
    return 'answered';
  } catch (error) {
    current.failed.set(bibId, triesOf(current, bibId) + 1);
    current.inARow++;
    if (!(error instanceof LibraryFault)) throw error;
    run.count('titlesUntold');
    return 'unasked';
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
