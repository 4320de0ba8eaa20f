import { randomUUID } from 'node:crypto';
import { readerApi } from '../../contracts';
import { createLog } from '../runtime/log';
import { faultOf, route } from '../runtime/route';
import { callerOpenid } from '../cloud/wx-context';
import { desk } from './desk';
import { handlers } from './handlers';
import { library } from './library';

/** What the platform tells about one invocation; the field's spelling differs between runtimes. */
interface InvocationContext {
  request_id?: string;
  requestId?: string;
}

/** Entry of the `reader` function: whatever a WeChat user may ask. */
export async function main(event: unknown, invocation?: InvocationContext): Promise<unknown> {
  const requestId = invocation?.request_id ?? invocation?.requestId ?? randomUUID();
  const log = createLog({ function: 'reader', requestId });
  if (!library.ok) {
    log('error', 'not-configured', { problems: library.problems.join('; ') });
    return faultOf({ code: 'NOT_CONFIGURED', retryable: false }, requestId);
  }
  const context = {
    requestId,
    openid: callerOpenid(),
    library: library.connect,
    desk,
    now: () => Date.now(),
  };
  return route(readerApi, handlers, context, event, log);
}
