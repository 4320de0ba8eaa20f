import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import * as v from 'valibot';
import { Id, LocalDate } from '../../contracts/fields';
import { BRANCHES, ROOMS } from './places';

const SeedItem = v.union([
  v.strictTuple([v.string(), v.string(), v.string(), LocalDate]),
  v.strictTuple([v.string(), v.string(), v.string(), LocalDate, v.literal('reference')]),
]);

/** One line of the catalogue file. */
const SeedBib = v.object({
  bibId: Id,
  title: v.string(),
  subtitle: v.optional(v.string()),
  edition: v.optional(v.string()),
  author: v.string(),
  publisher: v.optional(v.string()),
  year: v.optional(v.number()),
  isbn13: v.string(),
  callNumber: v.string(),
  language: v.string(),
  subjects: v.array(v.string()),
  /** In the last year. */
  loans: v.number(),
  /** Barcode, branch, room, day of acquisition, and whether it is for reading there only. */
  items: v.array(SeedItem),
});
export type SeedBib = v.InferOutput<typeof SeedBib>;
export type SeedItem = SeedBib['items'][number];

/**
 * Reads the catalogue: JSON lines, gzipped.
 * @throws when the file is missing, or naming the first line that does not fit
 */
export async function readCatalog(file: string): Promise<SeedBib[]> {
  const branches = new Set(BRANCHES.map(({ code }) => code));
  const rooms = new Set(ROOMS.map(({ code }) => code));
  const lines = gunzipSync(await readFile(file))
    .toString('utf8')
    .trim()
    .split('\n');
  return lines.map((line, i) => {
    const bib = v.safeParse(SeedBib, JSON.parse(line));
    if (!bib.success) throw new Error(`${file}, line ${i + 1}: ${v.summarize(bib.issues)}`);
    for (const [barcode, branch, room] of bib.output.items) {
      if (!branches.has(branch) || !rooms.has(room)) {
        throw new Error(`${file}, line ${i + 1}: copy ${barcode} stands in an unknown branch or room`);
      }
    }
    return bib.output;
  });
}
