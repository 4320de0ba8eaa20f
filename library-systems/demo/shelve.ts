import type { SeedBib } from './read-catalog';

const PER_LAYER = 28;
const LAYERS = 6;
const SIDES = ['A', 'B'] as const;

const shelved = new WeakMap<readonly SeedBib[], ReadonlyMap<string, string>>();

/** Where each copy stands, by barcode: the copies of a room, in order of call numbers, fill its shelves. */
export function shelve(bibs: readonly SeedBib[]): ReadonlyMap<string, string> {
  let places = shelved.get(bibs);
  if (!places) shelved.set(bibs, (places = placesOf(bibs)));
  return places;
}

function placesOf(bibs: readonly SeedBib[]): ReadonlyMap<string, string> {
  const rooms = new Map<string, { barcode: string; callNumber: string }[]>();
  for (const { callNumber, items } of bibs) {
    for (const [barcode, , room] of items) {
      const copies = rooms.get(room);
      if (copies) copies.push({ barcode, callNumber });
      else rooms.set(room, [{ barcode, callNumber }]);
    }
  }
  const places = new Map<string, string>();
  for (const copies of rooms.values()) {
    copies.sort((a, b) =>
      a.callNumber < b.callNumber ? -1 : a.callNumber > b.callNumber ? 1 : a.barcode < b.barcode ? -1 : 1,
    );
    copies.forEach(({ barcode }, i) => {
      const layer = Math.floor(i / PER_LAYER);
      const side = Math.floor(layer / LAYERS);
      places.set(
        barcode,
        `${Math.floor(side / SIDES.length) + 1} 架 ${SIDES[side % SIDES.length]!} 面 ${(layer % LAYERS) + 1} 层`,
      );
    });
  }
  return places;
}
