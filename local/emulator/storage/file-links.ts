import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../clock';

/** What a link allows. */
export type FileAccess = 'get' | 'put';

interface Grant {
  access: FileAccess;
  cloudPath: string;
  /** Milliseconds since the epoch, by the cloud's clock. */
  until: number;
}

/**
 * Signed links to files. All of it is one opaque word: a cloud path may hold characters that the SDKs encode
 * once, twice or not at all on their way.
 */
export class FileLinks {
  readonly #secret: Buffer;
  readonly #clock: Clock;

  constructor(secret: Buffer, clock: Clock) {
    this.#secret = secret;
    this.#clock = clock;
  }

  make(access: FileAccess, cloudPath: string, seconds: number): string {
    const grant: Grant = { access, cloudPath, until: this.#clock.now() + seconds * 1000 };
    const body = Buffer.from(JSON.stringify(grant)).toString('base64url');
    return `${body}.${this.#sign(body).toString('base64url')}`;
  }

  /** The cloud path that the link opens for this access now; undefined if it does not. */
  read(link: string, access: FileAccess): string | undefined {
    const [body = '', signature = ''] = link.split('.');
    const given = Buffer.from(signature, 'base64url');
    const right = this.#sign(body);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    const grant = JSON.parse(Buffer.from(body, 'base64url').toString()) as Grant;
    return grant.access === access && grant.until > this.#clock.now() ? grant.cloudPath : undefined;
  }

  #sign(body: string): Buffer {
    return createHmac('sha256', this.#secret).update(body).digest();
  }
}
