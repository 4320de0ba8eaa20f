import type { SystemStatus } from '../../../contracts/library';
import { LibraryFault } from '../../../library-systems/library-fault';
import type { Context } from '../../runtime/context';

/**
 * How the library's system is doing. When not even its gateway can be asked that is the answer; a system that keeps
 * no count of its failures is `unknown`.
 */
export async function showStatus(context: Context): Promise<SystemStatus> {
  try {
    const { status } = await context.library();
    return status ? await status() : { state: 'unknown' };
  } catch (error) {
    if (error instanceof LibraryFault) return { state: 'down' };
    throw error;
  }
}
