/** At most as many whole units as still make exact cents. */
const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/**
 * An amount such as `12.500000`, `12.5` or 12.5 in cents, exactly; `undefined`
 * for what is no amount or has fractions of a cent.
 */
export function centsOf(amount: string | number): number | undefined {
  const match = DECIMAL.exec(String(amount).trim());
  if (!match) return undefined;
  const [, sign, whole = '0', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(2))) return undefined;
  const cents = Number(whole) * 100 + Number(fraction.slice(0, 2).padEnd(2, '0'));
  return sign === '-' && cents !== 0 ? -cents : cents;
}
