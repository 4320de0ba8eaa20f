/** Where a finger is, px. */
export interface Touch {
  clientX: number;
  clientY: number;
}

/** Shorter than this it was not meant, px. */
const SHORTEST = 56;
/** How much more sideways than up or down. */
const SIDEWAYS = 1.6;

/** What a finger meant that came down at one place and went up at another. */
export function swipeOf(from: Touch | null, to: Touch | undefined): 'next' | 'previous' | undefined {
  if (from === null || to === undefined) return undefined;
  const [x, y] = [to.clientX - from.clientX, to.clientY - from.clientY];
  if (Math.abs(x) < SHORTEST || Math.abs(x) < SIDEWAYS * Math.abs(y)) return undefined;
  return x < 0 ? 'next' : 'previous';
}

/** Further than this a finger was moved, px. */
const STILL = 10;

/** Whether a finger came down and went up at one place. */
export function isTap(from: Touch | null, to: Touch | undefined): boolean {
  if (from === null || to === undefined) return false;
  return Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) < STILL;
}
