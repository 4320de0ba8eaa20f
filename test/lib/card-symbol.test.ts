import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { prepareZXingModule, readBarcodes, type ReadInputBarcodeFormat } from 'zxing-wasm/reader';
import { cardSymbol, symbolImage, symbolWidth, type CardSymbol } from '../../miniprogram/lib/card-symbol';

const wasm = fs.readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

const SCALE = 4;
type Picture = Parameters<typeof readBarcodes>[0];

/** The picture as a scanner sees it: the path of the SVG painted on white. */
function paint(symbol: CardSymbol): Picture {
  const svg = decodeURIComponent(symbolImage(symbol).replace(/^data:image\/svg\+xml,/, ''));
  const [width, height] = [symbol.width * SCALE, symbol.height * SCALE];
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  const path = / d='([^']+)'/.exec(svg)?.[1] ?? '';
  for (const [, x, y, w, h] of path.matchAll(/M(\d+) (\d+)h(\d+)v(\d+)h-\d+z/g))
    for (let row = Number(y) * SCALE; row < (Number(y) + Number(h)) * SCALE; row += 1)
      for (let at = Number(x) * SCALE; at < (Number(x) + Number(w)) * SCALE; at += 1)
        data.fill(0, (row * width + at) * 4, (row * width + at) * 4 + 3);
  return { data, width, height, colorSpace: 'srgb' } as Picture;
}

async function scan(symbol: CardSymbol | undefined, format: ReadInputBarcodeFormat): Promise<string[]> {
  if (symbol === undefined) throw new Error('nothing was drawn');
  const found = await readBarcodes(paint(symbol), { formats: [format], tryHarder: true });
  return found.filter(({ isValid }) => isValid).map(({ text }) => text);
}

describe('the barcode of a card', () => {
  it.each([
    ['code39', 'Code39Std', '20261234567'],
    ['code39', 'Code39Std', 'B-2026/07.1 $+%'],
    ['code128', 'Code128', '20261234567'],
    ['code128', 'Code128', '202612345678'],
    ['code128', 'Code128', 'Ab12345cd6789'],
    ['code128', 'Code128', '~ {}|1'],
    ['qr', 'QRCode', '20261234567'],
    ['qr', 'QRCode', '读者证 №7'],
  ] as const)('%s says what it was given (%s: %s)', async (symbology, format, text) => {
    expect(await scan(cardSymbol(text, symbology), format)).toEqual([text]);
  });

  it.each([1, 14, 15, 26, 27, 42, 43, 62, 63, 84, 85, 106])('a QR code takes %i bytes', async (length) => {
    const text = 'a1B2-'.repeat(22).slice(0, length);
    expect(await scan(cardSymbol(text, 'qr'), 'QRCode')).toEqual([text]);
  });

  it('draws any card number of letters and digits in every kind', async () => {
    const number = fc.stringMatching(/^[0-9A-Z]{4,24}$/);
    await fc.assert(
      fc.asyncProperty(number, async (text) => {
        expect(await scan(cardSymbol(text, 'code39'), 'Code39Std')).toEqual([text]);
        expect(await scan(cardSymbol(text, 'code128'), 'Code128')).toEqual([text]);
        expect(await scan(cardSymbol(text, 'qr'), 'QRCode')).toEqual([text]);
      }),
      { numRuns: 25 },
    );
  });

  it('says what it cannot draw instead of drawing something else', () => {
    expect(cardSymbol('学号1', 'code39')).toBeUndefined();
    expect(cardSymbol('12*3', 'code39')).toBeUndefined();
    expect(cardSymbol('学号1', 'code128')).toBeUndefined();
    expect(cardSymbol('', 'code128')).toBeUndefined();
    expect(cardSymbol('x'.repeat(107), 'qr')).toBeUndefined();
  });

  it('is drawn in whole pixels where there is room', () => {
    const symbol = { width: 110, height: 60, path: '' };
    expect(symbolWidth(symbol, 335)).toBe(330);
    expect(symbolWidth(symbol, 90)).toBe(90);
  });
});
