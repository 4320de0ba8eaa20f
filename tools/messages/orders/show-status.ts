import { MESSAGE_KINDS } from '../../../contracts/messages/kinds';
import type { StaffOutput } from '../../staff/call-staff';
import { timeAtHome } from '../../staff/local-time';
import { both, number } from '../../staff/says';
import { explainErrcode } from '../explain-errcode';
import { DELIVERY_NAMES, KIND_NAMES } from '../kind-names';
import type { Order } from './order';

type Status = StaffOutput<'messages.status'>;

/** `status`: how messages fare, and what to do. */
export const showStatus: Order = async ({ args, call, out }) => {
  const { by, days, json } = args;
  const status = await call('messages.status', { by, days });
  for (const line of json ? [JSON.stringify(status, null, 2)] : describeStatus(status, days)) out(line);
  return 0;
};

function describeStatus(status: Status, days: number): string[] {
  const { counts, set, pausedUntil, readers, askedToday, failing, lastAskedAt, late = 0, pushes } = status;
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const missing = MESSAGE_KINDS.filter((kind) => !set.includes(kind));
  return [
    both({
      en: `${number(total, 'message')} in ${number(days, 'day')}`,
      zh: `最近 ${days} 天共 ${total} 条消息`,
    }),
    ...counts.map(({ kind, delivery, errcode, count }) => {
      const [k, d] = [KIND_NAMES[kind], DELIVERY_NAMES[delivery]];
      const code = errcode === undefined ? '' : ` ${errcode}`;
      return `  ${count}  ${both({ en: `${k.en}: ${d.en}${code}`, zh: `${k.zh}：${d.zh}${code}` })}`;
    }),
    ...describeDead(status),
    ...(pausedUntil === undefined
      ? []
      : [
          both({
            en: `WeChat takes no more just now: nothing is sent until ${timeAtHome(pausedUntil)}, then it is tried again`,
            zh: `微信暂不再接收：${timeAtHome(pausedUntil)} 之前不再发送，之后自动重试`,
          }),
        ]),
    both({
      en: `${number(readers, 'reader')} with a card; the library answered about ${askedToday} of them in the last 24 hours`,
      zh: `${readers} 位读者绑定了读者证；最近 24 小时图书馆系统答复了其中 ${askedToday} 位`,
    }),
    lastAskedAt === undefined
      ? both({
          en: 'The library has not been asked yet. It is asked at night, by the timer of the function jobs: if readers had bound cards before last night, look whether its trigger is uploaded.',
          zh: '还没有向图书馆系统询问过。夜间由云函数 jobs 的定时触发器询问；如果昨夜之前就有读者绑定，请检查触发器是否已上传。',
        })
      : both({
          en: `The library last answered at ${timeAtHome(lastAskedAt)}.`,
          zh: `图书馆系统最近一次答复：${timeAtHome(lastAskedAt)}。`,
        }),
    ...(failing === 0
      ? []
      : [
          both({
            en: `About ${number(failing, 'reader')} the library’s system did not answer when it was last asked. If it is most of them, look at the gateway.`,
            zh: `最近一次询问时，图书馆系统没有答复其中 ${failing} 位读者的情况。如果占多数，请检查网关。`,
          }),
        ]),
    ...(late === 0
      ? []
      : [
          both({
            en: `${number(late, 'message')} should have gone out half an hour ago or longer. On the morning of many due dates that may be; if there are not fewer soon, look whether the trigger of the function jobs is uploaded, and at its log.`,
            zh: `${late} 条消息半小时前就该发出。到期集中的早上可能如此；如果没有很快变少，请检查云函数 jobs 的定时触发器是否已上传，并查看它的日志。`,
          }),
        ]),
    pushes > 0
      ? both({
          en: `${number(pushes, 'push', 'pushes')} of WeChat’s in the last 24 hours`,
          zh: `最近 24 小时收到微信推送 ${pushes} 次`,
        })
      : both({
          en: 'WeChat has pushed nothing in the last 24 hours. If readers have allowed messages or written to customer service meanwhile, look at the settings of the message push.',
          zh: '最近 24 小时没有收到微信的推送。如果其间有读者允许过消息或给客服写过话，请检查消息推送设置。',
        }),
    ...(missing.length === 0
      ? []
      : [
          both({
            en: `Without a template, in the inbox only: ${missing.map((kind) => KIND_NAMES[kind].en).join(', ')}`,
            zh: `没有模板、只进收件箱：${missing.map((kind) => KIND_NAMES[kind].zh).join('、')}`,
          }),
        ]),
  ];
}

/** What WeChat refused and will refuse again until somebody has mended something. */
function describeDead({ counts }: Status): string[] {
  const dead = new Map<number, number>();
  for (const { delivery, errcode, count } of counts) {
    if (delivery === 'failed' && errcode !== undefined) dead.set(errcode, (dead.get(errcode) ?? 0) + count);
  }
  return [...dead].map(([errcode, count]) => {
    const { en, zh } = explainErrcode(errcode);
    return both({
      en: `To mend, ${errcode} (${count}): ${en}`,
      zh: `需处理 ${errcode}（${count} 条）：${zh}`,
    });
  });
}
