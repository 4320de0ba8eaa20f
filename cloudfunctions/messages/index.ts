import { vouchedCaller } from '../cloud/wx-context';
import { servePush } from '../features/messages/chat/serve-push';
import { readPushConfig } from '../runtime/config';
import { createLog } from '../runtime/log';
import { openDesk } from '../wiring/desk';
import { libraryOrFault, openLibrary } from '../wiring/library';
import { requestIdOf, type InvocationContext } from '../wiring/request-id';
import { ports } from './ports';

const library = libraryOrFault(openLibrary('messages'));
const desk = openDesk('messages');
const settings = readPushConfig(process.env);

/**
 * Entry of the `messages` function: what WeChat pushes. No client may call it (function-rules.json), and whatever
 * comes from one, or from another function, is refused here once more.
 */
export async function main(event: unknown, invocation?: InvocationContext): Promise<unknown> {
  const requestId = requestIdOf(invocation);
  const log = createLog({ function: 'messages', requestId });
  if (!settings.ok) {
    log('error', 'not-configured', { problems: settings.problems.join('; ') });
    return 'success';
  }
  const context = { requestId, library, desk, now: () => Date.now() };
  return servePush({ vouched: vouchedCaller(), source: settings.config.source, context, ports, log }, event);
}
