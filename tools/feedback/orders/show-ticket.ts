import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { printable } from '../../staff/printable';
import { both } from '../../staff/says';
import { requireTicket } from '../arguments';
import type { Order } from './order';
import { CHAT, KINDS, STATES } from './words';

type Shown = Pick<StaffOutput<'feedback.show'>, 'ticket' | 'links'>;

/** Longest line of what was written that is printed as one, characters. */
const LINE = 4_000;

/** `show TICKET`. */
export const showTicket: Order = async ({ args, call, out }) => {
  const shown = await call('feedback.show', { by: args.by, id: requireTicket(args) });
  if (args.json) out(JSON.stringify(shown, null, 2));
  else for (const line of describeTicket(shown)) out(line);
  return 0;
};

export function* describeTicket({ ticket, links }: Shown): Generator<string> {
  const { id, kind, state, via, entries, waiting, unchecked } = ticket;
  yield `${id}  ${both(KINDS[kind])}, ${both(STATES[state])}${via === 'chat' ? `, ${both(CHAT)}` : ''}`;
  for (const { place, from, at, text, review, pictures } of entries) {
    const who = from === 'reader' ? { en: 'reader', zh: '读者' } : { en: 'library', zh: '图书馆' };
    yield `${place + 1}. ${both(who)}, ${timeAtHome(at)}${review ? `  ${both(TO_JUDGE)}` : ''}`;
    for (const line of text.split('\n')) yield `   ${printable(line, LINE)}`;
    for (const picture of pictures) {
      const link = links[picture.fileId];
      yield `   ${both({ en: 'picture', zh: '图片' })}${picture.review ? ` ${both(TO_JUDGE)}` : ''}: ${link ?? both({ en: 'cannot be shown now', zh: '暂时无法显示' })}`;
    }
  }
  if (waiting > 0)
    yield both({
      en: `texts and pictures still being checked: ${waiting}`,
      zh: `还有 ${waiting} 条文字或图片正在检查`,
    });
  if (unchecked > 0)
    yield both({
      en: `texts and pictures that WeChat could not check: ${unchecked}; the reader can send them again`,
      zh: `还有 ${unchecked} 条文字或图片微信没能检查，读者可以重新发送`,
    });
}

const TO_JUDGE = { en: '[to be judged]', zh: '〔待人工判断〕' };
