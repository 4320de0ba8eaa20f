/**
 * What the cloud answers instead of a result: `{"code","message","requestId"}` with HTTP 200.
 * wx-server-sdk turns the code into its number, e.g. DATABASE_REQUEST_FAILED into -502001.
 */
export class WireError extends Error {
  override readonly name = 'WireError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The database understood the request and could not do it (-502001). */
export const requestFailed = (message: string): WireError =>
  new WireError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`);

/** An operator, stage, option or type outside of what is emulated, always named in the message (-502002). */
export const unsupported = (what: string): WireError =>
  new WireError(
    'DATABASE_INVALID_OPERRATOR',
    `[InvalidOperator] ${what} is not supported by the local cloud`,
  );

/** The request itself is malformed (-501007). */
export const invalidParam = (message: string): WireError =>
  new WireError('INVALID_PARAM', `[InvalidParameter] ${message}`);

export const collectionNotFound = (name: string): WireError =>
  new WireError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${name}. Declare it in the schema or create it with addCollection.`,
  );

export const transactionConflict = (): WireError =>
  new WireError(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others',
  );

export const transactionBusy = (): WireError =>
  new WireError(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionBusy] Transaction is busy, too many are open, try again later',
  );

export const transactionNotFound = (): WireError =>
  new WireError(
    'DATABASE_TRANSACTION_NOT_EXIST',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, it ended, failed or was open for more than 30 seconds',
  );
