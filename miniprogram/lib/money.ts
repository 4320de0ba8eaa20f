/** "¥3.50" from Chinese fen. */
export function yuan(cents: number): string {
  return `¥${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
