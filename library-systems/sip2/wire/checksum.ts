/**
 * The checksum of a message (SIP 2.00, "Checksums"): the two's complement of the
 * sum of all bytes up to and including the field id AZ, as four hexadecimal
 * digits. It is over bytes as they travel, never over characters.
 */
export function checksumOf(bytes: Uint8Array): string {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return (-sum & 0xffff).toString(16).toUpperCase().padStart(4, '0');
}
