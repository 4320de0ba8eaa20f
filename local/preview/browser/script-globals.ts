/** What wxs code and the compiled templates find in the global scope. */
export function installScriptGlobals(): void {
  Object.assign(globalThis, {
    getRegExp: (pattern: string, flags?: string) => new RegExp(pattern, flags ?? ''),
    getDate: (...parts: [] | [number]) => (parts.length > 0 ? new Date(...(parts as [number])) : new Date()),
    __wxsConstructor: (value: unknown) => Object.prototype.toString.call(value).slice(8, -1),
  });
}
