import fs from 'node:fs';
import path from 'node:path';

/**
 * The path below the root (without extension) that a value of `usingComponents` names, or undefined.
 * The order is WeChat's: absolute path, beside the file that names it, then miniprogram_npm upwards;
 * a folder stands for its `index`.
 */
export function resolveComponent(root: string, from: string, value: string): string | undefined {
  for (const candidate of candidates(from, value)) {
    if (candidate.startsWith('..')) continue;
    for (const name of [candidate, path.posix.join(candidate, 'index')]) {
      if (fs.existsSync(path.join(root, `${name}.json`))) return name;
    }
  }
  return undefined;
}

function candidates(from: string, value: string): string[] {
  if (value.startsWith('/')) return [path.posix.normalize(value.slice(1))];
  const folder = path.posix.dirname(from);
  const found = [path.posix.join(folder, value)];
  if (value.startsWith('.')) return found;
  const parts = folder === '.' ? [] : folder.split('/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    found.push(path.posix.join(...parts.slice(0, depth), 'miniprogram_npm', value));
  }
  return found;
}
