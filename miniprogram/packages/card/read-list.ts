import type { Denied } from '../../../contracts/denials';
import { asFault } from '../../services/api';
import { denialNotice } from '../../services/denial-words';
import { faultNotice, type FaultNotice } from '../../services/fault-notice';
import { toast } from '../../services/phone';

/** What stands on a page that lists something of the card. */
export type ListState = 'loading' | 'ready' | 'unbound' | 'error';

interface ListPage {
  data: { state: ListState };
  setData(data: { state: ListState; fault?: FaultNotice }): void;
}

/**
 * Reads a list of the card and shows it, or why it cannot be shown. What is shown already stays when it
 * cannot be read anew.
 * @returns whether what is shown is now older than it looks
 */
export async function readList<T extends object>(
  page: ListPage,
  read: () => Promise<T | { denied: Denied }>,
  show: (answer: T) => void,
): Promise<boolean> {
  try {
    const answer = await read();
    if ('denied' in answer) page.setData({ state: 'error', fault: denialNotice(answer.denied) });
    else show(answer);
    return false;
  } catch (error) {
    if (asFault(error).code === 'CARD_NOT_BOUND') page.setData({ state: 'unbound' });
    else if (page.data.state !== 'ready') page.setData({ state: 'error', fault: faultNotice(error) });
    else {
      toast(faultNotice(error).title);
      return true;
    }
    return false;
  }
}
