import { NotInPreview, reportError } from '../errors';

export interface Callbacks {
  success?: (result: object) => void;
  fail?: (error: object) => void;
  complete?: (outcome: object) => void;
}

/** A failure with fields of its own beside errMsg. */
export class WxFailure extends Error {
  constructor(
    message: string,
    readonly fields: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

const CALLBACKS = ['success', 'fail', 'complete'];

/**
 * An asynchronous member of wx: answers by callbacks when any is given, else by a promise, as WeChat does.
 * An option that is not listed is refused by name. `run` fails by throwing; its message follows `name:fail`.
 */
export function asyncCall<O extends object>(
  name: string,
  options: readonly (keyof O & string)[],
  run: (options: O) => object | void | Promise<object | void>,
): (given?: O & Callbacks) => Promise<object> | undefined {
  return (given) => {
    const all = (given ?? {}) as O & Callbacks;
    refuseUnknown(`wx.${name}`, all, options);
    const outcome = settle(name, () => run(all));
    const hasCallback = CALLBACKS.some((callback) => typeof all[callback as keyof Callbacks] === 'function');
    if (!hasCallback) return outcome;
    outcome.then(
      (result) => {
        callBack(all.success, result);
        callBack(all.complete, result);
      },
      (error: unknown) => {
        callBack(all.fail, error as object);
        callBack(all.complete, error as object);
      },
    );
    return undefined;
  };
}

export function refuseUnknown(owner: string, given: object, known: readonly string[]): void {
  for (const option of Object.keys(given)) {
    if (!known.includes(option) && !CALLBACKS.includes(option))
      throw new NotInPreview(`${owner}({ ${option} })`);
  }
}

async function settle(name: string, run: () => object | void | Promise<object | void>): Promise<object> {
  try {
    return { ...(await run()), errMsg: `${name}:ok` };
  } catch (error) {
    if (error instanceof NotInPreview) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const fields = error instanceof WxFailure ? error.fields : {};
    // WeChat rejects with a plain object, so code that tests for one is served the same here.
    throw { errMsg: `${name}:fail ${message}`, ...fields }; // eslint-disable-line @typescript-eslint/only-throw-error -- as WeChat does
  }
}

function callBack(callback: ((value: object) => void) | undefined, value: object): void {
  try {
    callback?.(value);
  } catch (error) {
    reportError(error);
  }
}

/** A pair of on… and off…. */
export function listeners<V>(): {
  on: (run: (value: V) => void) => void;
  off: (run?: (value: V) => void) => void;
  emit: (value: V) => void;
} {
  const all = new Set<(value: V) => void>();
  return {
    on: (run) => {
      all.add(run);
    },
    off: (run) => {
      if (run) all.delete(run);
      else all.clear();
    },
    emit: (value) => {
      for (const run of all) {
        try {
          run(value);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
