import type { Named } from '../../../contracts/catalog';
import type { Hold, HoldTarget, Step } from '../../../contracts/holds';
import type { Denied } from '../../../contracts/denials';
import type { Holds, PatronAccess } from '../../circulation';
import type { Copy } from '../collection';
import { addDays, localDate } from '../local-date';
import { BRANCHES } from '../places';
import { admitOrRefuse, blocksOf } from './circulation';
import type { Circulation } from './circulation';
import { positionOf } from './hold-queue';
import { passTime, releaseHold } from './pass-time';
import { DELIVERY_FEN, EXPIRED_HOLD_SHOWN_DAYS, READER_TYPES } from './policy';
import { recallFor } from './recall';
import { chineseDay, refuse, yuan } from './refusals';
import type { HoldRow, Reader } from './rows';

const ACTIVE: ReadonlySet<HoldRow['status']> = new Set(['waiting', 'inTransit', 'ready']);

export function createHolds(circulation: Circulation): Holds {
  const { ledger, clock } = circulation;
  /** Lets time pass, then does something for the reader as one transaction. */
  const step = async (access: PatronAccess, act: (reader: Reader, now: number) => Step): Promise<Step> => {
    const now = clock.now();
    passTime(circulation, now);
    const admitted = admitOrRefuse(circulation, access);
    const done = 'denied' in admitted ? refused(admitted.denied) : act(admitted.reader, now);
    await ledger.commit();
    return done;
  };
  return {
    list: async (access) => {
      const now = clock.now();
      passTime(circulation, now);
      const admitted = admitOrRefuse(circulation, access);
      if ('denied' in admitted) return admitted;
      const shown = ledger.holds.by('reader', access.ref).filter((hold) => isShown(hold, now));
      return { holds: shown.sort((a, b) => b.turn - a.turn).map((hold) => describeHold(circulation, hold)) };
    },
    place: (access, target, choice) =>
      step(access, (reader, now) => placeHold(circulation, reader, target, choice, now)),
    cancel: (access, holdId, choice) =>
      step(access, (reader, now) => cancelHold(circulation, reader, holdId, choice, now)),
    pickupPlaces: async (_access, target) => (wantedCopies(circulation, target) ? pickupPlaces() : []),
  };
}

const refused = (denied: Denied): Step => ({ status: 'refused', ...denied });
const pickupPlaces = (): Named[] => BRANCHES.map(({ code, name }) => ({ code, name }));

function isShown({ status, readyUntil }: HoldRow, now: number): boolean {
  if (status !== 'expired') return ACTIVE.has(status);
  return readyUntil !== undefined && localDate(now) <= addDays(readyUntil, EXPIRED_HOLD_SHOWN_DAYS);
}

function describeHold(circulation: Circulation, hold: HoldRow): Hold {
  const { status } = hold;
  const copies = circulation.collection.copiesOf(hold.bibId);
  const bib = copies[0]?.bib;
  const pickup = BRANCHES.find(({ code }) => code === hold.pickup);
  const barcode = hold.itemBarcode ?? (status === 'waiting' ? undefined : hold.barcode);
  return {
    holdId: hold.id,
    bibId: hold.bibId,
    ...(barcode !== undefined && { itemBarcode: barcode }),
    title: bib?.title ?? '',
    ...(bib && { author: bib.author }),
    status: status === 'cancelled' || status === 'collected' ? 'unknown' : status,
    ...(status === 'waiting' && {
      position: positionOf(hold, circulation.ledger.holds.by('bib', hold.bibId)),
    }),
    ...(pickup && { pickup: { code: pickup.code, name: pickup.name } }),
    placedAt: hold.placedAt,
    ...((status === 'ready' || status === 'expired') &&
      hold.readyUntil !== undefined && { readyUntil: hold.readyUntil }),
  };
}

/** The copies that a target speaks of; `undefined` for one that does not exist. */
function wantedCopies({ collection }: Circulation, target: HoldTarget): Copy[] | undefined {
  const copies =
    'bibId' in target
      ? collection.copiesOf(target.bibId)
      : [collection.copyById(target.itemId)].filter((copy) => copy !== undefined);
  return copies.length > 0 ? copies : undefined;
}

function placeHold(
  circulation: Circulation,
  reader: Reader,
  target: HoldTarget,
  { pickup, confirm = false }: { pickup?: string; confirm?: boolean },
  now: number,
): Step {
  const copies = wantedCopies(circulation, target);
  if (!copies) return refused(refuse('OTHER', '查无此书'));
  const bibId = copies[0]!.bib.bibId;
  const [blocked] = blocksOf(circulation, reader, now);
  const denied = blocked ?? refusalOf(circulation, reader, bibId, copies);
  if (denied) return refused(denied);
  if (pickup === undefined) return { status: 'choose', options: pickupPlaces() };
  if (!BRANCHES.some(({ code }) => code === pickup)) return refused(refuse('BAD_PICKUP'));
  const feeCents = DELIVERY_FEN[pickup] ?? 0;
  const isThere = copies.some(({ item, itemType }) => itemType !== undefined && item.branch.code === pickup);
  if (!isThere && !confirm) {
    const fee = feeCents > 0 ? `，收取调拨费 ${yuan(feeCents)} 元` : '';
    return {
      status: 'confirm',
      text: `所选取书点没有此书馆藏，到书后需调拨，约两个开馆日${fee}。是否预约？`,
      ...(feeCents > 0 && { feeCents }),
    };
  }
  const { ledger } = circulation;
  const turn = ledger.nextNumber();
  const hold: HoldRow = {
    id: `h${turn}`,
    reader: reader.id,
    bibId,
    ...('itemId' in target && { itemBarcode: copies[0]!.item.barcode }),
    pickup,
    placedAt: new Date(now).toISOString(),
    turn,
    status: 'waiting',
  };
  ledger.put('holds', hold);
  recallFor(circulation, bibId, localDate(now));
  if (!isThere && feeCents > 0) chargeDelivery(circulation, hold, copies[0]!, feeCents, now);
  return { status: 'done', hold: describeHold(circulation, hold) };
}

function chargeDelivery(
  { ledger }: Circulation,
  { reader }: HoldRow,
  { bib }: Copy,
  amountCents: number,
  now: number,
): void {
  ledger.put('fines', {
    id: `f${ledger.nextNumber()}`,
    reader,
    amountCents,
    reason: 'other',
    libraryText: '跨馆调拨费',
    title: bib.title,
    date: localDate(now),
  });
}

/** Why these copies of a title are not kept for this reader. */
function refusalOf(
  { ledger }: Circulation,
  reader: Reader,
  bibId: string,
  copies: readonly Copy[],
): Denied | undefined {
  const lent = copies.filter(
    ({ item, itemType }) =>
      itemType !== undefined &&
      itemType !== 'SHORT' &&
      item.status !== 'missing' &&
      item.status !== 'processing',
  );
  if (lent.length === 0) return refuse('NOT_HOLDABLE');
  if (ledger.loans.by('reader', reader.id).some((loan) => loan.bibId === bibId)) {
    return refuse('ALREADY_ON_LOAN');
  }
  const holds = ledger.holds.by('reader', reader.id).filter(({ status }) => ACTIVE.has(status));
  if (holds.some((hold) => hold.bibId === bibId)) return refuse('DUPLICATE');
  if (lent.some(({ item }) => item.status === 'available')) return refuse('ON_SHELF');
  const { maxHolds } = READER_TYPES[reader.type];
  return holds.length >= maxHolds ? refuse('TOO_MANY_HOLDS', String(maxHolds)) : undefined;
}

function cancelHold(
  circulation: Circulation,
  reader: Reader,
  holdId: string,
  { confirm = false }: { confirm?: boolean },
  now: number,
): Step {
  const hold = circulation.ledger.holds.get(holdId);
  if (hold?.reader !== reader.id || !ACTIVE.has(hold.status)) {
    return refused(refuse('OTHER', '未找到您的这条预约'));
  }
  if (hold.status !== 'waiting' && !confirm) {
    const until = hold.readyUntil === undefined ? '' : `，保留至 ${chineseDay(hold.readyUntil)}`;
    return { status: 'confirm', text: `此书已为您留出${until}。取消后将转给下一位读者，确定取消吗？` };
  }
  releaseHold(circulation, hold, 'cancelled', now);
  return { status: 'done' };
}
