import { AppError } from '../runtime/app-error';
import { readDeskConfig } from '../runtime/config';
import type { Desk } from '../runtime/context';
import { createLog } from '../runtime/log';
import { createLookup } from '../runtime/lookup';
import { createSealer } from '../runtime/sealed';

/** The desk of this instance, settled once when the function starts; without its keys searching still works. */
const settled = openDesk(process.env);

export function desk(): Desk {
  if (settled === undefined) throw new AppError('NOT_CONFIGURED', 'the keys of the desk are not set');
  return settled;
}

function openDesk(environment: Record<string, string | undefined>): Desk | undefined {
  const settings = readDeskConfig(environment);
  if (!settings.ok) {
    createLog({ function: 'reader' })('error', 'not-configured', { problems: settings.problems.join('; ') });
    return undefined;
  }
  const { dataKeys, lookupKey, cardSymbology } = settings.config;
  return { ...createSealer(dataKeys), lookup: createLookup(lookupKey), cardSymbology };
}
