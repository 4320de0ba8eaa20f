import type { LoanPolicy } from '../../../contracts/library';
import type { LibrarySystem } from '../../../library-systems/library-system';
import type { Context } from '../../runtime/context';
import type { ShelvedBook } from './engine/pick-books';

/** How long an instance goes by what the library said about its rules, ms. */
const POLICY_LIFETIME = 10 * 60_000;
/** The same for what stands on its shelves: any books will do, and searches cost more. */
const BOOKS_LIFETIME = 6 * 3_600_000;
/** How long it is left in peace after it did not answer, ms. */
const REST = 30_000;
/** Classes in which a university library has many books on neighbouring shelves. */
const CLASSES = ['I247', 'TP3', 'K2', 'F2'];
const BOOKS_OF_A_CLASS = 50;

interface Memory<T> {
  at: number;
  until: number;
  value: Promise<T>;
}

/** Shares what was read between the calls of an instance, a failure for a short while too. */
function remember<T>(lifetime: number, read: (library: LibrarySystem) => Promise<T>) {
  let held: Memory<T> | undefined;
  return async (context: Context): Promise<{ at: number; value: T }> => {
    const now = context.now();
    if (!held || now < held.at || now >= held.until) {
      const reading: Memory<T> = {
        at: now,
        until: now + lifetime,
        value: context.library().then(read),
      };
      reading.value.catch(() => {
        reading.until = now + REST;
      });
      held = reading;
    }
    const { at, value } = held;
    return { at, value: await value };
  };
}

const policy = remember(POLICY_LIFETIME, async (library): Promise<LoanPolicy | undefined> =>
  library.policy?.loanRules?.(),
);
const books = remember(BOOKS_LIFETIME, listBooks);

/** How the library lends; `policy` is absent when its system does not tell. @throws {LibraryFault} */
export async function readPolicy(context: Context): Promise<{ at: number; policy: LoanPolicy | undefined }> {
  const { at, value } = await policy(context);
  return { at, policy: value };
}

/** Books of this library with their call numbers, for questions and practice. @throws {LibraryFault} */
export const readBooks = async (context: Context): Promise<ShelvedBook[]> => (await books(context)).value;

async function listBooks({ catalog }: LibrarySystem): Promise<ShelvedBook[]> {
  if (!catalog) return [];
  const pages =
    catalog.abilities?.fields.includes('callNumber') === false
      ? await Promise.all(
          [1, 2, 3, 4].flatMap((page) => catalog.newBooks?.({ page, pageSize: BOOKS_OF_A_CLASS }) ?? []),
        )
      : await Promise.all(
          CLASSES.map((text) =>
            catalog.search({
              field: 'callNumber',
              text,
              sort: 'relevance',
              page: 1,
              pageSize: BOOKS_OF_A_CLASS,
              filters: {},
            }),
          ),
        );
  const found = pages.flatMap(({ items }) => items);
  return found.flatMap(({ title, callNumber }) => (callNumber === undefined ? [] : { title, callNumber }));
}
