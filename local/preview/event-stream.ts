import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PreviewEvent } from './browser/program';

const KEEP_ALIVE_MS = 20_000;

/** Server-sent events: a listener gets the latest event at once and each later one. */
export class EventStream {
  private readonly listeners = new Set<ServerResponse>();
  private latest: PreviewEvent | undefined;
  private readonly timer = setInterval(() => {
    for (const listener of this.listeners) listener.write(': still here\n\n');
  }, KEEP_ALIVE_MS).unref();

  open(req: IncomingMessage, res: ServerResponse): void {
    res.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    res.write('retry: 500\n\n');
    if (this.latest) res.write(line(this.latest));
    this.listeners.add(res);
    req.on('close', () => this.listeners.delete(res));
  }

  /** For whoever listens now. */
  tell(event: PreviewEvent): void {
    for (const listener of this.listeners) listener.write(line(event));
  }

  /** Also for whoever comes later. */
  send(event: PreviewEvent): void {
    this.latest = event;
    this.tell(event);
  }

  close(): void {
    clearInterval(this.timer);
    for (const listener of this.listeners) listener.end();
  }
}

const line = (event: PreviewEvent): string => `data: ${JSON.stringify(event)}\n\n`;
