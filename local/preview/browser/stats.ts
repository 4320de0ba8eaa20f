/** What the bench reads from `window.__preview.stats`. */
export interface PreviewStats {
  /** Milliseconds from the start of the navigation to the first page's onReady, after the next frame. */
  interactiveAt: number | undefined;
  /** By page: calls of setData, by the page and its components, and the JSON bytes they carried. */
  pages: Record<string, { setDataCalls: number; setDataBytes: number }>;
  /** Bytes of everything the document has loaded, by kind of file, as they came over the wire. */
  bytes(): Record<string, number>;
}

export const stats: PreviewStats = {
  interactiveAt: undefined,
  pages: {},
  bytes() {
    const sum: Record<string, number> = {};
    for (const entry of performance.getEntries()) {
      if (!(entry instanceof PerformanceResourceTiming)) continue;
      const kind = /\.(\w+)(?:\?|$)/.exec(entry.name)?.[1] ?? 'html';
      sum[kind] = (sum[kind] ?? 0) + entry.encodedBodySize;
    }
    return sum;
  },
};

let opening = '';

/** Tells which page is being built: its components are not in the document yet when they first set data. */
export function countFor(page: string): void {
  opening = page;
}

export function countSetData(page: string | undefined, data: object): void {
  const name = page ?? opening;
  const counter = (stats.pages[name] ??= { setDataCalls: 0, setDataBytes: 0 });
  counter.setDataCalls += 1;
  counter.setDataBytes += new TextEncoder().encode(JSON.stringify(data)).length;
}
