import type { Bib } from '../../../contracts/catalog';
import { DEFAULT_RESILIENCE } from '../../../library-systems/resilience';
import type { ResilienceSettings } from '../../../library-systems/resilience';
import type { LibrarySystem } from '../../../library-systems/library-system';

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

export interface PeerCall {
  operation: string;
  input: unknown;
  answer: (value: unknown) => void;
  fail: (error: unknown) => void;
}

/** A peer that is asked and answers when, and what, the test says; nothing in it knows that it is guarded. */
export function openPeer() {
  const calls: PeerCall[] = [];
  let respond: ((operation: string, input: unknown) => unknown) | undefined;
  const ask = (operation: string, input: unknown): Promise<never> => {
    if (respond !== undefined) {
      const answer = respond;
      calls.push({ operation, input, answer: () => undefined, fail: () => undefined });
      return (async () => answer(operation, input))() as Promise<never>;
    }
    return new Promise((resolve, reject) => {
      calls.push({ operation, input, answer: resolve as (value: unknown) => void, fail: reject });
    });
  };
  const system: LibrarySystem = {
    name: 'peer',
    branches: [{ code: 'main', name: 'Main' }],
    timeZone: 'Asia/Shanghai',
    catalog: {
      search: (query) => ask('search', query),
      suggest: (text) => ask('suggest', text),
      bib: (bibId) => ask('bib', bibId),
      holdings: (bibId) => ask('holdings', bibId),
    },
    policy: { openingHours: (...days) => ask('openingHours', days) },
    afterBinding: 'session',
    signIn: {
      methods: ['pin'],
      start: (method) => ask('start', method),
      complete: (proof) => ask('complete', proof),
    },
    patrons: { patron: (access) => ask('patron', access) },
    loans: {
      list: (access) => ask('loans', access),
      renew: (access, loanIds) => ask('renew', { access, loanIds }),
    },
    holds: {
      list: (access) => ask('holds', access),
      place: (access, target, choice) => ask('place', { access, target, choice }),
      cancel: (access, holdId, choice) => ask('cancel', { access, holdId, choice }),
      pickupPlaces: (access, target) => ask('pickupPlaces', { access, target }),
    },
    fines: { list: (access) => ask('fines', access) },
  };
  return {
    system,
    calls,
    asked: (operation: string) => calls.filter((call) => call.operation === operation).length,
    /** From now on it answers at once; a function that throws, or nothing to answer by hand again. */
    responds: (answer: typeof respond) => (respond = answer),
  };
}

type Changes = { [K in keyof ResilienceSettings]?: Partial<ResilienceSettings[K]> };

/** The settings that hold where nothing is set, with changes. */
export function settings(changes: Changes = {}): ResilienceSettings {
  const merged = Object.entries(DEFAULT_RESILIENCE).map(([name, value]) => {
    const change = changes[name as keyof ResilienceSettings];
    const both =
      typeof value === 'object' ? { ...value, ...(change as object | undefined) } : (change ?? value);
    return [name, both] as const;
  });
  return Object.fromEntries(merged) as ResilienceSettings;
}

/** A title as a catalogue gives it that knows nothing of copies. */
export const plainBib = (bibId: string): Bib => ({ bibId, title: '边城', author: '沈从文', subjects: [] });
