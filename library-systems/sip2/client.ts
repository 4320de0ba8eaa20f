import { LibraryFault } from '../library-fault';
import type { Sip2Config } from './config';
import { dial } from './dial';
import type { Peer } from './dial';
import { Link } from './link';
import type { LinkOptions } from './link';
import { Pool } from './pool';
import type { AnswerCode } from './wire/answer-forms';
import type { Request } from './wire/encode-request';
import type { Answer } from './wire/parse-answer';

/** What goes with every message of a site. */
export interface Station {
  config: Sip2Config;
  peer: Peer;
  login?: { user: string; password: string; location?: string };
  /** AC; empty where the server asks for none. */
  terminalPassword: string;
  clock: { now(): number };
}

export interface Client extends Station {
  /** Asks the server over one of the connections. @throws {LibraryFault} */
  ask: <C extends AnswerCode>(request: Request<C>) => Promise<Answer<C>>;
  pool: Pool<Link>;
}

/** A write goes over a connection that was heard of so long ago at most, in milliseconds; else it is tried first. */
const FRESH_MS = 2_000;
/** How long it has to answer then, in milliseconds: whoever waits for the write waits for this, too. */
const PROBE_MS = 2_000;

export function openClient(station: Station, onBody?: (body: Buffer) => void): Client {
  const { config } = station;
  const pool = new Pool(() => openLink(station, onBody), config);
  return { ...station, pool, ask: (request) => ask(pool, request) };
}

/**
 * Opens a connection, logs in where that is configured, and hears whether the
 * server is there for us.
 * @throws {LibraryFault}
 */
export async function openLink(station: Station, onBody?: (body: Buffer) => void): Promise<Link> {
  const { config, peer } = station;
  const options: LinkOptions = {
    charset: config.charset,
    errorDetection: config.errorDetection,
    lineEnd: config.lineEnd === 'crlf' ? '\r\n' : '\r',
    timeoutMs: config.timeoutMs,
    ...(onBody && { onBody }),
  };
  const link = new Link(await dial(peer), options);
  try {
    await logIn(link, station);
    const status = await link.ask(statusRequest());
    if (status.fixed.onlineStatus === 'N') {
      throw new LibraryFault('UNREACHABLE', 'The library system says that it is offline (98)', {
        reason: 'protocol',
      });
    }
    return link;
  } catch (error) {
    link.close();
    // It counts as open until then.
    await link.ended;
    throw error;
  }
}

/** @throws {LibraryFault} REJECTED when the server does not take the account */
export async function logIn(link: Link, { login }: Station): Promise<void> {
  if (!login) return;
  const { user, password, location } = login;
  let answer: Answer<'94'>;
  try {
    answer = await link.ask({
      code: '93',
      fixed: '00',
      fields: [
        ['CN', user],
        ['CO', password],
        ...(location === undefined ? [] : [['CP', location] as const]),
      ],
      answer: '94',
      kind: 'read',
    });
  } catch (error) {
    if (!(error instanceof LibraryFault) || error.code !== 'UNREACHABLE' || error.reason) throw error;
    const message = 'The library system closed the connection at the login (93)';
    throw new LibraryFault('UNREACHABLE', message, { reason: 'credentials', cause: error });
  }
  if (answer.fixed.ok !== '1') {
    throw new LibraryFault('REJECTED', 'The library system refuses the login (940)', {
      reason: 'credentials',
    });
  }
}

/** 99: all is well with us, lines of up to 80 characters, protocol 2.00. */
export const statusRequest = (): Request<'98'> => ({
  code: '99',
  fixed: '00802.00',
  fields: [],
  answer: '98',
  kind: 'read',
});

function ask<C extends AnswerCode>(pool: Pool<Link>, request: Request<C>): Promise<Answer<C>> {
  return request.kind === 'read' ? askRead(pool, request) : askWrite(pool, request);
}

/** Servers close what is idle without a word; a read whose connection was cut is asked once more. */
async function askRead<C extends AnswerCode>(pool: Pool<Link>, request: Request<C>): Promise<Answer<C>> {
  const answer = await pool.use((link) => link.ask(request).catch(whenCut));
  if (answer) return answer;
  pool.dropIdle();
  return pool.use((link) => link.ask(request));
}

function whenCut(error: unknown): undefined {
  if (!(error instanceof LibraryFault) || error.code !== 'UNREACHABLE') throw error;
}

/**
 * A write goes out once, over a connection that is known to stand: if it was
 * silent for a while it must answer a status request first.
 */
async function askWrite<C extends AnswerCode>(pool: Pool<Link>, request: Request<C>): Promise<Answer<C>> {
  const attempt = (): Promise<Answer<C> | undefined> =>
    pool.use(async (link) => {
      if (link.silentMs > FRESH_MS && !(await answers(link))) return undefined;
      return link.ask(request);
    });
  const answer = await attempt();
  if (answer) return answer;
  pool.dropIdle();
  const second = await attempt();
  if (second) return second;
  throw new LibraryFault('UNREACHABLE', 'The connections to the library system have gone dead');
}

async function answers(link: Link): Promise<boolean> {
  try {
    await link.ask(statusRequest(), PROBE_MS);
    return true;
  } catch (error) {
    if (error instanceof LibraryFault) return false;
    throw error;
  }
}
