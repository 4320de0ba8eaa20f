const UNITS = /(?<![\w#.-])(-?(?:\d*\.)?\d+)(rpx|vw|vh)\b/g;

/** rpx, vw and vh as parts of the phone's screen instead of the browser's window. */
export function phoneUnits(value: string): string {
  if (!/rpx|vw|vh/.test(value)) return value;
  return value.replace(UNITS, (_, number: string, unit: string) => `calc(${number} * var(--${unit}))`);
}
