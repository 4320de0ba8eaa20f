import { createHash } from 'node:crypto';
import { crc32, encodePng } from './png';

/**
 * Draws what stands in for a mini program code: a disc of rays around a plain middle, different for each
 * scene and page. WeChat alone can make codes that it can scan; this one scans as nothing.
 * @param side pixels
 * @param ink 0xRRGGBB
 */
export function drawPlaceholderCode(text: string, side: number, ink: number, transparent: boolean): Buffer {
  const seed = createHash('sha256').update(text).digest();
  const rings = 8;
  const rays = 36;
  const pixels = Buffer.alloc(side * side * 4);
  const middle = (side - 1) / 2;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [(x - middle) / middle, (y - middle) / middle];
      const radius = Math.hypot(dx, dy);
      const ring = Math.floor(radius * (rings + 3)) - 3;
      const ray = Math.floor(((Math.atan2(dy, dx) + Math.PI) / (2 * Math.PI)) * rays) % rays;
      const inked = ring >= 0 && ring < rings && (crc32(Buffer.from([...seed, ring, ray])) & 1) === 1;
      const colour = inked ? ink : 0xffffff;
      pixels.writeUInt32BE(colour * 256 + (inked || !transparent ? 255 : 0), (y * side + x) * 4);
    }
  }
  return encodePng(pixels, side, side);
}
