import * as v from 'valibot';
import type { Named } from '../../../contracts/catalog';
import type { Rest } from './rest-client';

const Library = v.object({
  library_id: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  name: v.string(),
  pickup_location: v.nullish(v.boolean()),
  /** Only with `pickup_locations`: staff could send it there against the rules. */
  needs_override: v.nullish(v.boolean()),
});

/**
 * Where a reader can fetch a copy of this title: `pickup_locations` of newer
 * Kohas, which know the rules; before 20.11 all libraries that are pickup places
 * at all. @throws {LibraryFault}
 */
export async function readPickupLibraries(rest: Rest, ref: string, bibId: string): Promise<Named[]> {
  const request = { path: `/biblios/${bibId}/pickup_locations`, query: { patron_id: ref } };
  const known = await rest.get({ ...request, query: { ...request.query, _per_page: 1 } }, [200, 404]);
  const libraries = await rest.readAll(known.status === 200 ? request : { path: '/libraries' }, Library);
  return libraries
    .filter(({ pickup_location: is, needs_override: forced }) => is !== false && forced !== true)
    .map(({ library_id: code, name }) => ({ code, name }));
}
