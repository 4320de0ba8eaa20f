import { parseArgs } from 'node:util';

/** What `npm start` was asked for. */
export interface StartArguments {
  /** 0 lets the system choose. */
  port: number;
  dataDir: string;
  /** Begin with no data. */
  reset: boolean;
  /** `demo` or the path of a configuration file. */
  library: string;
  /** A file of NAME=value lines with the secrets that the configuration names. */
  secrets?: string;
  /** Rebuild and reload on save. */
  watch: boolean;
}

export const USAGE = `npm start -- [options]

  --port 8080          port on 127.0.0.1; 0 takes a free one
  --data-dir .shutong  where everything durable lies
  --reset              begin with no data
  --library demo       the demo library, or a JSON file:
                         {"kind":"demo"}
                         a library's own systems, see docs/library-systems
                         {"gateway":{"url":"https://…","keyId":"…","secret":"…","timeoutMs":5000}}
  --secrets FILE       NAME=value lines with the secrets that the JSON file names;
                       without it they are read from the environment
  --no-watch           do not rebuild when files are saved
  --help
`;

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * @param args without the program's name
 * @returns undefined when only help was asked for
 * @throws {UsageError}
 */
export function parseArguments(args: string[]): StartArguments | undefined {
  const { values } = parse(args);
  if (values.help) return undefined;
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) throw new UsageError(`--port ${values.port}: a number from 0 to 65535 is expected`);
  for (const name of ['data-dir', 'library', 'secrets'] as const) {
    if (values[name] === '') throw new UsageError(`--${name}: a value is expected`);
  }
  return {
    port,
    dataDir: values['data-dir'],
    reset: values.reset,
    library: values.library,
    ...(values.secrets !== undefined && { secrets: values.secrets }),
    watch: !values['no-watch'],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '8080' },
        'data-dir': { type: 'string', default: '.shutong' },
        reset: { type: 'boolean', default: false },
        library: { type: 'string', default: 'demo' },
        secrets: { type: 'string' },
        'no-watch': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
