/**
 * Makes this thread's `Date` and `Date.now` run ahead by `offset[0]` milliseconds, read anew each time.
 * Timers and `performance` keep the machine's time.
 */
export function shiftDate(offset: Float64Array): void {
  const RealDate = Date;
  const realNow = RealDate.now.bind(RealDate);
  const now = (): number => Math.trunc(realNow() + (offset[0] ?? 0));
  const ShiftedDate = new Proxy(RealDate, {
    construct: (target, args: unknown[], newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget) as Date,
    apply: () => new RealDate(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : (Reflect.get(target, key, receiver) as unknown)),
  });
  // so that `date.constructor === Date` still holds
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: ShiftedDate,
    writable: true,
    configurable: true,
  });
  globalThis.Date = ShiftedDate;
}
