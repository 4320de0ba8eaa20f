import type { ReaderOutput } from '../../contracts/index';
import { call } from './api';
import { isRecord, readStored, store } from './storage';

/** What the library is called and what its systems can do. */
export type Library = ReaderOutput<'system.capabilities'>;

const KEY = 'library';
/** Asked again after this time, ms: a library changes its systems rarely. */
const KEPT_MS = 600_000;

interface Stored {
  at: number;
  library: Library;
}

function stored(): Stored | undefined {
  const value = readStored(KEY);
  const known =
    isRecord(value) &&
    typeof value['at'] === 'number' &&
    isRecord(value['library']) &&
    Array.isArray(value['library']['capabilities']);
  return known ? (value as unknown as Stored) : undefined;
}

/** Asks the cloud once in ten minutes, for all pages. @throws ApiFault */
export async function readLibrary(): Promise<Library> {
  const kept = stored();
  const age = kept ? Date.now() - kept.at : KEPT_MS;
  if (kept && age >= 0 && age < KEPT_MS) return kept.library;
  const library = await call('system.capabilities', {});
  store(KEY, { at: Date.now(), library } satisfies Stored);
  return library;
}

/** What was true the last time: a page begins with it and corrects itself. */
export const lastKnownLibrary = (): Library | undefined => stored()?.library;

/** Whether this library was found not to offer something; as long as nobody has told, it may. */
export const lacks = (capability: Library['capabilities'][number]): boolean =>
  lastKnownLibrary()?.capabilities.includes(capability) === false;
