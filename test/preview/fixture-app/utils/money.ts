export const money = (value: number): string => `¥${value.toFixed(2)}`;
