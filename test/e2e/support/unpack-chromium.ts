import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const run = promisify(execFile);
const decompress = promisify(zlib.brotliDecompress);

export interface InstalledBrowser {
  executable: string;
  /** What the browser's process needs in its environment beside ours. */
  env: Record<string, string>;
}

/**
 * A Chromium: CHROME=/path, else the one in the npm package @sparticuz/chromium, unpacked once per version into the
 * temporary folder. The package is an ES module that jest's CommonJS cannot load, and it decides by environment
 * variables of another platform; its archives are all that is needed.
 */
export async function findBrowser(): Promise<InstalledBrowser> {
  const own = process.env['CHROME'];
  if (own) return { executable: own, env: {} };
  const installed = packageFolder('@sparticuz/chromium');
  const archives = path.join(installed, 'bin');
  const { version } = JSON.parse(fs.readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
    version: string;
  };
  const folder = path.join(os.tmpdir(), `shutong-browser-${version}-${os.userInfo().uid}`);
  if (!fs.existsSync(folder)) await unpackTo(folder, archives);
  const executable = path.join(folder, 'chromium');
  // The archive's libraries (NSS and friends) are older than a desktop's: they are used only where some are missing.
  const libraries = (await starts(executable)) ? {} : { LD_LIBRARY_PATH: path.join(folder, 'lib') };
  // Where a machine has no font at all, Chromium draws no text, not even in the fonts that a page brings. With the
  // package's own font as the only one of the system, text looks the same on every machine.
  return { executable, env: { ...libraries, FONTCONFIG_FILE: path.join(folder, 'fonts.conf') } };
}

/** Where a package lies that lets nobody require its package.json. */
function packageFolder(name: string): string {
  const folders = (require.resolve.paths(name) ?? []).map((folder) => path.join(folder, name));
  const found = folders.find((folder) => fs.existsSync(folder));
  if (!found) throw new Error(`${name} is not installed`);
  return found;
}

async function unpackTo(folder: string, archives: string): Promise<void> {
  const making = fs.mkdtempSync(`${folder}-`);
  await Promise.all([
    read(path.join(archives, 'chromium.br')).then((data) => {
      fs.writeFileSync(path.join(making, 'chromium'), data, { mode: 0o755 });
    }),
    read(path.join(archives, 'al2023.tar.br')).then((data) => {
      untar(data, making);
    }),
    read(path.join(archives, 'fonts.tar.br')).then((data) => {
      untar(data, making);
      fs.writeFileSync(path.join(making, 'fonts.conf'), fontConfiguration(folder));
    }),
    // Software drawing of WebGL; the browser looks for it beside itself.
    read(path.join(archives, 'swiftshader.tar.br')).then((data) => {
      untar(data, making);
    }),
  ]);
  try {
    fs.renameSync(making, folder);
  } catch (error) {
    // Another process was faster.
    fs.rmSync(making, { recursive: true, force: true });
    if (!fs.existsSync(folder)) throw error;
  }
}

const fontConfiguration = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>
`;

const read = async (file: string): Promise<Buffer> => decompress(fs.readFileSync(file));

const BLOCK = 512;

/** Files, folders and links of a tar archive of our own package. */
function untar(archive: Buffer, folder: string): void {
  const text = (from: number, length: number): string =>
    archive.toString('utf8', from, from + length).replace(/\0.*$/s, '');
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const name = text(at, 100);
    const size = parseInt(text(at + 124, 12), 8) || 0;
    const type = text(at + 156, 1);
    const target = path.join(folder, name);
    if (type === '5') fs.mkdirSync(target, { recursive: true });
    else {
      fs.mkdirSync(path.dirname(target), { recursive: true });
      if (type === '2') fs.symlinkSync(text(at + 157, 100), target);
      else if (type === '0' || type === '') {
        fs.writeFileSync(target, archive.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o755 });
      }
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

async function starts(executable: string): Promise<boolean> {
  return run(executable, ['--version']).then(
    () => true,
    () => false,
  );
}
