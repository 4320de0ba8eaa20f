/** A year as fixed fields write it; `19uu`, `9999` and blanks are none. */
export function yearOf(text: string): number | undefined {
  return /^(?:1\d|20|21)\d\d$/.test(text) ? Number(text) : undefined;
}

/** The first year in a text such as `c2008`, `[2003]`, `昭和 46-47 [1971-1972]`. */
export function yearIn(text: string | undefined): number | undefined {
  const year = /(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)/.exec(text ?? '')?.[1];
  return year === undefined ? undefined : Number(year);
}
