/** Digits with or without thousands separators, and at most two decimals that are not zero. */
const AMOUNT = /^(-?)(\d{1,9}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{0,2})0*)?$/;

/**
 * An amount such as `12.5`, `¥1,234.50` or `CNY 3` in cents, exactly. A debt
 * below zero is a credit: nothing is owed. `undefined` for what is no amount or
 * is finer than cents.
 */
export function toCents(text: string): number | undefined {
  const bare = text.replace(/^[^\d.,-]{0,8}|[^\d.,]{0,8}$/gu, '').replace(/^\./, '0.');
  const found = AMOUNT.exec(bare);
  if (!found) return undefined;
  const [, sign, whole, decimals = ''] = found;
  const cents = Number(whole!.replaceAll(',', '')) * 100 + Number(decimals.padEnd(2, '0'));
  return sign === '-' ? 0 : cents;
}
