/**
 * What the platform says when it fails a request itself, as the server SDKs name it (`code`) and as
 * the mini program's client shows it (`errCode`). The numbers stand in wx-server-sdk's own table and in
 * WeChat's list of cloud error codes; those marked * were only seen in reports of other developers.
 */
const ERR_CODES = {
  SYS_ERR: -501001,
  INVALID_PARAM: -501007,
  /** No such action on the wire. */
  INVALID_ACTION: -501007,
  EXCEED_REQUEST_SIZE_LIMIT: -501007,
  /** More calls at once than the function may have instances and waiting places. */
  EXCEED_CONCURRENT_REQUEST_LIMIT: -501004,
  /** * A function rule forbids the call, or the function does not exist and the default rule denies. */
  PERMISSION_DENIED: -501023,
  /** * */
  FUNCTION_NOT_FOUND: -501000,
  FUNCTIONS_EXECUTE_FAIL: -504002,
  /** * */
  FUNCTIONS_TIME_LIMIT_EXCEEDED: -504003,
  /** * */
  FUNCTIONS_MEMORY_LIMIT_EXCEEDED: -504005,
  CLOUDFUNCTION_RESULT_SIZE_EXCEED_LIMIT: -604001,
  STORAGE_REQUEST_FAIL: -503001,
  STORAGE_EXCEED_AUTHORITY: -503002,
  STORAGE_FILE_NONEXIST: -503003,
} as const;

export type PlatformCode = keyof typeof ERR_CODES;

/** A request that the platform itself refused or could not finish. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly errCode: number;

  constructor(
    readonly code: PlatformCode,
    message: string,
  ) {
    super(message);
    this.errCode = ERR_CODES[code];
  }

  /** The message that `wx.cloud.callFunction` fails with. */
  get clientMessage(): string {
    return `cloud.callFunction:fail Error: errCode: ${this.errCode} ${this.code} | errMsg: ${this.message}`;
  }
}
