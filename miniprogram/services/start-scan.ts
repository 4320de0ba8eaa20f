import { openScan } from './navigate';
import { scanCode } from './scan';

/** Scans, then shows on the page of the scan what came of it; nothing happens when the reader cancels. */
export async function startScan(): Promise<void> {
  const scan = await scanCode();
  if (scan.kind === 'text') openScan({ text: scan.text });
  else if (scan.kind !== 'cancelled') openScan({ trouble: scan.kind });
}
