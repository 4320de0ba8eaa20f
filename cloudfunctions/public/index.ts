import { publicApi } from '../../contracts/public';
import { callerOpenid } from '../cloud/wx-context';
import { createLog } from '../runtime/log';
import { route } from '../runtime/route';
import { AppError } from '../runtime/app-error';
import { requestIdOf, type InvocationContext } from '../wiring/request-id';
import { handlers } from './handlers';

/** What is asked here needs neither the library nor what is kept about readers. */
const notHere = (): never => {
  throw new AppError('NOT_CONFIGURED', 'the public function has no library and no desk');
};

/** Entry of the `public` function: what anybody may ask, with or without an identity. It has no keys. */
export async function main(event: unknown, invocation?: InvocationContext): Promise<unknown> {
  const requestId = requestIdOf(invocation);
  const context = {
    requestId,
    openid: callerOpenid(),
    library: notHere,
    desk: notHere,
    now: () => Date.now(),
  };
  return route(publicApi, handlers, context, event, createLog({ function: 'public', requestId }), 'anybody');
}
