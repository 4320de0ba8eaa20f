import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { Registry } from 'prom-client';

/**
 * What the gateway says to the library's own people, at an address of its own:
 * `/metrics` for Prometheus, `/health` and `/ready` without details.
 */
export function createInsideApp({
  registry,
  isReady,
  token,
}: {
  registry: Registry;
  isReady: () => boolean;
  /** Asked for as `Authorization: Bearer …` where given; read for each request. */
  token: () => string | undefined;
}): Hono {
  const app = new Hono();
  app.get('/health', (c) => c.json({ ok: true }));
  app.get('/ready', (c) => c.json({ ok: isReady() }, isReady() ? 200 : 503));
  app.get('/metrics', async (c) => {
    const expected = token();
    if (expected !== undefined && !isSame(c.req.header('authorization') ?? '', `Bearer ${expected}`)) {
      return c.body(null, 401);
    }
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  app.notFound((c) => c.body(null, 404));
  return app;
}

/** Takes the same time whatever differs, and whatever the lengths. */
function isSame(given: string, expected: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(expected));
}
