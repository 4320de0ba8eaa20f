import { randomUUID } from 'node:crypto';

/** What the platform tells about one invocation; the field's spelling differs between runtimes. */
export interface InvocationContext {
  request_id?: string;
  requestId?: string;
}

export const requestIdOf = (invocation: InvocationContext | undefined): string =>
  invocation?.request_id ?? invocation?.requestId ?? randomUUID();
