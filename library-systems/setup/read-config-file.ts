import { readFileSync } from 'node:fs';
import { ConfigurationError } from '../configuration-error';
import { describeJsonError } from './describe-json-error';

/** A configuration file as JSON. @throws {ConfigurationError} when it cannot be read or is none */
export function readConfigFile(file: string): unknown {
  const text = decode(file, readBytes(file));
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ConfigurationError(`${file} is not JSON: ${describeJsonError(text)}`, { cause: error });
  }
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new ConfigurationError(`${file} cannot be read${code}`, { cause: error });
  }
}

/** Strict: a file that was saved as GBK would show readers the name of their library in question marks. */
function decode(file: string, bytes: Buffer): string {
  try {
    // Takes the byte order mark that editors on Windows put in front.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigurationError(`${file} is not UTF-8: save it as UTF-8, not as ANSI, GBK or Unicode`, {
      cause: error,
    });
  }
}
