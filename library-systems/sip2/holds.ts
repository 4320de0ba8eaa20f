import type { Named } from '../../contracts/catalog';
import type { Hold, HoldTarget, Step } from '../../contracts/holds';
import type { Holds, PatronAccess, Refusal } from '../circulation';
import { beforeWrite } from '../before-write';
import { LibraryFault } from '../library-fault';
import type { Client } from './client';
import type { Sip2Config } from './config';
import type { Words } from './denials';
import { fromId, toId } from '../text-ids';
import { readEntry, readItem } from './items';
import type { ItemFacts, ListedItem } from './items';
import { countOf, readList } from './lists';
import { changeHold, isSendable } from './messages';
import type { HoldOrder } from './messages';
import { refusePatron } from './patrons';
import { mapLimited } from '../map-limited';
import { first } from './wire/parse-answer';
import type { Answer } from './wire/parse-answer';

type Settings = NonNullable<Sip2Config['holds']>;

export function createHolds(client: Client, words: Words, settings: Settings): Holds {
  const { pickupPlaces } = settings;
  return {
    list: (access) => listHolds(client, words, settings, access),
    pickupPlaces: async () => pickupPlaces,
    place: async (access, target, { pickup }) => {
      const named = nameTarget(settings, target);
      if (!named || !isSendable(client, named[1])) return { status: 'refused', code: 'UNSUPPORTED' };
      if (pickup === undefined && pickupPlaces.length > 0) return { status: 'choose', options: pickupPlaces };
      const place = pickupPlaces.find(({ code }) => code === pickup);
      if (pickup !== undefined && !place) return { status: 'refused', code: 'BAD_PICKUP' };
      const listed = await beforeWrite(listHolds(client, words, settings, access));
      if ('denied' in listed) return { status: 'refused', ...listed.denied };
      // Servers take the same hold twice.
      if (listed.holds.some((hold) => isFor(target, hold))) return { status: 'refused', code: 'DUPLICATE' };
      const order: HoldOrder = {
        patron: fromId(access.ref),
        target: named,
        type: 'itemId' in target ? '3' : '2',
        ...(pickup !== undefined && { pickup }),
      };
      const answer = await changeHold(client, '+', order);
      if (answer.fixed.ok !== '1') return { status: 'refused', ...words.refusal(answer) };
      const hold = placedHold(target, place, answer);
      return { status: 'done', ...(hold && { hold }) };
    },
    cancel: async (access, holdId) => {
      const listed = await beforeWrite(listHolds(client, words, settings, access));
      if ('denied' in listed) return { status: 'refused', ...listed.denied };
      const hold = listed.holds.find((one) => one.holdId === holdId);
      if (!hold) return { status: 'refused', code: 'NOT_YOURS' };
      return cancelHold(client, words, settings, fromId(access.ref), hold);
    },
  };
}

/** The field that names what is to be held; `undefined` for a title where the site has no field for it. */
function nameTarget({ titleField }: Settings, target: HoldTarget): HoldOrder['target'] | undefined {
  if ('itemId' in target) return ['AB', fromId(target.itemId)];
  return titleField === undefined ? undefined : [titleField, fromId(target.bibId)];
}

const isFor = (target: HoldTarget, { holdId, bibId }: Hold): boolean =>
  'itemId' in target ? holdId === target.itemId : bibId === target.bibId || holdId === target.bibId;

async function cancelHold(
  client: Client,
  words: Words,
  { titleField }: Settings,
  patron: string,
  { holdId, itemBarcode }: Hold,
): Promise<Step> {
  // An entry that is no copy of the library is a title.
  const asTitle = itemBarcode === undefined && titleField !== undefined;
  const answer = await changeHold(client, '-', {
    patron,
    target: [asTitle ? titleField : 'AB', fromId(holdId)],
    type: asTitle ? '2' : '3',
  });
  return answer.fixed.ok === '1' ? { status: 'done' } : { status: 'refused', ...words.refusal(answer) };
}

interface Entry extends ListedItem {
  /** From the list of what waits for its reader (AS). */
  available: boolean;
}

async function listHolds(
  client: Client,
  words: Words,
  settings: Settings,
  { ref }: PatronAccess,
): Promise<{ holds: Hold[] } | Refusal> {
  const patron = fromId(ref);
  if (!isSendable(client, patron)) return { denied: { code: 'BLOCKED' } };
  const available = await readList(client, patron, 'holds');
  const refused = refusePatron(available.answer, words);
  if (refused) return refused;
  // A server that does not count may still have some.
  const waiting =
    countOf(available.answer, 'unavailableHolds') === 0
      ? []
      : (await readList(client, patron, 'unavailableHolds')).entries;
  const read = readEntry(client);
  const entries = new Map<string, Entry>();
  for (const entry of available.entries.map(read)) entries.set(entry.barcode, { ...entry, available: true });
  // What stands in both lists waits: some servers list every hold in AS.
  for (const entry of waiting.map(read)) entries.set(entry.barcode, { ...entry, available: false });
  const holds = await mapLimited([...entries.values()], client.config.parallel.items, async (entry) =>
    toHold(settings, entry, await readItem(client, entry.barcode)),
  );
  return { holds };
}

/** @throws {LibraryFault} GARBLED for an entry that no id can stand for: a list without it would be a wrong one */
function toHold(settings: Settings, entry: Entry, item: ItemFacts | undefined): Hold {
  const holdId = toId(entry.barcode);
  if (holdId === undefined) {
    throw new LibraryFault(
      'GARBLED',
      'A hold is listed by something too long to be an id: set "itemPattern"',
      {
        reason: 'protocol',
      },
    );
  }
  // An entry that is no copy names a title, by the id that titles are held by.
  const bibId = toId(item?.bibId ?? (item ? '' : entry.barcode));
  const status = statusOf(settings, entry, item);
  const readyUntil = status === 'ready' ? item?.holdPickup?.slice(0, 10) : undefined;
  return {
    holdId,
    ...(bibId !== undefined && { bibId }),
    ...(item && { itemBarcode: entry.barcode }),
    title: item?.title ?? entry.title ?? entry.barcode,
    status,
    ...(readyUntil !== undefined && { readyUntil }),
  };
}

/** A reader is told to come only when the list says so and the copy stands on the hold shelf. */
function statusOf({ availableList }: Settings, { available }: Entry, item?: ItemFacts): Hold['status'] {
  const onShelf = item?.status === 'onHoldShelf';
  if (available && onShelf) return availableList === 'ready' ? 'ready' : 'unknown';
  return item?.status === 'inTransit' && available ? 'inTransit' : 'waiting';
}

/** The hold that was just placed, where the answer says by what it will be listed. */
function placedHold(target: HoldTarget, pickup: Named | undefined, answer: Answer<'16'>): Hold | undefined {
  const barcode = first(answer, 'AB') ?? ('itemId' in target ? fromId(target.itemId) : undefined);
  const holdId = toId(barcode ?? ('bibId' in target ? fromId(target.bibId) : ''));
  if (holdId === undefined) return undefined;
  const position = Number(/^\d{1,6}$/.exec(first(answer, 'BR') ?? '')?.[0] ?? 0);
  return {
    holdId,
    ...('bibId' in target && { bibId: target.bibId }),
    ...(barcode !== undefined && { itemBarcode: barcode }),
    title: first(answer, 'AJ') ?? barcode ?? holdId,
    status: 'waiting',
    ...(position > 0 && { position }),
    ...(pickup && { pickup }),
  };
}
