import { fill, type Texts } from '../../../i18n/index';
import { clock } from '../../../lib/countdown';
import { asFault } from '../../../services/api';
import { faultNotice, type FaultNotice } from '../../../services/fault-notice';
import { rememberedPaper } from '../../../services/open-paper';
import { serverClock } from '../server-clock';

/** A failure in words; without a network it says that a paper is open, where this phone knows of one. */
export function paperFault(error: unknown, { paper: t }: Texts): FaultNotice {
  const notice = faultNotice(error);
  const open = rememberedPaper();
  if (asFault(error).code !== 'OFFLINE' || open === undefined) return notice;
  const left = serverClock.until(open.endsAt);
  // a phone whose clock nobody has put right does not know how much is left
  if (serverClock.doubtful) return { ...notice, title: t.offlineOpen, hint: t.offlineOpenHint };
  if (left === 0) return { ...notice, title: t.over, hint: t.overOffline };
  return { ...notice, title: t.offlineOpen, hint: fill(t.offlineOpenLeft, { time: clock(left) }) };
}
