import type { HoldRow } from './rows';

/** Whether a copy with this barcode can serve a hold on its title. */
export const servedBy = (hold: Pick<HoldRow, 'itemBarcode'>, barcode: string): boolean =>
  hold.itemBarcode === undefined || hold.itemBarcode === barcode;

/** The waiting holds of a title in the order in which they are served. @param holds all holds of the title */
export const waitingIn = (holds: readonly HoldRow[]): HoldRow[] =>
  holds.filter(({ status }) => status === 'waiting').sort((a, b) => a.turn - b.turn);

/** Who gets a copy that has come back. */
export const nextFor = (holds: readonly HoldRow[], barcode: string): HoldRow | undefined =>
  waitingIn(holds).find((hold) => servedBy(hold, barcode));

/**
 * Place of a waiting hold among those that compete with it, from 1. A hold on
 * the title competes with all, one on a copy with those that the copy can serve.
 */
export function positionOf(hold: HoldRow, holds: readonly HoldRow[]): number {
  const { itemBarcode } = hold;
  const before = waitingIn(holds).filter(({ turn }) => turn < hold.turn);
  const rivals = itemBarcode === undefined ? before : before.filter((other) => servedBy(other, itemBarcode));
  return rivals.length + 1;
}
