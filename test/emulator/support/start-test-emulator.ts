import { build } from 'esbuild';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ShiftableClock } from '../../../local/clock';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../../local/emulator';
import { buildOnce } from '../../../tools/build-once';

const FIXTURES = path.join(__dirname, '../fixtures');

export const RULES = {
  '*': { invoke: false },
  probe: { invoke: 'auth != null' },
  native: { invoke: 'auth != null' },
  short: { invoke: true },
  broken: { invoke: true },
  ghost: { invoke: true },
};

export interface TestEmulator {
  emulator: Emulator;
  clock: ShiftableClock;
  dataDir: string;
  functionsDir: string;
  lines: string[];
  /** Waits until a line of the log contains the text; also one that is there already. */
  line: (text: string) => Promise<string>;
  /** Calls `probe` as a client. */
  probe: <T = unknown>(event: Record<string, unknown>, openid?: string) => Promise<T>;
}

/** Bundles fixture functions the way ours are bundled, into a folder that the test may change. */
export async function buildFixtures(names: readonly string[]): Promise<string> {
  const outDir = temporaryFolder('functions');
  for (const name of names) {
    const built = await buildOnce(`fixture-${name}`, [`test/emulator/fixtures/${name}`], (folder) =>
      build({
        entryPoints: [path.join(FIXTURES, name, 'index.ts')],
        outfile: path.join(folder, 'index.js'),
        bundle: true,
        platform: 'node',
        target: 'node18',
        format: 'cjs',
      }),
    );
    fs.cpSync(built, path.join(outDir, name), { recursive: true });
    fs.copyFileSync(path.join(FIXTURES, name, 'config.json'), path.join(outDir, name, 'config.json'));
  }
  return outDir;
}

const temporary: string[] = [];

export function temporaryFolder(purpose: string): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `shutong-${purpose}-`));
  temporary.push(dir);
  return dir;
}

afterAll(() => {
  for (const dir of temporary) fs.rmSync(dir, { recursive: true, force: true });
});

export async function startTestEmulator(options: Partial<EmulatorOptions> = {}): Promise<TestEmulator> {
  const lines: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const clock = new ShiftableClock();
  const whole: EmulatorOptions = {
    dataDir: temporaryFolder('data'),
    functionsDir: '',
    schema: { collections: { items: { indexes: [] } } },
    rules: RULES,
    functionEnv: {},
    clock,
    ...options,
    log: (line) => {
      lines.push(line);
      for (const listener of listeners) listener(line);
    },
  };
  const emulator = await startEmulator(whole);
  return {
    emulator,
    clock,
    dataDir: whole.dataDir,
    functionsDir: whole.functionsDir,
    lines,
    line: (text) =>
      new Promise((resolve) => {
        const found = lines.find((line) => line.includes(text));
        if (found !== undefined) return resolve(found);
        const listener = (line: string): void => {
          if (!line.includes(text)) return;
          listeners.delete(listener);
          resolve(line);
        };
        listeners.add(listener);
      }),
    probe: async <T>(event: Record<string, unknown>, openid = 'o-reader-1') =>
      (await emulator.callAsClient({ function: 'probe', openid, event })) as T,
  };
}
