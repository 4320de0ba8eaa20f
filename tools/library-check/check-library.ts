import path from 'node:path';
import { ConfigurationError } from '../../library-systems/configuration-error';
import type { ConnectedSystem, Finding } from '../../library-systems/connected-system';
import { isGatewayFile, readGatewayFile } from '../../gateway/config';
import { openLibrary } from '../../gateway/open-library';
import { readSecrets } from '../../gateway/secrets';
import { readConfigFile, resolveFiles } from '../../library-systems/setup';
import { parseArguments, USAGE, UsageError } from './arguments';
import type { CheckArguments } from './arguments';
import { findingLine, HEAD, rowLine, unmappedLines } from './print';
import { isFailure, runChecks } from './run-checks';
import type { Ask, Row } from './probe';

export interface Console {
  env: Readonly<Record<string, string | undefined>>;
  out: (line: string) => void;
  error: (line: string) => void;
  ask: Ask;
}

/**
 * The whole check, from the command line to the exit code.
 * @returns 0 all that is configured works, 1 something does not, 2 the command or the configuration is wrong
 */
export async function checkLibrary(argv: string[], console: Console): Promise<0 | 1 | 2> {
  try {
    const args = parseArguments(argv);
    if (!args) {
      console.out(USAGE);
      return 0;
    }
    return await check(args, console);
  } catch (error) {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
    else if (error instanceof ConfigurationError) console.error(error.message);
    else throw error;
    return 2;
  }
}

async function check(args: CheckArguments, { env, out, error, ask }: Console): Promise<0 | 1> {
  const { secret, warning } = readSecrets(args.secretsFile, env);
  if (warning !== undefined) error(warning);
  const pinEnv = args.reader?.pinEnv;
  const pin = pinEnv === undefined ? {} : { pin: secret(pinEnv) };
  const library = readLibrary(args.configFile);
  const unmapped = new Set<string>();
  const context = {
    ...{ secret, clock: Date, protect: (part: ConnectedSystem) => part },
    unmapped: (text: string) => void unmapped.add(text),
  };
  const system = await openLibrary(library, context);
  const say = args.json ? error : out;
  try {
    say(
      `${system.name} (${kindOf(library)}), ${system.timeZone}${args.write ? '' : '; nothing will be changed'}`,
    );
    say('');
    say(HEAD);
    const rows = await runChecks(system, { args, now: Date.now(), ask, ...pin }, (row) => say(rowLine(row)));
    say('');
    // After the operations: what they brought is evidence of the character set.
    const findings = await system.diagnose();
    for (const finding of findings) say(findingLine(finding));
    for (const line of unmappedLines([...unmapped])) say(line);
    return conclude({ system, args, findings, rows, unmapped: [...unmapped] }, { out, say });
  } finally {
    await system.close();
  }
}

/** What a library's own file says, or a gateway's under `library`. */
function readLibrary(configFile: string): unknown {
  const json = readConfigFile(configFile);
  if (isGatewayFile(json)) return readGatewayFile(configFile).library;
  return resolveFiles(json, path.dirname(configFile));
}

const kindOf = (library: unknown): string => (library as { kind?: string }).kind ?? 'composed';

interface Results {
  system: ConnectedSystem;
  args: CheckArguments;
  findings: Finding[];
  rows: Row[];
  unmapped: string[];
}

function conclude(
  { system, args, findings, rows, unmapped }: Results,
  { out, say }: { out: (line: string) => void; say: (line: string) => void },
): 0 | 1 {
  const broken = [
    ...new Set(findings.filter(({ level }) => level === 'error').map(({ topic }) => topic)),
    ...rows.filter(isFailure).map(({ operation }) => operation),
  ];
  const skipped = rows.filter(({ result }) => result === 'skipped').length;
  if (args.json) {
    out(JSON.stringify({ library: system.name, ok: broken.length === 0, findings, rows, unmapped }, null, 2));
  }
  say('');
  if (broken.length > 0) say(`Not working: ${broken.join(', ')}`);
  else say(skipped > 0 ? `All that was tried works; ${skipped} not tried.` : 'All works.');
  return broken.length > 0 ? 1 : 0;
}
