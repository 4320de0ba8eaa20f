/** What a reader typed as one term of CQL (CQL 1.2, section 3): quoted, without wildcards, anchors or a way out. */
export const term = (text: string): string => `"${text.replace(/[\\"*?^]/g, '\\$&')}"`;

/** `index==("a" or "b")` @param values at least one */
export const anyOf = (index: string, values: readonly string[]): string =>
  `${index}==(${values.map(term).join(' or ')})`;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** FOLIO's records have UUIDs for ids; nothing else is asked for as one. */
export const isUuid = (id: string): boolean => UUID.test(id);

/** Texts in groups that fit into an address. */
export function inGroups(values: readonly string[], size = 50): string[][] {
  const groups: string[][] = [];
  for (let at = 0; at < values.length; at += size) groups.push(values.slice(at, at + size));
  return groups;
}
