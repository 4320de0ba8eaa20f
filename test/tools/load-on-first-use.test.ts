import { describe, expect, it } from '@jest/globals';
import { transpileModule, ModuleKind, ScriptTarget } from 'typescript';
import { loadOnFirstUse } from '../../tools/load-on-first-use';

/** Runs a module in TypeScript, with its imports deferred, and tells what was loaded until when. */
function run(source: string, modules: Record<string, unknown>) {
  const compiled = transpileModule(source, {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2019, esModuleInterop: true },
  }).outputText;
  const { code, deferred } = loadOnFirstUse(compiled);
  const loaded: string[] = [];
  const require = (name: string): unknown => (loaded.push(name), modules[name]);
  const exports: Record<string, never> = {};
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what a bundler would make of it
  new Function('require', 'exports', code)(require, exports);
  return { exports: exports as Record<string, (...given: unknown[]) => unknown>, loaded, deferred };
}

class Four {
  constructor(readonly value: number) {}
}

describe('a module of the SDKs', () => {
  it('loads what it imports when it first uses it, and once', () => {
    const { exports, loaded, deferred } = run(
      `import one from 'one'; import { Four } from 'four'; import two, { type Two, more } from 'two'; import { three } from 'three';
       export const first = () => one(1) + one(2);
       export const second = (given: Two) => two(given) + more;
       export const third = (given: { three: number }) => three + given.three;
       export const fourth = () => new Four(4).value;`,
      {
        one: (n: number) => n,
        two: { __esModule: true, default: (n: number) => n, more: 1 },
        three: { three: 3 },
        four: { Four },
      },
    );
    expect([deferred, loaded]).toEqual([4, []]);
    expect(exports['first']!()).toBe(3);
    expect(exports['first']!()).toBe(3);
    expect(loaded).toEqual(['one']);
    expect(exports['second']!(1)).toBe(2);
    expect(exports['third']!({ three: 4 })).toBe(7);
    expect(exports['fourth']!()).toBe(4);
    expect(loaded).toEqual(['one', 'two', 'three', 'four']);
  });

  it('loads at once what it needs at once: what it extends, hands on, or imports for its effect', () => {
    const { exports, loaded } = run(
      `import 'effect'; import { Base } from 'base'; import { value } from 'value';
       export class Derived extends Base {} export const copy = value; export { later } from 'later';`,
      { effect: {}, base: { Base: function Base() {} }, value: { value: 7 }, later: { later: () => 8 } },
    );
    expect(loaded).toEqual(['effect', 'base', 'value']);
    expect(exports['copy']).toBe(7);
    expect(exports['later']!()).toBe(8);
    expect(loaded.at(-1)).toBe('later');
  });

  it('loads at once what is imported as a whole, whose name could be another’s', () => {
    const { exports, loaded } = run(
      `import * as all from 'all'; export const first = (given: { all: number }, all_1 = all.one) => all_1 + given.all;`,
      { all: { one: 1 } },
    );
    expect(loaded).toEqual(['all']);
    expect(exports['first']!({ all: 2 })).toBe(3);
  });

  it('leaves alone what TypeScript has not written', () => {
    const bundled = 'module.exports=function(e){var t_1=require("x");return t_1}';
    expect(loadOnFirstUse(bundled)).toEqual({ code: bundled, deferred: 0 });
  });
});
