import { readFileSync, statSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigurationError } from '../library-systems/configuration-error';

export interface Secrets {
  /** @throws {ConfigurationError} naming the variable when it is unset or empty */
  readonly secret: (envName: string) => string;
  /** What is unwise about the file, if anything. */
  readonly warning?: string;
}

/**
 * Secrets by the name of a variable: from a file of `NAME=value` lines, where
 * one is given, else from the environment. A running process keeps the
 * environment that it was started with, so only a file can bring new keys with
 * a reload.
 */
export function readSecrets(
  file: string | undefined,
  environment: Record<string, string | undefined>,
): Secrets {
  const values = { ...environment, ...(file === undefined ? {} : readFile(file)) };
  const warning = file === undefined ? undefined : warnOf(file);
  return {
    secret(envName) {
      const value = values[envName];
      if (value === undefined || value === '') {
        const place = file === undefined ? 'the environment' : `${file} or the environment`;
        throw new ConfigurationError(`${envName} is not set: put the secret into ${place}`);
      }
      return value;
    },
    ...(warning !== undefined && { warning }),
  };
}

function readFile(file: string): NodeJS.Dict<string> {
  try {
    // Editors on Windows put a byte order mark in front.
    return parseEnv(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (error) {
    throw new ConfigurationError(`The file of secrets ${file} cannot be read: ${(error as Error).message}`);
  }
}

function warnOf(file: string): string | undefined {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return undefined;
  return `${file} can be read by others than its owner: chmod 600`;
}
