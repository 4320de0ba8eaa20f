type Listener = (...values: unknown[]) => void;

/** The line between a page and the one it opened: each side hears what the other emits. */
export class EventChannel {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly waiting: [name: string, values: unknown[]][] = [];
  /** The opened page's end. */
  readonly opener: EventChannel;

  constructor(events: Record<string, Listener>, other?: EventChannel) {
    this.opener = other ?? new EventChannel({}, this);
    for (const [name, listener] of Object.entries(events)) this.on(name, listener);
  }

  emit(name: string, ...values: unknown[]): void {
    const listeners = this.opener.listeners.get(name);
    // The opened page may listen only in onLoad, the opener may speak before.
    if (!listeners || listeners.size === 0) this.opener.waiting.push([name, values]);
    else for (const listener of [...listeners]) listener(...values);
  }

  on(name: string, listener: Listener): void {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    for (const [waitingName, values] of this.waiting.splice(0)) {
      if (waitingName === name) listener(...values);
      else this.waiting.push([waitingName, values]);
    }
  }

  once(name: string, listener: Listener): void {
    const run: Listener = (...values) => {
      this.off(name, run);
      listener(...values);
    };
    this.on(name, run);
  }

  off(name: string, listener?: Listener): void {
    if (listener) this.listeners.get(name)?.delete(listener);
    else this.listeners.delete(name);
  }
}
