import * as v from 'valibot';
import type { Denied } from '../../contracts/denials';
import type { Patron, Patrons } from '../circulation';
import { localDateOf } from '../zoned-time';
import type { Folio } from './connection';
import { isUuid, term } from './cql';

const When = v.pipe(v.string(), v.isoTimestamp());
const User = v.object({
  id: v.pipe(v.string(), v.uuid()),
  externalSystemId: v.nullish(v.string()),
  barcode: v.nullish(v.string()),
  username: v.nullish(v.string()),
  active: v.nullish(v.boolean()),
  patronGroup: v.nullish(v.string()),
  expirationDate: v.nullish(When),
  personal: v.nullish(v.object({ lastName: v.nullish(v.string()), firstName: v.nullish(v.string()) })),
});
export type User = v.InferOutput<typeof User>;

const ManualBlock = v.object({
  patronMessage: v.nullish(v.string()),
  expirationDate: v.nullish(When),
});
const AutomatedBlocks = v.object({
  automatedPatronBlocks: v.array(v.object({ message: v.nullish(v.string()) })),
});

/** @param ref FOLIO's id of the user @returns `undefined` for one that FOLIO does not have @throws {LibraryFault} */
export const findUser = async ({ okapi }: Pick<Folio, 'okapi'>, ref: string): Promise<User | undefined> =>
  isUuid(ref) ? okapi.find(`/users/${ref}`, User) : undefined;

/** The one user whose field has this value; nobody when several have. @throws {LibraryFault} */
export async function findUserBy(
  { okapi }: Pick<Folio, 'okapi'>,
  field: 'barcode' | 'externalSystemId' | 'username',
  value: string,
): Promise<User | undefined> {
  const collection = { path: '/users', name: 'users', entry: User };
  const { entries } = await okapi.readPage(collection, `${field}==${term(value)}`, { offset: 0, limit: 2 });
  return entries.length === 1 ? entries[0] : undefined;
}

export function createPatrons(folio: Folio): Patrons {
  return {
    patron: async ({ ref }) => {
      const user = await findUser(folio, ref);
      return user && describeUser(folio, user);
    },
  };
}

export async function describeUser(folio: Folio, user: User): Promise<Patron> {
  const { timeZone, cardNumber, signIn } = folio.config;
  const [readerType, blocks] = await Promise.all([
    folio.places.readerType(user.patronGroup ?? undefined),
    readBlocks(folio, user),
  ]);
  const name = fullName(user.personal?.lastName ?? '', user.personal?.firstName ?? '');
  const number = signIn === 'login' ? (user.barcode ?? user.username) : user[cardNumber];
  return {
    ref: user.id,
    cardNumber: number ?? '',
    ...(name !== '' && { name }),
    readerType,
    ...(user.expirationDate && { expiresAt: localDateOf(Date.parse(user.expirationDate), timeZone) }),
    blocks,
  };
}

/** Chinese names are written together, family name first. */
const fullName = (last: string, first: string): string =>
  /^\p{Script=Han}+$/u.test(last + first) ? last + first : `${first} ${last}`.trim();

/** Expired or inactive, blocked by staff (with the words meant for the reader), blocked by rule. */
async function readBlocks({ okapi, clock }: Folio, user: User): Promise<Denied[]> {
  const blocks: Denied[] = [];
  const now = clock.now();
  if (user.expirationDate && Date.parse(user.expirationDate) <= now) {
    blocks.push({ code: 'EXPIRED', libraryCode: 'expirationDate' });
  } else if (user.active === false) blocks.push({ code: 'BLOCKED', libraryCode: 'inactive' });
  const [manual, automated] = await Promise.all([
    okapi.readAll(
      { path: '/manualblocks', name: 'manualblocks', entry: ManualBlock },
      `userId==${term(user.id)}`,
    ),
    okapi.find(`/automated-patron-blocks/${user.id}`, AutomatedBlocks),
  ]);
  for (const { patronMessage, expirationDate } of manual) {
    if (expirationDate && Date.parse(expirationDate) <= now) continue;
    blocks.push({ code: 'BLOCKED', ...(patronMessage && { libraryText: patronMessage }) });
  }
  for (const { message } of automated?.automatedPatronBlocks ?? []) {
    blocks.push({ code: 'BLOCKED', ...(message && { libraryText: message }) });
  }
  return blocks;
}
