import { readerApi } from '../../contracts';
import { callerOpenid, callerUnionid } from '../cloud/wx-context';
import { createLog } from '../runtime/log';
import { faultOf, route } from '../runtime/route';
import { openDesk } from '../wiring/desk';
import { openLibrary } from '../wiring/library';
import { requestIdOf, type InvocationContext } from '../wiring/request-id';
import { handlers } from './handlers';

const desk = openDesk('reader');
const library = openLibrary('reader');

/** Entry of the `reader` function: whatever a WeChat user may ask. */
export async function main(event: unknown, invocation?: InvocationContext): Promise<unknown> {
  const requestId = requestIdOf(invocation);
  const log = createLog({ function: 'reader', requestId });
  if (!library.ok) {
    log('error', 'not-configured', { problems: library.problems.join('; ') });
    return faultOf({ code: 'NOT_CONFIGURED', retryable: false }, requestId);
  }
  const context = {
    requestId,
    openid: callerOpenid(),
    unionid: callerUnionid(),
    library: library.connect,
    desk,
    now: () => Date.now(),
  };
  return route(readerApi, handlers, context, event, log);
}
