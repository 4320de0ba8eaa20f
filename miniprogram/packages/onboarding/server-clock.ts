/** Longer than this does not pass between two looks unless the phone slept or its clock was set, ms. */
const JUMP_MS = 5_000;
/** A call that took longer says nothing about the way of its answer, ms. */
const LONGEST_CALL_MS = 12_000;

/**
 * The server's time on a phone whose clock may be wrong and may be set while the paper is open: only what
 * passes between two looks is taken from it, and never backwards.
 */
export class ServerClock {
  private server = 0;
  private seen = 0;
  /** The phone's clock has jumped since the server was heard: its time is to be asked again. */
  doubtful = false;

  constructor(private readonly read: () => number = Date.now) {}

  /** To be called before a call whose answer tells the time. @returns what `heard` wants to know */
  asking(): number {
    return this.read();
  }

  /** @param now the server's time, of an answer that came just now; half of the call's time is its way back */
  heard(now: string, asked: number): void {
    this.seen = this.read();
    const took = this.seen - asked;
    this.server = Date.parse(now) + (took > 0 && took < LONGEST_CALL_MS ? took / 2 : 0);
    this.doubtful = false;
  }

  /** ms since 1970 */
  now(): number {
    const read = this.read();
    const passed = read - this.seen;
    this.seen = read;
    if (passed < 0 || passed > JUMP_MS) this.doubtful = true;
    this.server += Math.max(0, passed);
    return this.server;
  }

  /** ms until a moment of the server's time; 0 when it has passed */
  until(moment: string): number {
    return Math.max(0, Date.parse(moment) - this.now());
  }
}

/** The one of the app: every answer that tells the time corrects it for all pages. */
export const serverClock = new ServerClock();
