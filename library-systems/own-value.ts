/** What stands in a table under a key that a peer sent: `constructor` and the like stand in none. */
export const ownValue = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
