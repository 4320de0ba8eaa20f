import { staffApi } from '../../contracts/staff';
import { callerOpenid } from '../cloud/wx-context';
import { createLog } from '../runtime/log';
import { route } from '../runtime/route';
import { openDesk } from '../wiring/desk';
import { libraryOrFault, openLibrary } from '../wiring/library';
import { requestIdOf, type InvocationContext } from '../wiring/request-id';
import { handlers } from './handlers';

const desk = openDesk('staff');
const library = openLibrary('staff');

/**
 * Entry of the `staff` function: what the library orders with the keys of its cloud environment. No client may call
 * it (function-rules.json), and one that does is refused here once more.
 */
export async function main(event: unknown, invocation?: InvocationContext): Promise<unknown> {
  const requestId = requestIdOf(invocation);
  const context = {
    requestId,
    openid: callerOpenid(),
    library: libraryOrFault(library),
    desk,
    now: () => Date.now(),
  };
  return route(staffApi, handlers, context, event, createLog({ function: 'staff', requestId }), 'staff');
}
