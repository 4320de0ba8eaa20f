import type { Texts } from '../../../i18n/index';
import { asFault } from '../../../services/api';
import { faultNotice, type FaultNotice } from '../../../services/fault-notice';

/** Codes of a paper that is not there, is not handed in, or whose id no paper can have. */
const NO_SUCH = new Set(['NOT_FOUND', 'BAD_REQUEST']);

/** Why there is no result, in words of its own where no such paper is known: trying again would not help. */
export function resultFault(error: unknown, { result: t }: Texts): FaultNotice {
  const notice = faultNotice(error);
  if (!NO_SUCH.has(asFault(error).code)) return notice;
  return { ...notice, title: t.notFound, hint: t.notFoundHint, action: t.overview };
}
