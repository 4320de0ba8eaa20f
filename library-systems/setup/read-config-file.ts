import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../configuration-error';

/** A configuration file as JSON. @throws {ConfigurationError} when it cannot be read or is none */
export function readConfigFile(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigurationError(`${file} cannot be read`, { cause: error });
  }
  try {
    // Editors on Windows put a byte order mark in front.
    return JSON.parse(text.replace(/^\ufeff/, '')) as unknown;
  } catch (error) {
    const words = error instanceof Error ? error.message : '';
    throw new ConfigurationError(`${file} is not JSON: ${words}`, { cause: error });
  }
}
