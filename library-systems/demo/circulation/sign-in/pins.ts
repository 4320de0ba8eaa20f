import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * The PIN of a demo reader: six digits that follow from the reference, for
 * demonstrations only. Nothing about PINs is ever stored, so nothing can leak.
 */
export function pinOf(ref: string): string {
  const number = createHash('sha256').update(`shutong demo pin ${ref}`).digest().readUInt32BE(0);
  return String(100_000 + (number % 900_000));
}

/** Takes the same time whatever differs. @param ref of nobody if the card number is unknown */
export function isPinOf(ref: string | undefined, pin: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(pinOf(ref ?? '')), digest(pin)) && ref !== undefined;
}
