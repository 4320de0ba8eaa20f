import path from 'node:path';

/**
 * A configuration whose file names (settings that end in `File`) are relative
 * to the folder of the configuration itself, not to where the program was started.
 */
export function resolveFiles(json: unknown, folder: string): unknown {
  if (Array.isArray(json)) return json.map((entry) => resolveFiles(entry, folder));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]: [string, unknown]) => [
      name,
      name.endsWith('File') && typeof value === 'string' && value !== ''
        ? path.resolve(folder, value)
        : resolveFiles(value, folder),
    ]),
  );
}
