import { parseArgs } from 'node:util';
import { parseIsbn } from '../../miniprogram/lib/isbn';

export const USAGE = `npm run library:check -- config.json [options]

Connects to the library system that config.json describes (a library's own file, or
the gateway.json that holds it), tries everything it can do, and says what will work.
Nothing is changed unless --write is given.

  --reader CARD      card number of a reader who agrees to be looked up
  --pin-env NAME     environment variable that holds the PIN of that reader
  --barcode B        barcode of a copy that the library owns
  --isbn I           ISBN of a title that the library owns
  --word W           a word that many titles have (历史)
  --write            also renew one loan of the reader (with --barcode: that one), and, with
                     --isbn, place a hold on that title and cancel it again
  --secrets FILE     NAME=value lines with secrets, as the gateway reads them
  --json             print the result as JSON
  --help

Secrets are read from the environment variables that config.json names, or from --secrets.
Exit code: 0 all that is configured works, 1 something does not, 2 the command or the
configuration is wrong.
`;

export interface CheckArguments {
  configFile: string;
  secretsFile?: string;
  reader?: { cardNumber: string; pinEnv?: string };
  barcode?: string;
  isbn?: string;
  word: string;
  write: boolean;
  json: boolean;
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * @param args without the program's name
 * @returns undefined when only help was asked for
 * @throws {UsageError}
 */
export function parseArguments(args: string[]): CheckArguments | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const [configFile, ...others] = positionals;
  if (configFile === undefined) throw new UsageError('Name the configuration file');
  if (others.length > 0)
    throw new UsageError(`One configuration file is expected, not also ${others.join(' ')}`);
  if (values.isbn !== undefined && !parseIsbn(values.isbn)) {
    throw new UsageError('--isbn is no ISBN: its check digit is wrong, or digits are missing');
  }
  if (values['pin-env'] !== undefined && values.reader === undefined) {
    throw new UsageError('--pin-env goes with --reader');
  }
  if (values.write && values.reader === undefined) {
    throw new UsageError('--write goes with --reader: it changes the loans of that reader');
  }
  return {
    configFile,
    ...(values.secrets !== undefined && { secretsFile: values.secrets }),
    ...(values.reader !== undefined && {
      reader: {
        cardNumber: values.reader,
        ...(values['pin-env'] !== undefined && { pinEnv: values['pin-env'] }),
      },
    }),
    ...(values.barcode !== undefined && { barcode: values.barcode }),
    ...(values.isbn !== undefined && { isbn: values.isbn }),
    word: values.word,
    write: values.write,
    json: values.json,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        reader: { type: 'string' },
        'pin-env': { type: 'string' },
        secrets: { type: 'string' },
        barcode: { type: 'string' },
        isbn: { type: 'string' },
        word: { type: 'string', default: '历史' },
        write: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
