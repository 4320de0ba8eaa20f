import { once } from 'node:events';
import net from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import tls from 'node:tls';
import iconv from 'iconv-lite';
import { answer } from './answer';
import type { AnswerOptions } from './answer';
import type { Library } from './library';
import { checksum, parseRequest, Violation } from './parse-request';
import type { Request } from './parse-request';
import { seedLibrary } from './seed';

/** What can go wrong with one answer. */
export type AnswerFault =
  | 'garbage-fields'
  | 'no-pipe-before-trailer'
  /** Does what it was told, then cuts the connection. */
  | 'drop'
  /** Cuts the connection without having done anything. */
  | 'drop-before'
  | 'wrong-sequence'
  | 'bad-checksum'
  | 'half-message'
  | 'two-in-one-packet'
  | 'slow-bytes'
  | 'no-answer'
  | 'garbage-bytes'
  | 'ask-again'
  | 'no-trailer'
  | 'endless';

export interface ServerOptions extends Partial<AnswerOptions> {
  charset?: 'utf-8' | 'gbk' | 'gb18030';
  /** Accounts of terminals; none: no login is needed. */
  login?: { user: string; password: string };
  /** Further connections are closed at once. */
  maxConnections?: number;
  /** Time that each message takes, in milliseconds. */
  delayMs?: number;
  lineEnd?: string;
  errorDetection?: boolean;
  tls?: tls.TlsOptions;
  port?: number;
  now?: () => number;
  crowd?: number;
}

interface Planned {
  fault: AnswerFault;
  times: number;
  /** Codes of the requests whose answers it concerns. */
  codes: readonly string[];
}

export type Sip2Server = Awaited<ReturnType<typeof startSip2Server>>;

/** A SIP2 server for tests that takes nothing but what the specification allows, with a small library behind it. */
export async function startSip2Server(options: ServerOptions = {}) {
  const { charset = 'utf-8', delayMs = 0, lineEnd = '\r', errorDetection = true } = options;
  const now = options.now ?? Date.now;
  const library: Library = seedLibrary(now, options.crowd);
  const settings: AnswerOptions = {
    institution: 'TEST',
    ignoresPaging: false,
    firstPage: Infinity,
    bibIdField: 'MA',
    supported: 'YNNNYYYYNNYNNYYY',
    headerOffset: 8,
    dueFormat: 'stamp',
    timeoutTenths: 10,
    ...options,
  };
  const planned: Planned[] = [];
  const violations: string[] = [];
  const requests: Request[] = [];
  const sockets = new Set<Socket>();
  const counts = { most: 0, refused: 0, accepted: 0 };

  const serve = (socket: Socket): void => {
    socket.on('error', () => socket.destroy());
    if (options.maxConnections !== undefined && sockets.size >= options.maxConnections) {
      counts.refused++;
      return void socket.destroy();
    }
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    counts.accepted++;
    counts.most = Math.max(counts.most, sockets.size);
    let [rest, loggedIn, last] = [Buffer.alloc(0), options.login === undefined, Buffer.alloc(0)];
    let queue = Promise.resolve();

    const handle = async (line: Buffer): Promise<void> => {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (socket.destroyed) return;
      let request: Request;
      try {
        request = parseRequest(line, charset, errorDetection);
      } catch (error) {
        if (!(error instanceof Violation)) throw error;
        violations.push(error.message);
        if (error.repairable) socket.write(`96AZ${checksum(Buffer.from('96AZ'))}${lineEnd}`);
        else socket.destroy();
        return;
      }
      requests.push(request);
      const fault = takeFault(planned, request.code);
      if (request.code === '97' && fault === 'no-answer') return;
      if (request.code === '97') {
        // SIPServer repeats its answers so.
        const bare = Buffer.from(last.toString('latin1').replace(/AY\dAZ[0-9A-F]{4}/, ''), 'latin1');
        return void socket.write(fault === 'no-trailer' ? bare : last);
      }
      if (fault === 'drop-before') return void socket.destroy();
      if (fault === 'ask-again') return void socket.write(`96AZ${checksum(Buffer.from('96AZ'))}${lineEnd}`);
      if (!loggedIn && request.code !== '93') return void socket.destroy();
      let text = answer(library, request, settings);
      if (request.code === '93') {
        loggedIn = isAccount(request, options.login);
        text = loggedIn ? '941' : '940';
      }
      const sequence = errorDetection ? request.sequence : undefined;
      last = Buffer.concat([seal(text, charset, sequence), Buffer.from(lineEnd)]);
      await send(socket, fault, { text, charset, sequence, lineEnd });
      if (!loggedIn) socket.end();
    };
    socket.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let end = rest.indexOf(0x0d); end >= 0; end = rest.indexOf(0x0d)) {
        const line = rest.subarray(rest[0] === 0x0a ? 1 : 0, end);
        rest = rest.subarray(end + 1);
        queue = queue.then(() => handle(line));
      }
    });
  };
  const server = options.tls ? tls.createServer(options.tls, serve) : net.createServer(serve);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');

  return {
    port: (server.address() as AddressInfo).port,
    library,
    /** What was sent against the specification. */
    violations,
    /** Everything that was understood. */
    requests,
    /** Connections: how many at most, how many refused for being too many. */
    counts,
    /** Connections that stand now. */
    connected: () => sockets.size,
    /** Lets answers go wrong: the next `times` to messages of these codes, or to all. */
    plan(fault: AnswerFault, times = 1, codes: readonly string[] = []): void {
      planned.push({ fault, times, codes });
    },
    /** Cuts all connections. */
    cut(): void {
      for (const socket of sockets) socket.destroy();
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function isAccount({ fields }: Request, login: ServerOptions['login']): boolean {
  return login === undefined || (fields['CN'] === login.user && fields['CO'] === login.password);
}

function takeFault(planned: Planned[], code: string): AnswerFault | undefined {
  const at = planned.findIndex(({ codes }) => codes.length === 0 || codes.includes(code));
  const found = planned[at];
  if (found && --found.times <= 0) planned.splice(at, 1);
  return found?.fault;
}

/** A message with its trailer, as bytes. */
function seal(text: string, charset: string, sequence: number | undefined): Buffer {
  if (sequence === undefined) return iconv.encode(text, charset);
  const summed = iconv.encode(`${text}AY${sequence}AZ`, charset);
  return Buffer.concat([summed, Buffer.from(checksum(summed))]);
}

interface Outgoing {
  text: string;
  charset: string;
  sequence: number | undefined;
  lineEnd: string;
}

async function send(socket: Socket, fault: AnswerFault | undefined, out: Outgoing): Promise<void> {
  const { text, charset, sequence, lineEnd } = out;
  const end = Buffer.from(lineEnd);
  const whole = Buffer.concat([seal(text, charset, sequence), end]);
  switch (fault) {
    case undefined:
      return void socket.write(whole);
    case 'garbage-fields': {
      const garbage = `${text}ZZ\u0007?|C4::SIP::SIPServer=HASH(0x55bd59f3b3c8)QQ|x||AF|`;
      return void socket.write(Buffer.concat([seal(garbage, charset, sequence), end]));
    }
    case 'no-pipe-before-trailer':
      return void socket.write(Buffer.concat([seal(text.replace(/\|$/, ''), charset, sequence), end]));
    case 'wrong-sequence':
      return void socket.write(Buffer.concat([seal(text, charset, ((sequence ?? 0) + 5) % 10), end]));
    case 'bad-checksum': {
      const damaged = Buffer.from(whole);
      damaged[Math.min(8, damaged.length - 10)]! ^= 1;
      return void socket.write(damaged);
    }
    case 'half-message':
      socket.write(whole.subarray(0, whole.length >> 1));
      return void socket.end();
    case 'two-in-one-packet':
      return void socket.write(Buffer.concat([whole, whole]));
    case 'slow-bytes':
      for (const byte of whole) {
        socket.write(Buffer.of(byte));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return;
    case 'no-trailer':
      return void socket.write(Buffer.concat([iconv.encode(text, charset), end]));
    case 'garbage-bytes':
      return void socket.write(Buffer.from([0, 255, 13, 10, 0x80, 0x7c, 13, 0x7f, 0x41, 13]));
    case 'endless':
      for (let sent = 0; sent < 24 && !socket.destroyed; sent++) socket.write(Buffer.alloc(65_536, 0x41));
      return;
    case 'no-answer':
      return;
    case 'drop':
    case 'drop-before':
    case 'ask-again':
      socket.destroy();
  }
}
