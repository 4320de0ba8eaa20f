import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

/** Bytes of each package as it would be uploaded: `main`, and each subpackage by its root. */
export type PackageSizes = Record<string, number>;

/** The part of miniprogram-ci 2.1 that is used; the package is not there when the rest is type-checked. */
interface MiniProgramCi {
  Project: new (options: Record<string, unknown>) => object;
  DefaultProjectAttr: object;
  getCompiledResult(
    options: Record<string, unknown>,
    zipFile: string,
  ): Promise<Record<string, string | Buffer>>;
}

const requireHere = createRequire(__filename);

/**
 * Compiles a mini program with WeChat's own compiler, as an upload would.
 * @param projectDir the folder of project.config.json
 * @throws with the compiler's words when it refuses the project
 */
export async function compileMiniProgram(projectDir: string): Promise<PackageSizes> {
  const ci = loadCompiler();
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'shutong-official-'));
  const before = process.cwd();
  // The compiler leaves empty folders in the working directory.
  process.chdir(scratch);
  try {
    const project = new ci.Project({
      appid: 'wx0000000000000000',
      type: 'miniProgram',
      projectPath: path.resolve(before, projectDir),
      privateKeyPath: writeThrowAwayKey(scratch),
      ignores: ['node_modules/**/*'],
      // Asked of WeChat's servers otherwise; holds the size limits of an account.
      attr: () => Promise.resolve(ci.DefaultProjectAttr),
    });
    const files = await ci.getCompiledResult(
      { project, version: '1.0.0', setting: { useProjectConfig: true }, onProgressUpdate: () => undefined },
      path.join(scratch, 'compiled.zip'),
    );
    return sumByPackage(files);
  } finally {
    process.chdir(before);
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function loadCompiler(): MiniProgramCi {
  try {
    return requireHere('miniprogram-ci') as MiniProgramCi;
  } catch (cause) {
    throw new Error('First run: npm ci --prefix tools/official', { cause });
  }
}

function writeThrowAwayKey(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  const file = path.join(folder, 'key.pem');
  fs.writeFileSync(file, privateKey, { mode: 0o600 });
  return file;
}

function sumByPackage(files: Record<string, string | Buffer>): PackageSizes {
  const appJson = files['app.json'];
  if (appJson === undefined) throw new Error('The compiler gave no app.json');
  const app = JSON.parse(appJson.toString()) as {
    subPackages?: { root: string }[];
    subpackages?: { root: string }[];
  };
  const roots = [...(app.subPackages ?? []), ...(app.subpackages ?? [])].map(({ root }) =>
    root.replace(/\/*$/, '/'),
  );
  const sizes: PackageSizes = { main: 0, ...Object.fromEntries(roots.map((root) => [root.slice(0, -1), 0])) };
  for (const [file, content] of Object.entries(files)) {
    // Only tells the compiler what to do; it is not sent to phones.
    if (file === 'project.config.json') continue;
    const name = roots.find((root) => file.startsWith(root))?.slice(0, -1) ?? 'main';
    sizes[name] = (sizes[name] ?? 0) + Buffer.byteLength(content);
  }
  return sizes;
}
