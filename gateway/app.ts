import { Hono } from 'hono';
import * as v from 'valibot';
import { DESCRIBE, describeSystem, operations } from '../library-systems/operations';
import type { OperationName } from '../library-systems/operations';
import { LibraryFault } from '../library-systems/library-fault';
import type { LibraryFaultCode } from '../library-systems/library-fault';
import type { LibrarySystem } from '../library-systems/library-system';
import { checkHeader, checkSignature } from './authenticate';
import type { GatewayKey, Refusal } from './authenticate';
import { NonceMemory } from './nonces';

/** Is told of each request, for counting. */
export interface RequestObserver {
  /** @param operation `unknown` for a name that is no operation @param outcome as in the audit log */
  request(operation: string, outcome: RequestOutcome, ms: number): void;
}

export type RequestOutcome =
  | Refusal
  | LibraryFaultCode
  | 'ok'
  | 'unknown-operation'
  | 'bad-input'
  | 'too-large'
  | 'broken-off'
  | 'defect';

interface AppOptions {
  /** Asked for each request, so that the library may be connected anew while the gateway runs. */
  library: () => Promise<LibrarySystem>;
  /** The keys that are valid now. */
  keys: () => readonly GatewayKey[];
  isReady: () => boolean;
  clock: { now(): number };
  log: (line: string) => void;
  observer?: RequestObserver;
}

/** Largest request body in bytes; the largest real one is a search of 200 characters with filters. */
const MAX_BODY = 64 * 1024;
/** 500,000 in ten minutes are over 800 requests a second, far above what a library system takes. */
const MAX_NONCES = 500_000;

const has = (name: string): name is OperationName => Object.hasOwn(operations, name);

type Outcome = { data: unknown } | 'unknown-operation' | 'bad-input';

/** Checks the input and calls the operation of this name, if the library has it. */
async function call(library: LibrarySystem, name: string, input: unknown): Promise<Outcome> {
  if (name === DESCRIBE) return { data: describeSystem(library) };
  if (!has(name)) return 'unknown-operation';
  const operation = operations[name];
  const run = operation.of(library) as ((input: unknown) => Promise<unknown>) | undefined;
  if (!run) return 'unknown-operation';
  const checked = v.safeParse(operation.input, input);
  return checked.success ? { data: await run(checked.output) } : 'bad-input';
}

/** The body; `broken-off` when its sender went away, whom an answer no longer reaches. */
async function readBody(request: Request): Promise<Uint8Array | 'too-large' | 'broken-off'> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) return 'too-large';
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of (request.body as ReadableStream<Uint8Array> | null) ?? []) {
      size += chunk.length;
      if (size > MAX_BODY) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'broken-off';
  }
  return Buffer.concat(chunks);
}

/** The body as JSON; `undefined`, which no operation takes, when it is not. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    return undefined;
  }
}

/** Name and place of a defect; not its message, which may hold what a reader typed. */
function whereOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 3).map((line) => line.trim())].join(' ');
}

/**
 * The gateway as a web application. Answers: 200 `{"data":…}`; 400 bad input,
 * 401 refused, 404 unknown operation, 413 too large: all four with an empty
 * body; 502 or 504 `{"fault":{"code":…}}` when the library system failed;
 * 500 `{"fault":{"code":"INTERNAL"}}` for a defect of ours.
 */
export function createGatewayApp({ library, keys, isReady, clock, log, observer }: AppOptions): Hono {
  const app = new Hono();
  const nonces = new NonceMemory(MAX_NONCES);

  app.get('/health', (c) => c.json({ ok: true }));
  app.get('/ready', (c) => c.json({ ok: isReady() }, isReady() ? 200 : 503));

  app.post('/v1/:operation', async (c) => {
    const started = performance.now();
    const name = c.req.param('operation');
    const audit = (outcome: RequestOutcome, key?: string, where = ''): void => {
      const operation = has(name) || name === DESCRIBE ? name : 'unknown';
      const ms = performance.now() - started;
      observer?.request(operation, outcome, ms);
      const line = { gateway: operation, outcome: outcome + where, ...(key && { key }), ms: Math.round(ms) };
      log(JSON.stringify(line));
    };

    const header = checkHeader(c.req.header('authorization'), keys(), clock.now());
    if (typeof header === 'string') {
      audit(header);
      return c.body(null, 401);
    }
    const body = await readBody(c.req.raw);
    if (typeof body === 'string') {
      audit(body);
      return c.body(null, body === 'too-large' ? 413 : 400);
    }
    const url = new URL(c.req.url);
    const request = { method: c.req.method, path: url.pathname + url.search, body };
    const refusal = checkSignature(request, header, nonces, clock.now());
    if (refusal) {
      audit(refusal);
      return c.body(null, 401);
    }

    const keyId = header.key.id;
    try {
      const outcome = await call(await library(), name, parseJson(body));
      audit(typeof outcome === 'string' ? outcome : 'ok', keyId);
      if (outcome === 'unknown-operation') return c.body(null, 404);
      if (outcome === 'bad-input') return c.body(null, 400);
      return c.json(outcome);
    } catch (error) {
      if (error instanceof LibraryFault) {
        audit(error.code, keyId);
        return c.json({ fault: { code: error.code } }, error.code === 'TIMEOUT' ? 504 : 502);
      }
      audit('defect', keyId, ` ${whereOf(error)}`);
      return c.json({ fault: { code: 'INTERNAL' } }, 500);
    }
  });

  app.notFound((c) => c.body(null, 404));
  return app;
}
