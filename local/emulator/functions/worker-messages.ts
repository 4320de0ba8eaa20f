/** What a function's worker is started with. */
export interface WorkerStart {
  /** The bundle whose `main` is called. */
  file: string;
  /** One float64: milliseconds by which the cloud's clock is ahead of the machine's; the host writes it. */
  clockOffset: SharedArrayBuffer;
  /** Longest answer, in bytes of JSON. */
  resultLimit: number;
}

/** One event for the function. */
export interface WorkerCall {
  requestId: string;
  /** JSON. */
  event: string;
  /** The second argument of `main`. */
  context: Record<string, unknown>;
  /** Identity and source of this call; what the call before had set is taken away. */
  environment: Record<string, string>;
}

/** What a worker tells its host, in the order it happened. */
export type WorkerReport =
  | { type: 'loaded' }
  | { type: 'load-failed'; reason: string }
  | { type: 'log'; requestId: string; text: string }
  | { type: 'answered'; json: string }
  | { type: 'answer-too-large'; bytes: number }
  | { type: 'failed'; reason: string };
