import type { Clock } from '../../clock';
import { makeWord, readWord } from '../signed-word';

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
    return makeWord(this.#secret, grant);
  }

  /** The cloud path that the link opens for this access now; undefined if it does not. */
  read(link: string, access: FileAccess): string | undefined {
    const grant = readWord(this.#secret, link) as Grant | undefined;
    return grant?.access === access && grant.until > this.#clock.now() ? grant.cloudPath : undefined;
  }
}
