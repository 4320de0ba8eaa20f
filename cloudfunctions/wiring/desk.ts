import { AppError } from '../runtime/app-error';
import { readDeskConfig } from '../runtime/config';
import type { Desk } from '../runtime/context';
import { createLog } from '../runtime/log';
import { createLookup } from '../runtime/lookup';
import { createSealer } from '../runtime/sealed';

/**
 * The desk of an instance, settled once when the function starts; without its keys searching still works.
 * @param name of the function, for its log
 * @returns gives the desk; throws {AppError} NOT_CONFIGURED
 */
export function openDesk(name: string, environment = process.env): () => Desk {
  const settled = settle(name, environment);
  return () => {
    if (settled === undefined) throw new AppError('NOT_CONFIGURED', 'the keys of the desk are not set');
    return settled;
  };
}

function settle(name: string, environment: Record<string, string | undefined>): Desk | undefined {
  const settings = readDeskConfig(environment);
  if (!settings.ok) {
    createLog({ function: name })('error', 'not-configured', { problems: settings.problems.join('; ') });
    return undefined;
  }
  const { dataKeys, lookupKey, cardSymbology } = settings.config;
  return { ...createSealer(dataKeys), lookup: createLookup(lookupKey), cardSymbology };
}
