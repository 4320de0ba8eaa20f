import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { DESCRIBE, describeSystem, operations } from '../library-systems/operations';
import type { OperationName } from '../library-systems/operations';
import { LibraryFault } from '../library-systems/library-fault';
import type { LibrarySystem } from '../library-systems/library-system';
import { checkHeader, checkSignature } from './authenticate';
import type { GatewayKey } from './authenticate';
import { NonceMemory } from './nonces';

export interface GatewayOptions {
  library: LibrarySystem;
  /** One key, or two while keys are changed: both are valid. */
  keys: readonly GatewayKey[];
  clock: { now(): number };
  /** Takes audit lines: JSON, without personal data, without inputs. */
  log: (line: string) => void;
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
export function createGatewayApp({ library, keys, clock, log }: GatewayOptions): Hono {
  const app = new Hono();
  const nonces = new NonceMemory(MAX_NONCES);

  app.get('/health', (c) => c.json({ ok: true }));

  app.post(
    '/v1/:operation',
    bodyLimit({ maxSize: MAX_BODY, onError: (c) => c.body(null, 413) }),
    async (c) => {
      const started = performance.now();
      const name = c.req.param('operation');
      const audit = (outcome: string, key?: string): void => {
        const known = has(name) || name === DESCRIBE;
        const ms = Math.round(performance.now() - started);
        log(JSON.stringify({ gateway: known ? name : 'unknown', outcome, ...(key ? { key } : {}), ms }));
      };

      const header = checkHeader(c.req.header('authorization'), keys, clock.now());
      if (typeof header === 'string') {
        audit(header);
        return c.body(null, 401);
      }
      const body = new Uint8Array(await c.req.arrayBuffer());
      const url = new URL(c.req.url);
      const request = { method: c.req.method, path: url.pathname + url.search, body };
      const refusal = checkSignature(request, header, nonces, clock.now());
      if (refusal) {
        audit(refusal);
        return c.body(null, 401);
      }

      const keyId = header.key.id;
      try {
        const outcome = await call(library, name, parseJson(body));
        audit(typeof outcome === 'string' ? outcome : 'ok', keyId);
        if (outcome === 'unknown-operation') return c.body(null, 404);
        if (outcome === 'bad-input') return c.body(null, 400);
        return c.json(outcome);
      } catch (error) {
        if (error instanceof LibraryFault) {
          audit(error.code, keyId);
          return c.json({ fault: { code: error.code } }, error.code === 'TIMEOUT' ? 504 : 502);
        }
        audit(`defect ${whereOf(error)}`, keyId);
        return c.json({ fault: { code: 'INTERNAL' } }, 500);
      }
    },
  );

  app.notFound((c) => c.body(null, 404));
  return app;
}
