import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bundleProgram } from '../../support/bundle-program';
import { CUT, fault, HANG, ok } from '../../support/fake-staff';
import { makeFolder, run, startFakeCloud } from './support';
import type { FakeCloud } from './support';

const MAIN = path.join(__dirname, '../../../tools/report/main.ts');
/** Four parts of at most 300 readers. */
const READERS = 1_000;
const TEXT = [
  'reader,title,loanedAt',
  ...Array.from({ length: 2 * READERS }, (_, i) => `r-${(i * 7) % READERS},title ${i},2026-03-01`),
].join('\n');

describe('history:import, cut off', () => {
  let program: string;
  let folder: Awaited<ReturnType<typeof makeFolder>>;
  let cloud: FakeCloud;
  let file: string;
  let temporary: string;
  beforeAll(async () => {
    program = await bundleProgram(MAIN);
  });
  beforeEach(async () => {
    folder = await makeFolder();
    file = await folder.write('loans.csv', TEXT);
    temporary = path.join(folder.path, 'tmp');
    await mkdir(temporary);
  });
  afterEach(async () => {
    await cloud.close();
    await folder.remove();
  });
  const argv = (): string[] => [
    'import',
    file,
    '--season',
    'academic-2025',
    '--local',
    cloud.url,
    '--by',
    'x',
  ];
  const start = (args: string[], node: string[] = []): ChildProcess =>
    spawn(process.execPath, [...node, program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
  const ended = async (child: ChildProcess): Promise<{ code: number | null; text: string }> => {
    let text = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, text };
  };
  const leftovers = (): Promise<string[]> => readdir(temporary);
  const sent = () => cloud.orders.filter(({ action }) => action === 'report.putLoans');
  const imported = () => cloud.orders.filter(({ action }) => action === 'report.imported');
  const expectWhole = (): void => {
    expect(cloud.parts.size).toBe(1);
    expect(cloud.loans()).toHaveLength(2 * READERS);
    expect(new Set(cloud.loans().map(({ loan }) => loan.title)).size).toBe(2 * READERS);
    expect(imported().at(-1)!.input).toMatchObject({ parts: 4, readers: READERS, loans: 2 * READERS });
  };

  it('goes on where it was killed, after any part, and removes what the killed one left', async () => {
    let child: ChildProcess | undefined;
    let left = 0;
    const parts = new Map<number, unknown>();
    cloud = await startFakeCloud({
      'report.importParts': () => ok({ parts: [...parts.keys()] }),
      'report.putLoans': ({ part, readers }: { part: number; readers: unknown }) => {
        if (child && left-- === 0) {
          child.kill('SIGKILL');
          return HANG;
        }
        expect(parts.has(part)).toBe(false);
        parts.set(part, readers);
        return ok({});
      },
    });
    for (const survive of [0, 1, 1]) {
      left = survive;
      child = start(argv());
      await ended(child);
      expect(imported()).toEqual([]);
      expect(await leftovers()).toEqual([expect.stringMatching(/^shutong-loans-/)]);
    }
    expect([...parts.keys()]).toEqual([0, 1]);
    child = undefined;
    const { code, text } = await ended(start(argv()));
    expect([code, text]).toEqual([0, expect.stringContaining('Imported: 2000 loans.')]);
    expect([...parts.keys()]).toEqual([0, 1, 2, 3]);
    const loans = [...parts.values()].flatMap((readers) =>
      (readers as { loans: { title: string }[] }[]).flatMap((reader) =>
        reader.loans.map(({ title }) => title),
      ),
    );
    expect([loans.length, new Set(loans).size]).toEqual([2 * READERS, 2 * READERS]);
    expect(await leftovers()).toEqual([]);
  }, 120_000);

  it.each([1, 3])(
    'stops after part %i at Ctrl-C, says how it goes on, and leaves nothing behind',
    async (last) => {
      cloud = await startFakeCloud({
        'report.putLoans': async ({ part }: { part: number }) => {
          // A signal takes its time: what is asked of the program is what it does once it knows.
          if (part === last) {
            child.kill('SIGINT');
            for await (const said of on(child.stderr!, 'data')) if (String(said).includes('Stopping')) break;
          }
          return ok({});
        },
      });
      const child: ChildProcess = start(argv());
      const { code, text } = await ended(child);
      expect(code).toBe(130);
      expect(text).toContain(`Stopped after ${last + 1} parts. The same command goes on with the rest`);
      expect(sent()).toHaveLength(last + 1);
      expect(imported()).toEqual([]);
      expect(await leftovers()).toEqual([]);
    },
    60_000,
  );

  it('gives a part again whose answer was lost, and knows of none that was refused', async () => {
    let answers = 0;
    cloud = await startFakeCloud({
      'report.putLoans': () => (++answers === 2 ? CUT : answers === 4 ? fault('INTERNAL') : ok({})),
      'report.importParts': () => ok({ parts: answers < 4 ? [] : [0, 1] }),
    });
    const { code, error } = await run(argv());
    expect(code).toBe(3);
    expect(error).toContain('What has arrived is kept: the same command goes on.');
    expect(sent().map(({ input }) => input['part'])).toEqual([0, 1, 1, 2]);
    expect((await run(argv())).code).toBe(0);
    expect(sent().map(({ input }) => input['part'])).toEqual([0, 1, 1, 2, 2, 3]);
    expect(new Set(sent().map(({ input }) => input['import'])).size).toBe(1);
    expect(imported()).toHaveLength(1);
  });

  it('is another import when the file or how it is read is another', async () => {
    cloud = await startFakeCloud();
    expect((await run(argv())).code).toBe(0);
    expectWhole();
    expect((await run(argv())).code).toBe(0);
    expectWhole();
    expect(sent()).toHaveLength(4);
    for (const more of [['--no-returns'], ['--dates', 'dmy']]) await run([...argv(), ...more]);
    file = await folder.write('other.csv', `${TEXT}\n`);
    await run(argv());
    expect(cloud.parts.size).toBe(4);
  });

  it('sends nothing when it is stopped while it reads', async () => {
    cloud = await startFakeCloud();
    const signal = new AbortController();
    signal.abort();
    const { code, error } = await run(argv(), { signal: signal.signal });
    expect([code, error]).toEqual([130, expect.stringContaining('Stopped; nothing was sent.')]);
    expect(sent()).toEqual([]);
  });

  it('needs little memory for a long file', async () => {
    cloud = await startFakeCloud();
    const long = path.join(folder.path, 'long.csv');
    const title = '书'.repeat(300);
    await pipeline(function* () {
      yield 'reader,title,loanedAt\n';
      for (let i = 0; i < 100_000; i++) yield `r-${i % 30_000},${i} ${title},2026-03-01\n`;
    }, createWriteStream(long));
    // The titles alone have 60 MB in memory, and as much again in JSON.
    const { code, text } = await ended(
      start(['import', long, '--dry-run'], ['--max-old-space-size=40', '--max-semi-space-size=4']),
    );
    expect([code, text]).toEqual([0, expect.stringContaining('30,000 readers, 100,000 loans')]);
  }, 120_000);
});
