import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the request at which something is to happen: it never arrives, or its answer does not. */
export type Cut = 'before' | 'after';

/**
 * Stands between the functions and the cloud that they talk to, counts their requests, and lets a test act at one of
 * them.
 * @param target where the cloud is now
 */
export async function startCountingWire(target: () => string) {
  let next: { left: number; cut: Cut; act: () => void } | undefined;
  let requests = 0;
  let dropped: string | undefined;
  let listener: { text: string; left: number; act: () => Promise<unknown> } | undefined;

  const forward = async (
    req: IncomingMessage,
  ): Promise<{ status: number; body: Buffer; type: string; isDropped: boolean }> => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    if (listener && Buffer.concat(chunks).includes(listener.text) && --listener.left === 0) {
      const { act } = listener;
      listener = undefined;
      await act();
    }
    const answer = await fetch(target() + (req.url ?? '').slice('/wire'.length), {
      method: req.method ?? 'POST',
      headers: { 'content-type': req.headers['content-type'] ?? 'application/json' },
      body: Buffer.concat(chunks),
    });
    const type = answer.headers.get('content-type') ?? '';
    const isDropped = dropped !== undefined && Buffer.concat(chunks).includes(dropped);
    if (isDropped) dropped = undefined;
    return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()), type, isDropped };
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    requests++;
    const due = next && --next.left <= 0 ? next : undefined;
    if (due) next = undefined;
    if (due?.cut === 'before') {
      due.act();
      return void res.destroy();
    }
    const { status, body, type, isDropped } = await forward(req);
    if (due) {
      due.act();
      return void res.destroy();
    }
    if (isDropped) return void res.destroy();
    res.writeHead(status, { 'content-type': type }).end(body);
  };

  const server = createServer((req, res) => {
    // the cloud may be gone just now
    serve(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wire`,
    /** How many requests there have been. */
    count: (): number => requests,
    /** Acts at the so-manieth request from now on. */
    at(count: number, cut: Cut, act: () => void): void {
      next = { left: count, cut, act };
    },
    /** Acts before the so-manieth request that holds a text goes on. */
    onBody(text: string, count: number, act: () => Promise<unknown>): void {
      listener = { text, left: count, act };
    },
    /** The answer to the next request that holds a text is lost. */
    dropAnswerOf(text: string): void {
      dropped = text;
    },
    /** Nothing more is to happen. */
    quiet(): void {
      next = undefined;
      listener = undefined;
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
