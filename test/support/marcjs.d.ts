/** As far as the tests compare with it (https://github.com/fredericd/marcjs, 3.0.2, which brings no types). */
declare module 'marcjs' {
  interface Record {
    leader: string;
    /** Tag and value, or tag, indicators, and codes with their values. */
    fields: string[][];
  }
  export const Marc: {
    parse(raw: Uint8Array, type: 'iso2709'): Record;
    parse(raw: string, type: 'marcxml'): Record;
  };
}
