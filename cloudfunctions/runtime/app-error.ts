import type { FaultCode } from '../../contracts/result';

/** A fault that ends an action. `route` turns it into the answer's envelope; the message stays in the logs. */
export class AppError extends Error {
  override readonly name = 'AppError';

  /** @param message for the logs; must hold no personal data */
  constructor(
    readonly code: FaultCode,
    message: string,
    readonly retryable = false,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}
