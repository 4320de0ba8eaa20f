import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { startPreview } from '../local/preview';
import { launchBrowser } from '../test/e2e/support/browser';

/**
 * The first page of the mini program in the preview beside an empty page in the same browser: milliseconds until it
 * is interactive, bytes loaded, and setData calls. Cloud functions answer nothing here, so what is measured is the
 * preview and the pages themselves. `npx tsx bench/preview.ts [folder of a mini program]`
 */
const ROUNDS = 9;

interface Measured {
  milliseconds: number;
  bytes: Record<string, number>;
  pages: Record<string, { setDataCalls: number; setDataBytes: number }>;
}

async function main(): Promise<void> {
  const root = process.argv[2] ?? path.join(__dirname, '..', 'miniprogram');
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-bench-'));
  const lines: string[] = [];
  const preview = await startPreview({
    miniprogramRoot: root,
    outDir,
    watch: false,
    log: (line) => lines.push(line),
  });
  const server = http.createServer((req, res) => {
    if (req.url === '/empty') {
      res.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>empty</title>');
      return;
    }
    void preview.handle(req, res).then((mine) => {
      if (!mine) res.writeHead(503, { 'content-type': 'application/json' }).end('{"errCode":-504002}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const browser = await launchBrowser();
  const empty: number[] = [];
  const first: Measured[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    empty.push(await measureEmpty(browser, `${url}/empty`));
    first.push(await measureApp(browser, `${url}/app`));
  }
  print(lines, empty, first);
  await browser.close();
  await preview.close();
  server.closeAllConnections();
  server.close();
  fs.rmSync(outDir, { recursive: true, force: true });
}

/** Until the frame after the load event, in a fresh context without a cache. */
async function measureEmpty(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  const milliseconds = await page.evaluate<number>(
    'new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))',
  );
  await context.close();
  return milliseconds;
}

async function measureApp(browser: Browser, url: string): Promise<Measured> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('html[data-ready]').waitFor();
  await page.waitForLoadState('networkidle').catch(() => undefined);
  const measured = await page.evaluate<Measured>(
    '({ milliseconds: __preview.stats.interactiveAt, bytes: __preview.stats.bytes(), pages: __preview.stats.pages })',
  );
  await context.close();
  return measured;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function print(build: string[], empty: number[], first: Measured[]): void {
  const line = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  const reference = median(empty);
  const interactive = median(first.map((measured) => measured.milliseconds));
  build.forEach(line);
  line(`empty page              ${reference.toFixed(0)} ms (median of ${ROUNDS})`);
  line(
    `first page interactive  ${interactive.toFixed(0)} ms, ${(interactive / reference).toFixed(1)} × the empty page`,
  );
  const last = first.at(-1);
  if (!last) return;
  const kinds = Object.entries(last.bytes).map(([kind, bytes]) => `${kind} ${(bytes / 1024).toFixed(0)} KB`);
  line(`loaded                  ${kinds.join(', ')}`);
  for (const [page, { setDataCalls, setDataBytes }] of Object.entries(last.pages)) {
    line(`setData                 ${page}: ${setDataCalls} calls, ${setDataBytes} bytes`);
  }
}

void main();
