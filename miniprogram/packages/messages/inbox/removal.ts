import { call } from '../../../services/api';

/** What one call may name; see contracts/messages/actions.ts. */
export const MOST_IDS = 100;
/** How long a removal can be taken back, ms. */
const UNDO_MS = 8_000;

interface Listener {
  /** Something is hidden that was not, or the other way round */
  changed(): void;
  /** These are gone for good */
  removed(ids: readonly string[], unread: number): void;
  /** Not all could be removed: the rest is there again */
  failed(error: unknown): void;
}

/**
 * Messages that the reader removes: hidden at once, removed when it cannot be taken back any more. If the app is ended
 * before, they are still there.
 */
export class Removal {
  /** Also of what is gone, so that a late answer to an earlier reading does not bring it back */
  private readonly hidden = new Set<string>();
  private waiting: readonly string[] = [];
  private timer = 0;

  constructor(private readonly listener: Listener) {}

  hides(id: string): boolean {
    return this.hidden.has(id);
  }

  /** How many can still be taken back. */
  get count(): number {
    return this.waiting.length;
  }

  /** What waited before is removed now. */
  begin(ids: readonly string[]): void {
    void this.finish();
    this.waiting = ids;
    for (const id of ids) this.hidden.add(id);
    this.timer = setTimeout(() => void this.finish(), UNDO_MS) as unknown as number;
    this.listener.changed();
  }

  undo(): void {
    clearTimeout(this.timer);
    this.show(this.waiting);
    this.waiting = [];
    this.listener.changed();
  }

  /** Removes what waits, now. Never throws. */
  async finish(): Promise<void> {
    clearTimeout(this.timer);
    const ids = this.waiting;
    if (ids.length === 0) return;
    this.waiting = [];
    this.listener.changed();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const some = ids.slice(from, from + MOST_IDS);
      try {
        const { unread } = await call('messages.remove', { ids: some });
        this.listener.removed(some, unread);
      } catch (error) {
        this.show(ids.slice(from));
        this.listener.failed(error);
        return;
      }
    }
  }

  private show(ids: readonly string[]): void {
    for (const id of ids) this.hidden.delete(id);
  }
}
