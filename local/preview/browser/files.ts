import { userFiles } from './user-files';

/**
 * The address of a file that the mini program names: absolute in the package, relative to the component at `from`,
 * `wxfile://` in the user's folder, or an address of its own.
 */
export function resolveFile(name: string, from: string): string {
  if (name.startsWith('wxfile://')) return userFiles.urlOf(name);
  if (/^(?:https?:|data:|blob:)/.test(name)) return name;
  const url = new URL(name, `http://package/${from}`);
  return `/preview/files${url.pathname}`;
}
