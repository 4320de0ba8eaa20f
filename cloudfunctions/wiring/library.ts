import type { GatewayConfig } from '../../library-systems/gateway';
import type { LibrarySystem } from '../../library-systems/library-system';
import { requireSession } from '../readers/require-session';
import { readLibraryConfig } from '../runtime/config';
import { AppError } from '../runtime/app-error';
import { createLog } from '../runtime/log';

type LibraryConnection =
  { ok: true; connect: () => Promise<LibrarySystem> } | { ok: false; problems: string[] };

/** How long an instance trusts what the gateway said it can do, in ms. */
const DESCRIPTION_LIFETIME = 10 * 60_000;

/**
 * The library system of an instance, settled once when the function starts.
 * @param name of the function, for its log
 */
export function openLibrary(
  name: string,
  environment: Record<string, string | undefined> = process.env,
): LibraryConnection {
  const settings = readLibraryConfig(environment);
  if (!settings.ok) {
    createLog({ function: name })('error', 'not-configured', { problems: settings.problems.join('; ') });
    return settings;
  }
  const { gatewayUrl: url, ...rest } = settings.config;
  return { ok: true, connect: remember(() => connect({ url, ...rest })) };
}

/** The client is loaded with the first call that needs it, not at the cold start. */
async function connect(config: GatewayConfig): Promise<LibrarySystem> {
  const { connectGateway } = await import('../../library-systems/gateway');
  return requireSession(await connectGateway(config));
}

/** Shares one connection attempt between calls; a failed attempt is not remembered. */
function remember(connect: () => Promise<LibrarySystem>): () => Promise<LibrarySystem> {
  let current: { system: Promise<LibrarySystem>; until: number } | undefined;
  return () => {
    if (current !== undefined && Date.now() < current.until) return current.system;
    const attempt = { system: connect(), until: Date.now() + DESCRIPTION_LIFETIME };
    current = attempt;
    attempt.system.catch(() => {
      if (current === attempt) current = undefined;
    });
    return attempt.system;
  };
}

/** The same for a function that does much without the library: what needs it then ends with NOT_CONFIGURED. */
export const libraryOrFault = (library: LibraryConnection): (() => Promise<LibrarySystem>) =>
  library.ok
    ? library.connect
    : () => Promise.reject(new AppError('NOT_CONFIGURED', 'the gateway of the library is not set'));
