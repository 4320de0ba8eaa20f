import * as v from 'valibot';
import type { Named } from '../../contracts/catalog';
import type { Hold, HoldTarget, Step } from '../../contracts/holds';
import type { Holds } from '../circulation';
import { beforeWrite } from '../before-write';
import { readJson } from '../http/read-json';
import { LibraryFault } from '../library-fault';
import { orUnknown } from '../or-unknown';
import { ownValue } from '../own-value';
import { zonedTimestampOf } from '../zoned-time';
import { NOT_YOURS, NO_SUCH_USER } from './connection';
import type { Circulating } from './connection';
import { isUuid } from './cql';
import { EdgeHold, readAccount } from './read-account';
import { findUser } from './users';
import type { User } from './users';

const Point = v.object({ id: v.pipe(v.string(), v.uuid()), name: v.string() });
const EdgePoints = v.object({ allowedServicePoints: v.nullish(v.array(Point)) });
/** mod-circulation tells them by type of request; recalls are none of a reader's. */
const CirculationPoints = v.object({ Page: v.nullish(v.array(Point)), Hold: v.nullish(v.array(Point)) });

export function createHolds(folio: Circulating): Holds {
  return {
    list: async ({ ref }) => {
      const account = await readAccount(folio, ref, 'holds');
      if (!account) return { denied: NO_SUCH_USER };
      const holds = await Promise.all(
        account.entries.filter(isOpen).map((hold) => describeHold(folio, hold)),
      );
      return { holds };
    },
    place: ({ ref }, target, { pickup }) => placeHold(folio, ref, target, pickup),
    cancel: ({ ref }, holdId) => cancelHold(folio, ref, holdId),
    pickupPlaces: async ({ ref }, target) => {
      const user = await findUser(folio, ref);
      if (!user?.externalSystemId) return [];
      const allowed = await readPoints(folio, user, user.externalSystemId, target);
      return 'places' in allowed ? allowed.places : [];
    },
  };
}

const STATUSES: Record<string, Hold['status']> = {
  'Open - Not yet filled': 'waiting',
  'New - Awaiting confirmation': 'waiting',
  'Open - In transit': 'inTransit',
  'Open - Awaiting delivery': 'inTransit',
  'Open - Awaiting pickup': 'ready',
  'Closed - Pickup expired': 'expired',
};
const isOpen = ({ status }: EdgeHold): boolean =>
  !/^Closed - (?:Filled|Cancelled|Unfilled)/.test(status ?? '');

async function describeHold({ places, config }: Circulating, hold: EdgeHold): Promise<Hold> {
  const { requestId, item, requestDate, status, pickupLocationId: pickup, queuePosition: position } = hold;
  const known = ownValue(STATUSES, status ?? '');
  return {
    holdId: requestId,
    ...(item?.instanceId && { bibId: item.instanceId }),
    title: item?.title ?? '',
    ...(item?.author && { author: item.author }),
    status: known ?? 'unknown',
    ...(known === 'waiting' && typeof position === 'number' && position > 0 && { position }),
    ...(pickup && { pickup: await places.servicePoint(pickup) }),
    ...(requestDate && { placedAt: zonedTimestampOf(Date.parse(requestDate), config.timeZone) }),
    ...(!known && status && { libraryText: status }),
  };
}

type Points = { places: Named[] } | { text: string };

/** Where FOLIO's rules let this reader fetch it; or why not, in its words. @throws {LibraryFault} */
async function readPoints(folio: Circulating, user: User, id: string, target: HoldTarget): Promise<Points> {
  const named = (points: v.InferOutput<typeof Point>[]): Named[] =>
    points.map((point) => ({ code: point.id, name: point.name }));
  // edge-patron puts ids into an address of its own: one with a slash in it would be another reader's account there.
  if (!isUuid('bibId' in target ? target.bibId : target.itemId)) return { places: [] };
  if ('bibId' in target) {
    const path = [id, 'instance', target.bibId, 'allowed-service-points'];
    const answer = await folio.edge.ask({ method: 'GET', path }, EdgePoints);
    if ('refused' in answer) return { text: answer.refused.text };
    return { places: named(answer.data.allowedServicePoints ?? []) };
  }
  const path = '/circulation/requests/allowed-service-points';
  const query = { operation: 'create', requesterId: user.id, itemId: target.itemId };
  const answer = await folio.okapi.send({ path, query }, [200, 400, 404, 422]);
  if (answer.status !== 200) return { places: [] };
  const { Page, Hold: held } = readJson(answer.body, CirculationPoints, `OKAPI ${path}`);
  const points = new Map([...(Page ?? []), ...(held ?? [])].map((point) => [point.id, point]));
  return { places: named([...points.values()]) };
}

async function placeHold(
  folio: Circulating,
  ref: string,
  target: HoldTarget,
  pickup: string | undefined,
): Promise<Step> {
  const user = await beforeWrite(findUser(folio, ref));
  const id = user?.externalSystemId;
  if (!user || !id) return { status: 'refused', ...NO_SUCH_USER };
  const allowed = await beforeWrite(readPoints(folio, user, id, target));
  if ('text' in allowed) return { status: 'refused', ...folio.holdRefusal(allowed.text, 'NOT_HOLDABLE') };
  if (allowed.places.length === 0) {
    return { status: 'refused', code: 'NOT_HOLDABLE', libraryCode: 'no allowed service point' };
  }
  if (pickup === undefined) return { status: 'choose', options: allowed.places };
  if (!allowed.places.some(({ code }) => code === pickup)) {
    return { status: 'refused', code: 'BAD_PICKUP', libraryCode: 'no allowed service point' };
  }
  const path =
    'bibId' in target ? [id, 'instance', target.bibId, 'hold'] : [id, 'item', target.itemId, 'hold'];
  const json = { requestDate: new Date(folio.clock.now()).toISOString(), pickupLocationId: pickup };
  const write = async (): Promise<Step> => {
    const answer = await folio.edge.ask({ method: 'POST', path, json }, EdgeHold);
    if ('refused' in answer) return { status: 'refused', ...folio.holdRefusal(answer.refused.text) };
    const hold = await describeHold(folio, answer.data).catch((error: unknown) => {
      if (error instanceof LibraryFault) return undefined;
      throw error;
    });
    return { status: 'done', ...(hold && { hold }) };
  };
  return orUnknown(write(), { status: 'unknown' });
}

/** mod-patron cancels any request for anybody, so it is looked for in the reader's own list first. */
async function cancelHold(folio: Circulating, ref: string, holdId: string): Promise<Step> {
  const account = await beforeWrite(readAccount(folio, ref, 'holds'));
  if (!account) return { status: 'refused', ...NO_SUCH_USER };
  if (!account.entries.some(({ requestId }) => requestId === holdId))
    return { status: 'refused', ...NOT_YOURS };
  const { id, user } = account;
  const json = {
    holdId,
    cancellationReasonId: folio.cancellationReasonId,
    canceledByUserId: user.id,
    canceledDate: new Date(folio.clock.now()).toISOString(),
  };
  const write = async (): Promise<Step> => {
    const answer = await folio.edge.ask(
      { method: 'POST', path: [id, 'hold', holdId, 'cancel'], json },
      v.looseObject({}),
    );
    if ('refused' in answer) return { status: 'refused', ...folio.holdRefusal(answer.refused.text) };
    return { status: 'done' };
  };
  return orUnknown(write(), { status: 'unknown' });
}
