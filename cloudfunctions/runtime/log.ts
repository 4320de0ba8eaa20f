/** What a log line may hold: bounded facts about a call, never what a reader typed, their identity or an answer's content. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: LogFields) => void;

/** One JSON object a line on standard output, which the cloud collects. `base` stands in every line. */
export function createLog(base: LogFields, write: (line: string) => void = writeLine): Log {
  return (level, event, fields = {}) => {
    write(JSON.stringify({ time: new Date().toISOString(), level, event, ...base, ...fields }));
  };
}

function writeLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/**
 * The place of an error without its message: messages of unexpected errors may
 * quote the input, and input may be personal.
 */
export function placeOf(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorType: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { errorType: error.name, stack: frames.slice(0, 8).join('\n') };
}
