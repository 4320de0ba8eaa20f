import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const SETTINGS = path.join(__dirname, 'zebra');
const TABLES = '/usr/share/idzebra-2.0/tab';
const START_MS = 20_000;

export interface Zebra {
  /** Address of its database for SRU. */
  url: string;
  close(): Promise<void>;
}

const has = (program: string): boolean => spawnSync(program, ['-V']).error === undefined;

/** Why there is no Zebra to be had on this machine; nothing when there is one. */
export function zebraMissing(): string | undefined {
  const missing = ['zebrasrv', 'zebraidx'].filter((program) => !has(program));
  if (missing.length > 0 || modules() === undefined || !existsSync(TABLES)) {
    return `no Zebra: ${missing.join(' and ') || 'its modules'} not installed (Debian: idzebra-2.0 idzebra-2.0-utils)`;
  }
  return undefined;
}

/** Folder of Zebra's modules, which lies by architecture. */
function modules(): string | undefined {
  const places = ['/usr/lib', ...readdirSync('/usr/lib').map((name) => path.join('/usr/lib', name))];
  return places.map((place) => path.join(place, 'idzebra-2.0/modules')).find(existsSync);
}

/**
 * Indexes records and serves them by SRU on a free port of the loopback; the folder goes with the server.
 * @param xml a MARCXML collection of MARC21 with 952
 */
export async function startZebra(xml: string): Promise<Zebra> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shutong-zebra-'));
  let server: ChildProcess | undefined;
  const runs = (): boolean =>
    server?.pid !== undefined && server.exitCode === null && server.signalCode === null;
  // It answers each connection in a process of its own; a test that dies must leave none behind.
  const kill = (): void => void (runs() && process.kill(-server!.pid!, 'SIGKILL'));
  process.once('exit', kill);
  const close = async (): Promise<void> => {
    process.off('exit', kill);
    if (server && runs()) {
      const ended = once(server, 'exit');
      kill();
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await cp(SETTINGS, folder, { recursive: true });
    await mkdir(path.join(folder, 'register'));
    await mkdir(path.join(folder, 'lock'));
    const settings = await readFile(path.join(SETTINGS, 'zebra.cfg'), 'utf8');
    const places = `profilePath: ${folder}:${TABLES}\nmodulePath: ${modules() ?? ''}\nregister: ${folder}/register:2G\nlockDir: ${folder}/lock\n`;
    await writeFile(path.join(folder, 'zebra.cfg'), places + settings);
    await writeFile(path.join(folder, 'records.xml'), xml);
    run(folder, ['init']);
    run(folder, ['update', 'records.xml']);
    const port = await freePort();
    await writeFile(path.join(folder, 'server.xml'), serverFile(port));
    server = spawn('zebrasrv', ['-v', 'fatal', '-f', 'server.xml'], {
      cwd: folder,
      stdio: 'ignore',
      detached: true,
    });
    const url = `http://127.0.0.1:${port}/Default`;
    await answering(url, server);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function run(folder: string, command: readonly string[]): void {
  const { status, stderr } = spawnSync('zebraidx', ['-c', 'zebra.cfg', '-v', 'fatal,warn', ...command], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`zebraidx ${command[0] ?? ''} failed: ${stderr}`);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(50)) {
    if (server.exitCode !== null) throw new Error(`zebrasrv ended with exit code ${server.exitCode}`);
    const answer = await fetch(url, { headers: { connection: 'close' } }).catch(() => undefined);
    if (answer?.ok) {
      await answer.arrayBuffer();
      return;
    }
  }
  throw new Error(`zebrasrv did not answer within ${START_MS} ms`);
}

const serverFile = (port: number): string => `<yazgfs>
  <listen id="sru">tcp:127.0.0.1:${port}</listen>
  <server id="biblios" listenref="sru">
    <directory>.</directory>
    <config>zebra.cfg</config>
    <cql2rpn>pqf.properties</cql2rpn>
    <retrievalinfo>
      <retrieval syntax="xml" name="marcxml" identifier="info:srw/schema/1/marcxml-v1.1"/>
      <retrieval syntax="xml" name="dc" identifier="info:srw/schema/1/dc-v1.1"/>
    </retrievalinfo>
    <explain xmlns="http://explain.z3950.org/dtd/2.0/">
      <serverInfo><host>127.0.0.1</host><port>${port}</port><database>Default</database></serverInfo>
      <schemaInfo>
        <schema identifier="info:srw/schema/1/marcxml-v1.1" name="marcxml"/>
        <schema identifier="info:srw/schema/1/dc-v1.1" name="dc"/>
      </schemaInfo>
    </explain>
  </server>
</yazgfs>
`;
