const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** Whether bytes begin as a JPEG, a PNG or a WebP does; names and types that a client says prove nothing. */
export function isPicture(bytes: Buffer): boolean {
  const begins = (magic: Buffer): boolean => bytes.subarray(0, magic.length).equals(magic);
  const isWebp =
    bytes.subarray(0, 4).toString('latin1') === 'RIFF' && bytes.subarray(8, 12).toString('latin1') === 'WEBP';
  return begins(PNG) || begins(JPEG) || isWebp;
}
