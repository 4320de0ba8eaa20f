import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkLibrary } from '../../../tools/library-check/check-library';

const folder = mkdtempSync(path.join(tmpdir(), 'shutong-check-'));

export const SITE = { name: '示范大学图书馆', branches: [{ code: 'MAIN', name: '总馆' }] };
export const ENV = { SIP2_USER: 'gate', SIP2_PASSWORD: 'secret', PIN: '1234', WRONG: 'wrong' };
export const LOGIN = { userEnv: 'SIP2_USER', passwordEnv: 'SIP2_PASSWORD' };

export const sip2 = (port: number, more: object = {}) => ({
  kind: 'sip2',
  host: '127.0.0.1',
  port,
  institution: 'TEST',
  timeoutMs: 10_000,
  connectTimeoutMs: 10_000,
  bibIdField: 'MA',
  holds: { pickupPlaces: [{ code: 'MAIN', name: '总馆' }] },
  fines: {},
  ...more,
});

export interface Outcome {
  code: 0 | 1 | 2;
  /** All that was printed. */
  text: string;
  /** Result of each operation. */
  results: Record<string, string>;
}

/** Runs `library:check` with a configuration, as the command does. */
export async function runCheck(config: unknown, argv: string[] = [], env: object = {}): Promise<Outcome> {
  const file = path.join(folder, 'config.json');
  writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
  const lines: string[] = [];
  const code = await checkLibrary([file, ...argv], {
    env: { ...ENV, ...env },
    out: (line) => lines.push(line),
    error: (line) => lines.push(line),
    ask: async () => undefined,
  });
  const rows = lines.flatMap((line) => [...line.matchAll(/^ {2}([a-zA-Z]+\.[a-zA-Z]+) +(\w+)/g)]);
  return {
    code,
    text: lines.join('\n'),
    results: Object.fromEntries(rows.map(([, operation, result]) => [operation!, result!])),
  };
}
