import { AppError } from './app-error';

/** Gives a capability of the library system, or ends the action because this library lacks it. */
export function requireCapability<T>(capability: T | undefined, name: string): T {
  if (capability === undefined) throw new AppError('UNSUPPORTED', `the library system has no ${name}`);
  return capability;
}

/** Gives what was found, or ends the action because what was named does not exist. */
export function requireFound<T>(found: T | undefined, what: string): T {
  if (found === undefined) throw new AppError('NOT_FOUND', `no such ${what}`);
  return found;
}
