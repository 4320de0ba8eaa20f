let changes = 0;

/** Something of the card, its loans or holds changed: pages that show them read again when they come to the front. */
export function deskChanged(): void {
  changes += 1;
}

/** Grows with every change. */
export function deskState(): number {
  return changes;
}
