import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import path from 'node:path';
import { checksum } from './sip2-server/parse-request';

export interface Exchange {
  /** From 1, in the order of the recording. */
  number: number;
  request: string;
  answer: string;
}

/** The exchanges of a recorded conversation, as they stood on the line, without CR. */
export function readConversation(name: string): Exchange[] {
  const text = readFileSync(path.join(__dirname, '../fixtures/sip2', `${name}.txt`), 'utf8');
  return [...text.matchAll(/^SC> (.*)\nACS< (.*?)(?: {2}(?:\[cs ok\] )?[\d.]+ms)?$/gm)].map(
    ([, request, answer], i) => ({ number: i + 1, request: request!, answer: answer! }),
  );
}

/**
 * What is asked: message, list, copy, reader, and whether a PIN is given. Left out
 * are times, terminals and places in a list, which differ from one client to another.
 */
function questionOf(request: string): string {
  const code = request.slice(0, 2);
  const field = (id: string): string => new RegExp(`[|\\d ]${id}([^|]*)\\|`).exec(request)?.[1] ?? '';
  const summary = code === '63' ? request.slice(23, 33) : '';
  const mode = code === '15' ? request[2] : '';
  const pin = field('AD');
  return [
    code,
    mode,
    summary,
    field('AB'),
    field('AA').replace(/.*AA/, ''),
    code === '29' || code === '15' ? '' : pin,
  ].join('/');
}

/**
 * Answers from recorded exchanges, byte for byte but for sequence number and
 * checksum, which are those of the conversation that runs. The same question asked
 * again gets the next recorded answer, and the last one from then on. What was
 * never asked ends the connection.
 */
export async function startReplay(exchanges: readonly Exchange[]) {
  const answers = new Map<string, string[]>();
  for (const { request, answer } of exchanges) {
    const question = questionOf(request);
    answers.set(question, [...(answers.get(question) ?? []), answer]);
  }
  const unknown: string[] = [];
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.setEncoding('utf8');
    let rest = '';
    socket.on('data', (chunk: string) => {
      rest += chunk;
      for (let end = rest.indexOf('\r'); end >= 0; end = rest.indexOf('\r')) {
        const request = rest.slice(0, end);
        rest = rest.slice(end + 1);
        const found = answers.get(questionOf(request));
        const answer = found && found.length > 1 ? found.shift() : found?.[0];
        if (answer === undefined) {
          unknown.push(questionOf(request));
          return void socket.destroy();
        }
        const sequence = /AY(\d)AZ....$/.exec(request)![1]!;
        const summed = Buffer.from(`${answer.replace(/AY\dAZ[0-9A-F]{4}$/, '')}AY${sequence}AZ`);
        socket.write(Buffer.concat([summed, Buffer.from(`${checksum(summed)}\r`)]));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    /** What was asked and has no recorded answer. */
    unknown,
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
