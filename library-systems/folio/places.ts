import * as v from 'valibot';
import type { Named } from '../../contracts/catalog';
import type { FolioConfig } from './config';
import type { Collection, Okapi } from './okapi';

const Text = v.pipe(v.string(), v.minLength(1));
const Location = v.object({ id: Text, name: v.string(), code: Text, libraryId: v.optional(v.string()) });
const Library = v.object({ id: Text, name: v.string(), code: Text });
const ServicePoint = v.object({ id: Text, name: v.string() });
const Group = v.object({ id: Text, group: v.string(), desc: v.optional(v.string()) });

/** What hardly ever changes is asked for again after this long. */
const KEEP_MS = 600_000;
const ALL = 'cql.allRecords=1 sortby name';

/** Names of places and reader types by FOLIO's ids. */
export interface Places {
  /** Branch and room of a location. @throws {LibraryFault} */
  location(id: string | undefined, name?: string): Promise<{ branch: Named; location: Named }>;
  /** @throws {LibraryFault} */
  servicePoint(id: string): Promise<Named>;
  /** @throws {LibraryFault} */
  readerType(groupId: string | undefined): Promise<Named>;
}

export function knowPlaces(okapi: Okapi, { branches }: FolioConfig, clock: { now(): number }): Places {
  const kept = <T extends { id: string }>(collection: Collection<T>, query = ALL) => {
    let last: { at: number; read: Promise<Map<string, T>> } | undefined;
    return (): Promise<Map<string, T>> => {
      if (last && clock.now() - last.at < KEEP_MS) return last.read;
      const read = okapi
        .readAll(collection, query)
        .then((all) => new Map(all.map((entry): [string, T] => [entry.id, entry])));
      const mine = { at: clock.now(), read };
      last = mine;
      // A list that could not be read is not kept.
      read.catch(() => {
        if (last === mine) last = undefined;
      });
      return read;
    };
  };
  const locations = kept({ path: '/locations', name: 'locations', entry: Location });
  const libraries = kept({ path: '/location-units/libraries', name: 'loclibs', entry: Library });
  const servicePoints = kept({ path: '/service-points', name: 'servicepoints', entry: ServicePoint });
  const groups = kept({ path: '/groups', name: 'usergroups', entry: Group }, 'cql.allRecords=1 sortby group');

  return {
    async location(id, name) {
      const found = id === undefined ? undefined : (await locations()).get(id);
      const library = found?.libraryId === undefined ? undefined : (await libraries()).get(found.libraryId);
      const room = found
        ? { code: found.code, name: found.name }
        : { code: id ?? '', name: name ?? id ?? '' };
      if (!library) return { branch: room, location: room };
      const { code } = library;
      const branch = branches.find((each) => each.code === code) ?? { code, name: library.name };
      return { branch, location: room };
    },
    async servicePoint(id) {
      return { code: id, name: (await servicePoints()).get(id)?.name ?? id };
    },
    async readerType(groupId = '') {
      const found = groupId === '' ? undefined : (await groups()).get(groupId);
      return { code: groupId, name: found?.desc ?? found?.group ?? groupId };
    },
  };
}
