import { prepareZXingModule, readBarcodes, type ReadInputBarcodeFormat } from 'zxing-wasm/reader';

/** What wx.scanCode answers. */
export interface Barcode {
  result: string;
  scanType: string;
  charSet: string;
  /** Base64 of the bytes in the code. */
  rawData: string;
}

prepareZXingModule({ overrides: { locateFile: (file: string) => `/preview/static/${file}` } });

/** Formats of the decoder and their names in WeChat, by `scanType` of the call. */
const FORMATS: Record<string, [format: ReadInputBarcodeFormat, name: string][]> = {
  barCode: [
    ['EAN13', 'EAN_13'],
    ['EAN8', 'EAN_8'],
    ['UPCA', 'UPC_A'],
    ['UPCE', 'UPC_E'],
    ['Code39', 'CODE_39'],
    ['Code93', 'CODE_93'],
    ['Code128', 'CODE_128'],
    ['Codabar', 'CODABAR'],
    ['ITF', 'ITF'],
  ],
  qrCode: [['QRCode', 'QR_CODE']],
  datamatrix: [['DataMatrix', 'DATA_MATRIX']],
  pdf417: [['PDF417', 'PDF_417']],
};

/** The first barcode of the picture, or undefined. Rejects what is not a picture. */
export async function decodeBarcode(
  picture: Blob | ImageData,
  scanTypes: string[],
): Promise<Barcode | undefined> {
  const wanted = (scanTypes.length > 0 ? scanTypes : ['barCode', 'qrCode']).flatMap(
    (type) => FORMATS[type] ?? [],
  );
  const names = new Map<string, string>(wanted);
  const pixels = picture instanceof Blob ? await pixelsOf(picture) : picture;
  const found = await readBarcodes(pixels, {
    formats: wanted.map(([format]) => format),
    tryHarder: true,
    tryRotate: true,
    tryInvert: true,
    maxNumberOfSymbols: 1,
  });
  const first = found[0];
  if (!first?.isValid) return undefined;
  return {
    result: first.text,
    scanType: names.get(first.format) ?? first.format,
    charSet: 'utf-8',
    rawData: btoa(String.fromCharCode(...first.bytes)),
  };
}

/** The browser decodes the picture, so that its rotation and every format that it knows are honoured. */
async function pixelsOf(file: Blob): Promise<ImageData> {
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, bitmap.width, bitmap.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
