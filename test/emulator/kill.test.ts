import { fork, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildFixtures, temporaryFolder } from './support/start-test-emulator';
import { bundleProgram } from '../support/bundle-program';
import { startShutong } from '../support/start-shutong';

// Four processes of the whole product, one after the other, on a busy machine.
jest.setTimeout(300_000);

interface Answer {
  id?: number;
  ready?: boolean;
  answer?: unknown;
}

/** An emulator in a process of its own. */
class Peer {
  readonly child: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;
  #ready: Promise<void>;

  constructor(program: string, dataDir: string, functionsDir: string) {
    this.child = fork(program, [dataDir, functionsDir], { execArgv: [] });
    // what was still to be sent when it was killed
    this.child.on('error', () => undefined);
    this.ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.#ready = new Promise((resolve) => {
      this.child.on('message', ({ id, ready, answer }: Answer) => {
        if (ready) resolve();
        if (id !== undefined && answer !== undefined) this.#waiting.get(id)?.(answer);
      });
    });
  }

  /** Never resolves for a call that failed or that the process took with it. */
  async ask<T>(event: unknown): Promise<T> {
    await this.#ready;
    const id = ++this.#asked;
    return new Promise<T>((resolve) => {
      this.#waiting.set(id, (answer) => resolve(answer as T));
      if (this.child.connected) this.child.send({ id, event });
    });
  }
}

it('keeps every acknowledged document, file and message over kill -9', async () => {
  const [dataDir, functionsDir] = [temporaryFolder('data'), await buildFixtures(['keeper'])];
  const program = await bundleProgram(path.join(__dirname, 'support/serve-emulator.ts'));
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const peer = new Peer(program, dataDir, functionsDir);
    for (let lane = 0; lane < 4; lane++) {
      void (async () => {
        for (let n = 0; ; n++) {
          const id = `r${round}-l${lane}-n${n}`;
          await peer.ask({ do: 'keep', id });
          acknowledged.push(id);
          // in the middle of what the other lanes write
          if (acknowledged.length === (round + 1) * 15) peer.child.kill('SIGKILL');
        }
      })();
    }
    await peer.ended;
  }
  expect(acknowledged.length).toBeGreaterThanOrEqual(45);
  const peer = new Peer(program, dataDir, functionsDir);
  for (const id of acknowledged) {
    expect(await peer.ask({ do: 'look', id })).toEqual({ documents: 1, file: id });
  }
  peer.child.kill('SIGKILL');
  await peer.ended;
  const outbox = fs.readFileSync(path.join(dataDir, 'open-api/outbox.jsonl'), 'utf8');
  for (const id of acknowledged) expect(outbox).toContain(`"${id}"`);
});

it('starts again after kill -9 of the whole, with what it had', async () => {
  const dataDir = temporaryFolder('data');
  const credits = async (url: string, count: number): Promise<unknown> => {
    const body = JSON.stringify({ openid: 'o-1', templateId: 't-1', count });
    return (await fetch(`${url}/local/credits`, { method: 'POST', body })).json();
  };
  const first = await startShutong(['--data-dir', dataDir]);
  await expect(credits(first.url, 5)).resolves.toMatchObject({ credits: 5 });
  first.process.kill('SIGKILL');
  await first.ended;
  const second = await startShutong(['--data-dir', dataDir]);
  await expect(credits(second.url, 1)).resolves.toMatchObject({ credits: 6 });
  // what the dead one had built is gone
  expect(fs.readdirSync(path.join(dataDir, 'built'))).toEqual([String(second.process.pid)]);
  second.process.kill('SIGTERM');
  await second.ended;
  const third = await startShutong(['--data-dir', dataDir, '--reset']);
  await expect(credits(third.url, 1)).resolves.toMatchObject({ credits: 1 });
  third.process.kill('SIGTERM');
  await expect(third.ended).resolves.toBe(0);
});
