import { LibraryFault } from '../library-fault';

/** In bytes; captchas have some two thousand. */
const MAX_PICTURE = 64 * 1024;

/** Leading bytes by kind: PNG 5.2, JPEG B.1.1.3, GIF 89a. */
const KINDS: readonly (readonly [string, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

/**
 * A captcha as a data: URL. What kind of picture it is say its bytes, not the site.
 * @throws {LibraryFault} GARBLED for what is no picture, or too large a one
 */
export function captchaPicture(bytes: Buffer): string {
  const kind = KINDS.find(([, magic]) => magic.every((byte, i) => bytes[i] === byte));
  if (!kind) {
    throw new LibraryFault('GARBLED', 'The captcha of the site is not a PNG, JPEG or GIF picture', {
      reason: 'protocol',
    });
  }
  if (bytes.length > MAX_PICTURE) {
    throw new LibraryFault('GARBLED', `The captcha of the site has ${bytes.length} bytes`, {
      reason: 'protocol',
    });
  }
  return `data:${kind[0]};base64,${bytes.toString('base64')}`;
}
