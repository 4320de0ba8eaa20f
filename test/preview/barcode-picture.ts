import fs from 'node:fs';
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer';

const wasm = fs.readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

/** A PNG of a barcode, as a scanner would like it. */
export async function barcodePicture(text: string, format: WriteInputBarcodeFormat): Promise<Buffer> {
  const made = await writeBarcode(text, { format, scale: 4, addQuietZones: true });
  if (!made.image) throw new Error(`no picture of ${text}: ${made.error}`);
  return Buffer.from(await made.image.arrayBuffer());
}
