import { fill } from '../i18n/index';
import { asFault } from './api';
import { texts } from './ui';

/** A failure in words, as components/page-notice shows it. */
export interface FaultNotice {
  title: string;
  hint: string;
  /** Empty where trying again cannot help */
  action: string;
  /** The number of the request, where one reached our function */
  note: string;
}

export const NO_FAULT: FaultNotice = { title: '', hint: '', action: '', note: '' };

const HOPELESS = new Set(['NOT_FOUND', 'UNSUPPORTED']);

export function faultNotice(error: unknown): FaultNotice {
  const { code, requestId } = asFault(error);
  const { faults, common } = texts();
  // A function newer than this app may answer with a code that it does not know.
  const words = (faults as Partial<typeof faults>)[code] ?? faults.INTERNAL;
  return {
    ...words,
    action: HOPELESS.has(code) ? '' : common.retry,
    note: requestId === '' ? '' : fill(common.requestId, { id: requestId }),
  };
}
