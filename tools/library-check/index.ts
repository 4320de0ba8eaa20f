import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { checkLibrary } from './check-library';

/** Asks in the terminal; a captcha is laid into a file of its own for a picture viewer. */
async function ask(question: string, captchaImage?: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const [, type = 'png', data] = /^data:image\/(\w+);base64,(.*)$/.exec(captchaImage ?? '') ?? [];
  if (data !== undefined) {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'captcha-')), `captcha.${type}`);
    writeFileSync(file, Buffer.from(data, 'base64'));
    console.error(`The picture lies in ${file}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = (await terminal.question(question)).trim();
    return answer === '' ? undefined : answer;
  } finally {
    terminal.close();
  }
}

void checkLibrary(process.argv.slice(2), {
  env: process.env,
  out: (line) => console.log(line),
  error: (line) => console.error(line),
  ask,
}).then((code) => {
  process.exitCode = code;
});
