import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';
import { Refused } from './says';
import type { Says } from './says';

/** The command line cannot be understood. */
export class UsageError extends Refused {}

export const wrong = (en: string, zh: string): UsageError => new UsageError({ en, zh } satisfies Says);

/** What every order may be told. */
export interface CommonArguments {
  by: string;
  target?: { local: string } | { env: string };
  yes: boolean;
}

/** Options of every order, for `parseCommandLine`. */
export const COMMON_OPTIONS = {
  local: { type: 'string' },
  env: { type: 'string' },
  by: { type: 'string' },
  yes: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** How usages explain them. */
export const COMMON_USAGE = `Where 连到哪里:
  --local URL              the local cloud of npm start, e.g. http://127.0.0.1:8080
  --env ENV_ID             a cloud environment; its keys are read from the environment variables
                           TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY

  --by NAME                who gives the order, for the audit; the name of the account if left out
  --yes                    do not ask before anything is changed in the cloud`;

/**
 * @param args without the program's name
 * @throws {UsageError}
 */
export function parseCommandLine<O extends NonNullable<ParseArgsConfig['options']>>(
  args: string[],
  options: O,
): ReturnType<typeof parseArgs<{ args: string[]; allowPositionals: true; options: O }>> {
  try {
    return parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw wrong(message, '命令行不正确');
  }
}

/** @throws {UsageError} */
export function readCommon({
  local,
  env,
  by: name,
  yes,
}: {
  local?: string | undefined;
  env?: string | undefined;
  by?: string | undefined;
  yes: boolean;
}): CommonArguments {
  if (local !== undefined && env !== undefined)
    throw wrong('either --local or --env', '--local 和 --env 只能用一个');
  if (local !== undefined && !isLocal(local)) {
    throw wrong(
      '--local is an address such as http://127.0.0.1:8080',
      '--local 应为 http://127.0.0.1:8080 这样的地址',
    );
  }
  const by = (name ?? userInfo().username).trim();
  if (by === '' || by.length > 64) throw wrong('--by has 1 to 64 characters', '--by 为 1–64 个字符');
  return {
    by,
    ...(local !== undefined && { target: { local } }),
    ...(env !== undefined && { target: { env } }),
    yes,
  };
}

/** Orders to a local cloud go unsigned: only to this machine. */
function isLocal(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}
