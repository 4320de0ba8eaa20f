import type { Hold, HoldTarget, Step } from '../../contracts/holds';
import type { Holds } from '../circulation';
import { beforeWrite } from '../before-write';
import { LibraryFault } from '../library-fault';
import { orUnknown } from '../or-unknown';
import type { Koha } from './connection';
import { NOT_YOURS, NO_SUCH_PATRON } from './denials';
import { readHolds } from './list-holds';
import { findBib, listPickupPlaces } from './pickup-places';
import { isKohaNumber } from './read-patron-info';
import { textOf } from './read-xml';

export function createHolds(koha: Koha): Holds {
  return {
    list: async ({ ref }) => {
      const holds = await readHolds(koha, ref);
      return holds === undefined ? { denied: NO_SUCH_PATRON } : { holds };
    },
    place: ({ ref }, target, { pickup }) => placeHold(koha, ref, target, pickup),
    cancel: ({ ref }, holdId) => cancelHold(koha, ref, holdId),
    pickupPlaces: async ({ ref }, target) => {
      const bibId = await findBib(koha, target);
      return bibId === undefined ? [] : listPickupPlaces(koha, ref, bibId);
    },
  };
}

async function placeHold(
  koha: Koha,
  ref: string,
  target: HoldTarget,
  pickup: string | undefined,
): Promise<Step> {
  if (!isKohaNumber(ref)) return { status: 'refused', ...NO_SUCH_PATRON };
  const bibId = await beforeWrite(findBib(koha, target));
  if (bibId === undefined) return refused(koha, 'RecordNotFound');
  const { pickupBranches } = koha.config;
  if (pickup === undefined) {
    return { status: 'choose', options: await beforeWrite(listPickupPlaces(koha, ref, bibId)) };
  }
  if (pickupBranches && !pickupBranches.includes(pickup)) return { status: 'refused', code: 'BAD_PICKUP' };
  const write = async (): Promise<Step> => {
    const common = { patron_id: ref, bib_id: bibId, pickup_location: pickup };
    const answer =
      'bibId' in target
        ? await koha.ask('HoldTitle', {
            ...common,
            // Required there and not used: the address of whoever asks.
            request_location: '127.0.0.1',
          })
        : await koha.ask('HoldItem', { ...common, item_id: target.itemId });
    const code = textOf(answer, 'code');
    if (code !== undefined) return refused(koha, code);
    if (textOf(answer, 'pickup_location') === undefined) {
      throw new LibraryFault('GARBLED', 'ILS-DI does not say whether it placed the hold');
    }
    const hold = await newestHold(koha, ref, bibId);
    return { status: 'done', ...(hold && { hold }) };
  };
  return orUnknown(write(), { status: 'unknown' });
}

/** Koha does not name the hold that it placed; its numbers rise. */
async function newestHold(koha: Koha, ref: string, bibId: string): Promise<Hold | undefined> {
  const holds = await readHolds(koha, ref).catch((error: unknown) => {
    if (error instanceof LibraryFault) return undefined;
    throw error;
  });
  return holds
    ?.filter((hold) => hold.bibId === bibId)
    .reduce<Hold | undefined>(
      (newest, hold) => (newest && Number(newest.holdId) > Number(hold.holdId) ? newest : hold),
      undefined,
    );
}

/** Old Kohas cancel anybody's hold for anybody, so it is looked for in the reader's own list first. */
async function cancelHold(koha: Koha, ref: string, holdId: string): Promise<Step> {
  const holds = await beforeWrite(readHolds(koha, ref));
  if (holds === undefined) return { status: 'refused', ...NO_SUCH_PATRON };
  if (!holds.some((hold) => hold.holdId === holdId)) return { status: 'refused', ...NOT_YOURS };
  const write = async (): Promise<Step> => {
    // Its item_id is the number of the hold.
    const code = textOf(await koha.ask('CancelHold', { patron_id: ref, item_id: holdId }), 'code');
    if (code === 'Canceled') return { status: 'done' };
    if (code === undefined) {
      throw new LibraryFault('GARBLED', 'ILS-DI does not say whether it cancelled the hold');
    }
    return { status: 'refused', ...koha.refusals.other(code) };
  };
  return orUnknown(write(), { status: 'unknown' });
}

const refused = (koha: Koha, code: string): Step => ({ status: 'refused', ...koha.refusals.hold(code) });
