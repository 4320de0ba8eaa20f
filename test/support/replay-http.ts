import http from 'node:http';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

/** One recorded exchange; a fixture is a JSON file of this form whose name begins with its number. */
export interface RecordedExchange {
  request: {
    method: string;
    /** Path without query. */
    path: string;
    query?: Record<string, string>;
    /** Headers that must be there as they stand; others may be there too. */
    headers?: Record<string, string>;
    /** Fields of a form, or any JSON; absent: no body. */
    form?: Record<string, string>;
    json?: unknown;
  };
  response: {
    status: number;
    headers?: Record<string, string>;
    /** A text is sent as it stands, anything else as JSON. */
    body?: unknown;
  };
}

/** The exchanges of a folder by their numbers, or those whose file name begins with one of `numbers`. */
export function readExchanges(folder: string, ...numbers: string[]): RecordedExchange[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .filter((file) => numbers.length === 0 || numbers.some((number) => file.startsWith(number)))
    .sort()
    .map((file) => JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as RecordedExchange);
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_key, entry: unknown) =>
    entry !== null && typeof entry === 'object' && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );

/** What of a request is compared, as one text. */
function essence(request: RecordedExchange['request']): string {
  const { method, path: target, query = {}, form, json } = request;
  return sorted({ method, target, query, form, json });
}

/** A field that stands twice is not overwritten but kept apart, so that it matches no fixture. */
function fieldsOf(parameters: URLSearchParams): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [name, value] of parameters) {
    fields[name in fields ? `${name} (again)` : name] = value;
  }
  return fields;
}

/**
 * A server that answers as recorded and nothing else. Each exchange is played
 * once; of several equal requests the first answers come first. What was not
 * foreseen is answered with status 599, and `finish` fails for it, as for what
 * was recorded and never asked.
 */
export async function replayHttp(
  exchanges: readonly RecordedExchange[],
): Promise<{ url: string; finish(): Promise<void> }> {
  const left = [...exchanges];
  const unforeseen: string[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://replay');
      const body = Buffer.concat(chunks).toString('utf8');
      const type = request.headers['content-type'] ?? '';
      const asked: RecordedExchange['request'] = {
        method: request.method ?? '',
        path: url.pathname,
        query: fieldsOf(url.searchParams),
        ...(body !== '' &&
          (type.startsWith('application/x-www-form-urlencoded')
            ? { form: fieldsOf(new URLSearchParams(body)) }
            : { json: JSON.parse(body) as unknown })),
      };
      const at = left.findIndex(
        (exchange) =>
          essence(exchange.request) === essence(asked) &&
          Object.entries(exchange.request.headers ?? {}).every(
            ([name, value]) => request.headers[name.toLowerCase()] === value,
          ),
      );
      const [found] = at < 0 ? [] : left.splice(at, 1);
      if (!found) {
        unforeseen.push(essence(asked));
        response.writeHead(599).end('not recorded');
        return;
      }
      const { status, headers = {}, body: answer = '' } = found.response;
      const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
      const json = typeof answer === 'string' ? {} : { 'content-type': 'application/json' };
      response.writeHead(status, { ...json, ...headers }).end(text);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async finish() {
      server.close();
      server.closeAllConnections();
      if (unforeseen.length > 0) throw new Error(`Not recorded: ${unforeseen.join('\n')}`);
      const never = left.map((exchange) => essence(exchange.request));
      if (never.length > 0) throw new Error(`Recorded, but never asked: ${never.join('\n')}`);
    },
  };
}
