import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startStub } from './support';
import type { Stub } from './support';

/**
 * Conversations with a real server, in the order in which they were held: `0001.request` holds the parameters, one a
 * line, and `0001.response.xml` the answer to them.
 */
export const FOLDER = path.join(__dirname, '../../fixtures/sru/zebra');

/** Set to record the conversations anew, with the Zebra that is installed. */
export const RECORDING = process.env.SHUTONG_RECORD_SRU !== undefined;

const lines = (query: URLSearchParams): string =>
  [...query]
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join('\n') + '\n';

/** Answers what was recorded, and nothing else. */
export async function startReplay(): Promise<Stub> {
  const answers = new Map<string, string>();
  for (const name of readdirSync(FOLDER).filter((file) => file.endsWith('.request'))) {
    const response = name.replace(/request$/, 'response.xml');
    answers.set(
      readFileSync(path.join(FOLDER, name), 'utf8'),
      readFileSync(path.join(FOLDER, response), 'utf8'),
    );
  }
  return await startStub((query, response) => {
    const answer = answers.get(lines(query));
    if (answer === undefined) response.writeHead(500).end('not recorded');
    else response.setHeader('content-type', 'text/xml').end(answer);
  });
}

/** Passes everything on to a real server and writes each new request down. */
export async function startRecorder(url: string): Promise<Stub> {
  if (existsSync(FOLDER)) rmSync(FOLDER, { recursive: true });
  mkdirSync(FOLDER, { recursive: true });
  const known = new Map<string, Promise<string>>();
  let count = 0;
  return await startStub((query, response) => {
    const request = lines(query);
    const answer =
      known.get(request) ??
      fetch(`${url}?${String(query)}`).then(async (real) => {
        const text = await real.text();
        const number = String(++count).padStart(4, '0');
        writeFileSync(path.join(FOLDER, `${number}.request`), request);
        writeFileSync(path.join(FOLDER, `${number}.response.xml`), text);
        return text;
      });
    known.set(request, answer);
    void answer.then((text) => response.setHeader('content-type', 'text/xml').end(text));
  });
}
