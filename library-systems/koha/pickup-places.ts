import type { Named } from '../../contracts/catalog';
import type { HoldTarget } from '../../contracts/holds';
import type { Koha } from './connection';
import { branchNamed } from './connection';
import { isKohaNumber } from './read-patron-info';
import { childrenOf, textOf } from './read-xml';
import { readPickupLibraries } from './rest/read-libraries';

/** The biblionumber of what is to be held; `undefined` for what Koha does not know. @throws {LibraryFault} */
export async function findBib(koha: Koha, target: HoldTarget): Promise<string | undefined> {
  if ('bibId' in target) {
    if (!isKohaNumber(target.bibId)) return undefined;
    const [record] = childrenOf(await koha.ask('GetRecords', { id: target.bibId }), 'record');
    return record === undefined || textOf(record, 'code') !== undefined ? undefined : target.bibId;
  }
  if (!isKohaNumber(target.itemId)) return undefined;
  const answer = await koha.ask('GetAvailability', { id: target.itemId, id_type: 'item' });
  const [record] = childrenOf(answer, 'record');
  const bibId = childrenOf(record, 'bibliographic')[0]?.attributes.id;
  const [items] = childrenOf(record, 'items');
  const [item] = childrenOf(items, 'item');
  const [availability] = childrenOf(item, 'simpleavailability');
  const status = textOf(availability, 'availabilitystatus');
  // Of a copy that is not there the availability is unknown, and the title's place holds the copy's own number.
  return status === undefined || status === 'unknown' || bibId === undefined || !isKohaNumber(bibId)
    ? undefined
    : bibId;
}

/** Where the copy can be fetched: as configured, as REST tells, or at every branch. */
export async function listPickupPlaces(koha: Koha, ref: string, bibId: string): Promise<Named[]> {
  const { branches, pickupBranches } = koha.config;
  if (pickupBranches) return pickupBranches.map((code) => branchNamed(koha, code));
  if (koha.rest) {
    const told = await readPickupLibraries(koha.rest, ref, bibId);
    return told.map(({ code, name }) => branchNamed(koha, code, name));
  }
  return [...branches];
}
