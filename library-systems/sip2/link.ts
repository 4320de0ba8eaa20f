import type { Socket } from 'node:net';
import { LibraryFault } from '../library-fault';
import { isTlsCode } from './dial';
import type { AnswerCode } from './wire/answer-forms';
import { RESEND_ASKED } from './wire/answer-forms';
import type { Charset } from './wire/charset';
import { encodeRequest, encodeResend } from './wire/encode-request';
import type { Request } from './wire/encode-request';
import { FrameReader } from './wire/frames';
import { first, openEnvelope, parseAnswer } from './wire/parse-answer';
import type { Answer, Envelope } from './wire/parse-answer';

export interface LinkOptions {
  charset: Charset;
  /** Whether messages carry sequence numbers and checksums. */
  errorDetection: boolean;
  /** What ends our messages. */
  lineEnd: '\r' | '\r\n';
  /** Longest wait for an answer, in milliseconds. */
  timeoutMs: number;
  /** Sees the bytes of every good answer, to judge the character set by; must keep none of them. */
  onBody?: (body: Buffer) => void;
}

/** How long a server has to close its side of a connection that we end, in milliseconds. */
const CLOSING_MS = 500;
/** How long we go on waiting for the right answer after one with another sequence number, in milliseconds. */
const STRAY_MS = 1_000;

interface Exchange {
  request: Request;
  sent: Buffer;
  sequence: number | undefined;
  resolve: (answer: Answer) => void;
  reject: (fault: LibraryFault) => void;
  timer: NodeJS.Timeout;
  /** Ends the wait after a stray answer. */
  strayTimer?: NodeJS.Timeout;
  /** We asked for the answer again, for this reason; once is enough. */
  resent?: 'wrong' | 'absent';
  /** The server asked for the message again, and got it. */
  repeated?: boolean;
}

/**
 * One connection to a SIP2 server: a message, then its answer. Whatever leaves
 * it in doubt which answer belongs to what ends the connection.
 */
export class Link {
  #frames = new FrameReader();
  #sequence = 0;
  #exchange: Exchange | undefined;
  #closed = false;
  #bareAnswers = 0;
  #lastAnswer = Date.now();
  /** Called once when the connection has ended on both sides, for whatever reason. */
  onClosed: () => void = () => undefined;
  #markEnded: () => void = () => undefined;
  /** Resolves when the connection has ended on both sides. */
  readonly ended = new Promise<void>((resolve) => (this.#markEnded = resolve));

  constructor(
    private readonly socket: Socket,
    private readonly options: LinkOptions,
  ) {
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error: NodeJS.ErrnoException) => this.#cut(error));
    socket.on('close', () => this.#cut());
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  /** Answers that came without checksum, and were taken when they were repeated so. */
  get bareAnswers(): number {
    return this.#bareAnswers;
  }

  /** Milliseconds since the server was last heard of. */
  get silentMs(): number {
    return Date.now() - this.#lastAnswer;
  }

  /**
   * Sends a message and waits for its answer.
   * @param patienceMs for a message that must not take as long as others
   * @throws {LibraryFault} UNREACHABLE (a read was cut), LOST (a write was cut), TIMEOUT, GARBLED, REJECTED
   */
  ask<C extends AnswerCode>(request: Request<C>, patienceMs = Infinity): Promise<Answer<C>> {
    const { charset, errorDetection, lineEnd } = this.options;
    const timeoutMs = Math.min(this.options.timeoutMs, patienceMs);
    return new Promise<Answer>((resolve, reject) => {
      if (this.#exchange) throw new Error('A connection takes one message at a time');
      if (this.#closed) {
        return reject(new LibraryFault('UNREACHABLE', 'The connection has been closed'));
      }
      const sequence = errorDetection ? this.#sequence : undefined;
      this.#sequence = (this.#sequence + 1) % 10;
      // Throws before anything is sent.
      const message = encodeRequest(request, charset, sequence);
      const sent = Buffer.concat([message, Buffer.from(lineEnd)]);
      const timer = setTimeout(() => {
        this.#fail(new LibraryFault('TIMEOUT', `No answer to ${request.code} within ${timeoutMs} ms`));
      }, timeoutMs);
      this.#exchange = { request, sent, sequence, resolve, reject, timer };
      this.socket.write(sent);
    }) as Promise<Answer<C>>;
  }

  /** Ends the connection in peace: the server counts it as open until it has seen the end. */
  close(): void {
    if (this.#closed) return;
    if (this.#exchange) return this.#cut();
    this.#closed = true;
    this.socket.end();
    setTimeout(() => this.socket.destroy(), CLOSING_MS).unref();
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#frames.push(chunk)) this.#take(frame);
    } catch (error) {
      if (!(error instanceof LibraryFault)) throw error;
      this.#fail(error);
    }
  }

  #take(frame: Buffer): void {
    const exchange = this.#exchange;
    if (!exchange) {
      // An answer that nobody waits for. With numbers it cannot be mistaken for another; without them it could.
      if (!this.options.errorDetection) this.close();
      return;
    }
    const envelope = openEnvelope(frame);
    if (envelope.code === RESEND_ASKED) return this.#sendAgain(exchange);
    if (exchange.sequence === undefined) return this.#settle(exchange, envelope);
    if (envelope.checksum !== 'right') {
      // What was sent again often carries no trailer; then only its content can tell that it is the one.
      if (exchange.resent && envelope.checksum === 'absent') return this.#settle(exchange, envelope);
      return this.#askAgain(exchange, envelope);
    }
    const unnumbered = exchange.resent && envelope.sequence === undefined;
    if (envelope.sequence !== exchange.sequence && !unnumbered) return this.#passOver(exchange);
    this.#settle(exchange, envelope);
  }

  /** The server could not read what we sent. A write is not sent twice, whatever the server says. */
  #sendAgain(exchange: Exchange): void {
    if (exchange.request.kind === 'write' || exchange.repeated) {
      const { code } = exchange.request;
      return this.#fail(
        new LibraryFault('GARBLED', `The server cannot read message ${code}`, { reason: 'protocol' }),
      );
    }
    exchange.repeated = true;
    this.socket.write(exchange.sent);
  }

  /** Asks once for the last answer again: that redoes nothing, not even a write. */
  #askAgain(exchange: Exchange, { checksum }: Envelope): void {
    if (exchange.resent) {
      const what = checksum === 'absent' ? 'has no checksum' : 'has a wrong checksum';
      return this.#fail(new LibraryFault('GARBLED', `The answer ${what}`, { reason: 'protocol' }));
    }
    exchange.resent = checksum === 'absent' ? 'absent' : 'wrong';
    this.socket.write(Buffer.concat([encodeResend(), Buffer.from(this.options.lineEnd)]));
  }

  /** An answer to something else, such as one that came twice: the right one may still follow. */
  #passOver(exchange: Exchange): void {
    exchange.strayTimer ??= setTimeout(() => {
      const fault = new LibraryFault('GARBLED', 'The answer has another sequence number', {
        reason: 'protocol',
      });
      this.#fail(fault);
    }, STRAY_MS);
  }

  #settle(exchange: Exchange, envelope: Envelope): void {
    const answer = parseAnswer(envelope, this.options.charset);
    const { request } = exchange;
    const numbered = exchange.sequence !== undefined && envelope.sequence === exchange.sequence;
    if (answer.code !== request.answer || (!numbered && !isAbout(request, answer))) {
      throw new LibraryFault('GARBLED', `${answer.code} is no answer to ${request.code}`, {
        reason: 'protocol',
      });
    }
    if (exchange.sequence !== undefined && envelope.checksum === 'absent') this.#bareAnswers++;
    this.options.onBody?.(envelope.body);
    this.#lastAnswer = Date.now();
    this.#finish();
    exchange.resolve(answer);
  }

  /** After a failure nobody knows what comes next over this connection. */
  #fail(fault: LibraryFault): void {
    const exchange = this.#finish();
    this.#end();
    if (exchange?.resent === 'absent') {
      // A server without checksums need not know how to repeat an answer either.
      const bare = new LibraryFault('GARBLED', 'The answer has no checksum', {
        reason: 'protocol',
        cause: fault,
      });
      return exchange.reject(bare);
    }
    exchange?.reject(fault);
  }

  #cut(error?: NodeJS.ErrnoException): void {
    const exchange = this.#finish();
    this.#end();
    if (!exchange) return;
    const code = error?.code ?? '';
    const reason = isTlsCode(code) ? { reason: 'tls' as const } : {};
    const lost = exchange.request.kind === 'write';
    exchange.reject(
      new LibraryFault(
        lost ? 'LOST' : 'UNREACHABLE',
        `The connection was cut before ${exchange.request.code} was answered`,
        { cause: error, ...reason },
      ),
    );
  }

  #finish(): Exchange | undefined {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    clearTimeout(exchange?.timer);
    clearTimeout(exchange?.strayTimer);
    return exchange;
  }

  #end(): void {
    this.#closed = true;
    this.socket.destroy();
    const { onClosed } = this;
    this.onClosed = () => undefined;
    onClosed();
    this.#markEnded();
  }
}

/** Whether an answer without a number names the reader and the copy that were asked about, as far as it names any. */
function isAbout(request: Request, answer: Answer): boolean {
  return ['AA', 'AB'].every((id) => {
    const asked = request.fields.find(([field]) => field === id)?.[1];
    const named = first(answer, id);
    return asked === undefined || named === undefined || named.toUpperCase() === asked.toUpperCase();
  });
}
